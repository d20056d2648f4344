"""Single sign-on: to the identity provider and back, to sign in or to link one's account with one there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response

from app.core.credentials import Strength
from app.core.errors import NotFound, Unavailable
from app.core.messages import noop
from app.features.accounts.gateway import NotAnswering, Refused
from app.features.accounts.queries.account import mail_of
from app.features.accounts.queries.single_sign_on import purpose_of
from app.features.accounts.rules.single_sign_on import LINK, SIGN_IN
from app.features.accounts.service.single_sign_on import (
    Returned,
    link_identity,
    note_leaving,
    take_return,
    unlink_identities,
    use_identity,
)
from app.routers.pages.account.beginning import begin, way_on
from app.web.deps import Asking, Reads, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import read_form
from app.web.htmx import see_other
from app.web.mail import send_mail
from app.web.redirects import safe_next
from app.web.render import page, url_of, words_of
from app.web.single_sign_on import address_to_return, leading_out, provider_of, question_of
from app.web.site import browser_hash
from app.web.throttle import throttle_provider

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)
log = structlog.get_logger()

UNANSWERED = noop("Single sign-on does not answer at the moment. Try again later, or sign in by mail.")
STOPPED = noop("You have not signed in there, so nothing has happened here.")
NOT_HERE = noop(
    "This works once, within a few minutes, in the browser in which it was begun. Nothing has happened; "
    "please begin again."
)
NOT_PROVEN = noop("The answer could not be checked, so it was not believed. Please begin again.")
NOT_LINKED = noop(
    "There is no account here that is linked with yours there. "
    "Sign in by mail, then link the two on the page of your account."
)
BROUGHT = ("code", "state", "iss")
"""What a browser brings back, if all goes well."""


@dataclass(frozen=True, slots=True)
class LeavingView:
    """The way to the provider."""

    address: str


@dataclass(frozen=True, slots=True)
class BackView:
    """The button behind the way back: `values` are what it sends. Or what went wrong."""

    purpose: str = SIGN_IN
    values: Mapping[str, str] | None = None
    problem: str = ""


@router.post("/sign-in/sso", name="sign-in.sso")
async def leave(request: Request, session: Writes) -> Response:
    """Go to the provider to sign in."""
    form = await read_form(request)
    return await _leave(request, session, SIGN_IN, next_path=safe_next(form.get("next")) or "")


@router.get("/sign-in/sso/back", name="sign-in.sso.back")
async def back(request: Request, session: Reads, state: str = "", error: str = "") -> Response:
    """A button: coming back alone changes nothing."""
    provider, browser, now = provider_of(request), browser_hash(request), datetime.now(UTC)
    values = {name: request.query_params[name] for name in BROUGHT if request.query_params.get(name)}
    purpose = await purpose_of(session, state, browser, provider.issuer, now=now)
    if purpose is None:
        return _page(request, BackView(problem=NOT_HERE), status=422)
    if error or "code" not in values:
        return _page(request, BackView(purpose, problem=STOPPED))
    return _page(request, BackView(purpose, values))


@router.post("/sign-in/sso/back", name="sign-in.sso.use")
async def come_in(request: Request, session: Writes) -> Response:
    """Sign in as whom the provider has recognised."""
    returned, issuer, subject = await _recognised(request, SIGN_IN, None)
    now = datetime.now(UTC)
    account_id = await use_identity(session, issuer, subject, now=now)
    if account_id is None:
        _refuse(request, SIGN_IN, NOT_LINKED, "not linked")
    await begin(request, session, account_id, Strength.SINGLE_SIGN_ON, now=now)
    wanted = returned.next_path
    return see_other(request, await way_on(request, session, account_id, Strength.SINGLE_SIGN_ON, wanted))


@router.post("/account/sso/link", name="account.sso.link")
async def link(request: Request, session: Writes, caller: Asking) -> Response:
    """Go to the provider to show which account there is one's own."""
    return await _leave(request, session, LINK, account_id=_id(caller))


