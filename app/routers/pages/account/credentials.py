"""Passkeys to remove, codes on paper, tokens for programs."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.core.text import western_digits
from app.features.accounts.commands.people import MakeToken
from app.features.accounts.queries.account import has_passkey, mail_of, needs_passkey
from app.features.accounts.rules.tokens import may_be_bound_to
from app.features.accounts.service.passkeys import remove_passkey
from app.features.accounts.service.recovery import new_recovery_codes
from app.features.accounts.service.tokens import make_token, revoke_token
from app.routers.pages.account.own import again, own_view
from app.web.deps import Asking, Writes
from app.web.forms import command_from, read_form
from app.web.htmx import see_other
from app.web.mail import send_mail
from app.web.reference import OnShelf
from app.web.render import page, url_of
from app.web.throttle import secret_key

UNKNOWN_PLACE = noop("Choose places from the list")
NO_PASSKEY = noop("Make a passkey first: recovery codes are for the day you lose it.")

router = APIRouter(prefix="/{lang:lang}/account", include_in_schema=False)


def _id(caller: Asking) -> UUID:
    if caller.actor.account_id is None:
        raise NotFound()
    return caller.actor.account_id


@router.post("/passkeys/{id_:uuid}/remove", name="passkey.remove")
async def remove(request: Request, session: Writes, caller: Asking, id_: UUID) -> Response:
    """Give a passkey up; the owner is told by mail."""
    now, account_id = datetime.now(UTC), _id(caller)
    await remove_passkey(session, account_id, id_, needs_one=await needs_passkey(session, account_id))
    email, language = await mail_of(session, account_id)
    path = url_of(request, "account")
    send_mail(request.app, session, email, language, "passkey-removed", now=now, path=path, when=now)
    return see_other(request, url_of(request, "account", query={"said": "passkey-removed"}))


@router.post("/recovery-codes", name="account.recovery-codes")
async def codes(request: Request, session: Writes, caller: Asking, shelf: OnShelf) -> Response:
    """New codes on paper, shown this once. They stand in for a passkey, so there has to be one."""
    if not await has_passkey(session, _id(caller)):
        raise Conflict(NO_PASSKEY)
    key = secret_key(request, "recovery")
    made = await new_recovery_codes(session, _id(caller), key, now=datetime.now(UTC))
    return page(request, "account/own.html", await own_view(session, caller, shelf, new_codes=made))


@router.post("/tokens", name="account.token.make")
async def token(request: Request, session: Writes, caller: Asking, shelf: OnShelf) -> Response:
    """A new token, shown this once."""
    form = await read_form(request)
    try:
        command = command_from(
            MakeToken,
            {
                "name": form.get("token_name"),
                "scopes": form.all("scopes"),
                "cities": form.all("cities"),
                "countries": form.all("countries"),
                "ceiling": form.get("ceiling", "public"),
                "days": western_digits(form.get("days", "90")),
            },
        )
        if not may_be_bound_to(caller.actor, command.cities, command.countries):
            raise Invalid([FieldError("cities", UNKNOWN_PLACE)])
        made = await make_token(session, _id(caller), command, now=datetime.now(UTC))
    except Invalid as error:
        await again(request, caller, shelf, form, error)
    return page(request, "account/own.html", await own_view(session, caller, shelf, new_token=made))


@router.post("/tokens/{id_:uuid}/end", name="account.token.end")
async def end_token(request: Request, session: Writes, caller: Asking, id_: UUID) -> Response:
    """End a token."""
    await revoke_token(session, _id(caller), id_, now=datetime.now(UTC))
    return see_other(request, url_of(request, "account", query={"said": "token-ended"}))
