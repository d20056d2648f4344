"""Runs around every route: who is asking, may they knock, did our own page send this?"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from fastapi import Depends, Request

from app.core.actor import Role
from app.core.errors import Forbidden, Invalid, NotFound, TooMany, Unconfirmed
from app.core.messages import noop
from app.features.accounts.queries.identify import Caller, OpenSession
from app.features.accounts.service.sessions import note_use, renew_session
from app.features.accounts.service.tokens import note_token_use
from app.features.audit.commands import Event, Outcome
from app.web.auditing import audit_apart, event_of, is_audited
from app.web.deps import database_of
from app.web.errors import ShowAgain
from app.web.forms import read_form
from app.web.headers import REPORTS_PATH
from app.web.identity import (
    FORM_HEADER,
    bound_names,
    check_confirmed,
    identify,
    is_from_our_form,
    keep_session,
)
from app.web.origins import SAFE_METHODS, require_json
from app.web.policy import POLICY, Access, authorize

PASSKEY_FIRST = noop("Your role in the hub acts only after you have shown your passkey.")
PAGE_TOO_OLD = noop("This page was open for too long. Load it anew and send it again; nothing was changed.")


async def guard(request: Request) -> AsyncIterator[None]:
    """Run around every route. What was read or refused goes into the audit before the answer goes out."""
    caller = await identify(request)
    access = POLICY[request.scope["route"].name]
    try:
        _let_in(request, access, caller)
        if caller.session is not None:
            await _keep_up(request, caller.session)
        if caller.token_to_note is not None:
            async with database_of(request).writing() as session:
                await note_token_use(session, caller.token_to_note, now=datetime.now(UTC))
        require_json(request)
        await _check_form_token(request)
        yield
    except (NotFound, Forbidden, Unconfirmed, TooMany):
        if _is_private(access, caller):
            await audit_apart(request, _refused(access), Outcome.REFUSED)
        raise
    except (ShowAgain, Invalid):
        if access.event == Event.SIGN_IN:
            await audit_apart(request, Event.SIGN_IN_FAILED, Outcome.REFUSED)
        raise
    event = event_of(access, caller.actor)
    if event is not None and not is_audited(request):
        await audit_apart(request, event)


def _let_in(request: Request, access: Access, caller: Caller) -> None:
    """Raises `NotFound` or `Forbidden` for those who may not knock, `Unconfirmed` for those who may later."""
    sleeping = caller.session.sleeping if caller.session else frozenset()
    if caller.actor.roles.isdisjoint(access.roles) and not sleeping.isdisjoint(access.roles):
        raise Unconfirmed(PASSKEY_FIRST)
    authorize(access, caller.actor)
    if access.is_confirmed:
        check_confirmed(request)


def _is_private(access: Access, caller: Caller) -> bool:
    """Whether a refusal is worth an entry: a missing page of the open library is not."""
    return access.event == Event.SIGN_IN or Role.VISITOR not in access.roles or caller.actor.is_signed_in


def _refused(access: Access) -> Event:
    return Event.SIGN_IN_FAILED if access.event == Event.SIGN_IN else Event.DENIED


async def _keep_up(request: Request, held: OpenSession) -> None:
    """Note that a session is in use; give it a new token where rights have changed since the last answer."""
    if not (held.must_rotate or held.needs_note):
        return
    now = datetime.now(UTC)
    async with database_of(request).writing() as session:
        if held.must_rotate:
            keep_session(request, await renew_session(session, held.id, now=now))
        else:
            await note_use(session, held.id, now=now)


async def _check_form_token(request: Request) -> None:
    """Refuse a change that carries our cookie but not the token of our form."""
    if request.method in SAFE_METHODS:
        return
    if not bound_names(request) or request.url.path == REPORTS_PATH:
        return
    if not is_from_our_form(request, request.headers.get(FORM_HEADER) or await _form_field(request)):
        raise Forbidden(PAGE_TOO_OLD)


async def _form_field(request: Request) -> str:
    """The token among the fields of a form; other bodies carry it in a header."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return ""
    return (await read_form(request)).token


GUARD = Depends(guard, scope="function")