@router.post("/account/sso/back", name="account.sso.use")
async def keep_link(request: Request, session: Writes, caller: Asking) -> Response:
    """Link the account that is signed in with the one that the provider has recognised; its owner is told."""
    account_id = _id(caller)
    _, issuer, subject = await _recognised(request, LINK, account_id)
    now = datetime.now(UTC)
    if await link_identity(session, account_id, issuer, subject, now=now):
        await _tell(request, session, account_id, "sso-linked", now)
    return see_other(request, url_of(request, "account", query={"said": "sso-linked"}))


@router.post("/account/sso/unlink", name="account.sso.unlink")
async def unlink(request: Request, session: Writes, caller: Asking) -> Response:
    """Part the two accounts; the owner is told by mail."""
    provider_of(request)
    assert caller.session is not None
    now, account_id = datetime.now(UTC), _id(caller)
    await unlink_identities(session, account_id, but=caller.session.id, now=now)
    await _tell(request, session, account_id, "sso-unlinked", now)
    return see_other(request, url_of(request, "account", query={"said": "sso-unlinked"}))


def _id(caller: Asking) -> UUID:
    if caller.actor.account_id is None or caller.session is None:
        raise NotFound()
    return caller.actor.account_id


async def _leave(
    request: Request, session: Writes, purpose: str, *, account_id: UUID | None = None, next_path: str = ""
) -> Response:
    provider = provider_of(request)
    await throttle_provider(request)
    redirect_uri, now = address_to_return(request), datetime.now(UTC)
    try:  # before a transaction begins: others would wait for it
        await provider.ready(now=now)
    except NotAnswering as error:
        raise _unanswered(error) from error
    state = await note_leaving(
        session,
        purpose,
        browser_hash(request),
        provider.issuer,
        redirect_uri,
        account_id=account_id,
        next_path=next_path,
        now=now,
    )
    address = await provider.address_for(question_of(request, state, redirect_uri), now=now)
    return page(request, "account/sso_leave.html", LeavingView(address), headers=leading_out(address))


async def _recognised(request: Request, purpose: str, account_id: UUID | None) -> tuple[Returned, str, str]:
    """What somebody had left for, and issuer and subject of who they are there. Raises `ShowAgain`.

    No transaction is open while the provider is asked. What was brought back is used up, whatever it is.
    """
    provider = provider_of(request)
    form = await read_form(request)
    await throttle_provider(request)
    now, state = datetime.now(UTC), form.get("state")
    async with database_of(request).writing() as apart:
        returned = await take_return(apart, purpose, state, browser_hash(request), provider.issuer, now=now)
    if returned is None or returned.account_id != account_id:
        _refuse(request, purpose, NOT_HERE, "state")
    question = question_of(request, state, returned.redirect_uri)
    try:
        subject = await provider.subject_for(question, form.get("code"), form.get("iss"), now=now)
    except Refused as error:
        _refuse(request, purpose, NOT_PROVEN, error.reason)
    except NotAnswering as error:
        raise _unanswered(error) from error
    return returned, provider.issuer, subject


def _unanswered(error: NotAnswering) -> Unavailable:
    log.warning("single sign-on does not answer", reason=error.reason)
    return Unavailable(UNANSWERED)


def _refuse(request: Request, purpose: str, problem: str, reason: str) -> NoReturn:
    log.warning("single sign-on refused", reason=reason)
    raise ShowAgain(_page(request, BackView(purpose, problem=problem), status=422))


def _page(request: Request, view: BackView, status: int = 200) -> Response:
    told = BackView(view.purpose, view.values, view.problem and words_of(request).gettext(view.problem))
    return page(request, "account/sso_back.html", told, status=status, headers={"Cache-Control": "no-store"})


async def _tell(request: Request, session: Writes, account_id: UUID, kind: str, now: datetime) -> None:
    email, language = await mail_of(session, account_id)
    path = url_of(request, "account")
    send_mail(request.app, session, email, language, kind, now=now, path=path, when=now)
