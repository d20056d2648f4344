"""Proving to be there: with a passkey, a code by mail, or a code on paper when the passkey is lost."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.credentials import LinkPurpose, Strength
from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.accounts.queries.account import has_passkey, mail_of, needs_passkey
from app.features.accounts.queries.identify import OpenSession
from app.features.accounts.rules.sessions import has_shown_passkey
from app.features.accounts.service.links import make_link, use_code
from app.features.accounts.service.recovery import use_recovery_code
from app.features.accounts.service.sessions import renew_session
from app.routers.pages.account.sign_in import WRONG_CODE
from app.web.deps import Asking, Reads, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import Form, read_form
from app.web.htmx import see_other
from app.web.identity import keep_session
from app.web.mail import send_mail
from app.web.redirects import safe_next
from app.web.render import page, url_of, words_of
from app.web.site import at_better_address, browser_hash
from app.web.throttle import secret_key, throttle_code, throttle_own_mail

router = APIRouter(prefix="/{lang:lang}/confirm", include_in_schema=False)

WRONG_RECOVERY = noop("This code is none of yours, or was used already.")


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """Ways to prove to be there. `by_mail`: for those who have no passkey.

    `is_lost`: a recovery code may stand in for a passkey. `makes_first`: a first passkey must be made.
    `may_add`: a code was accepted a moment ago. Making a passkey needs a fresh proof itself.
    """

    next: str
    has_passkey: bool
    by_mail: bool
    makes_first: bool
    is_lost: bool
    may_add: bool
    is_sent: bool = False
    form: Form = field(default_factory=lambda: Form({}))


@router.get("", name="confirm")
async def confirm(
    request: Request, session: Reads, caller: Asking, next: str = "", sent: str = ""
) -> Response:
    """What this account can prove itself with."""
    if elsewhere := at_better_address(request):
        return elsewhere
    view = await _view(session, caller, safe_next(next) or "", is_sent=sent == "yes")
    return page(request, "account/confirm.html", view)


async def _view(
    session: Reads, caller: Asking, back: str, *, is_sent: bool = False, form: Form | None = None
) -> ConfirmView:
    account_id, held = _signed_in(caller)
    owns, needs = await has_passkey(session, account_id), await needs_passkey(session, account_id)
    is_recovering = held.strength is Strength.RECOVERY and held.is_confirmed
    return ConfirmView(
        back,
        has_passkey=owns,
        by_mail=not owns and not (needs and held.is_confirmed),
        makes_first=needs and not owns and held.is_confirmed,
        is_lost=owns and not has_shown_passkey(held.strength) and not is_recovering,
        may_add=is_recovering,
        is_sent=is_sent,
        form=form or Form({}),
    )


def _signed_in(caller: Asking) -> tuple[UUID, OpenSession]:
    if caller.session is None or caller.actor.account_id is None:
        raise NotFound()
    return caller.actor.account_id, caller.session


@router.post("/mail", name="confirm.mail")
async def send_code(request: Request, session: Writes, caller: Asking) -> Response:
    """Send a code to the account's own address."""
    account_id, _ = _signed_in(caller)
    form = await read_form(request)
    back = safe_next(form.get("next")) or ""
    email, language = await mail_of(session, account_id)
    await session.rollback()
    await throttle_own_mail(request, str(account_id))
    now = datetime.now(UTC)
    link = await make_link(
        session, LinkPurpose.CONFIRM, account_id, browser_hash(request), secret_key(request, "codes"), now=now
    )
    path = url_of(request, "confirm", query={"next": back, "sent": "yes"})
    send_mail(
        request.app, session, email, language, "sign-in",
        now=now, expires_at=link.expires_at, path=path, code=link.code,
    )  # fmt: skip
    return see_other(request, path)


@router.post("/code", name="confirm.code")
async def type_code(request: Request, session: Writes, caller: Asking) -> Response:
    """Prove to be there with the code of a mail: for those who have no passkey."""
    account_id, held = _signed_in(caller)
    form = await read_form(request)
    back = safe_next(form.get("next")) or ""
    await throttle_code(request, str(account_id))
    now = datetime.now(UTC)
    used = None
    if not await has_passkey(session, account_id):
        used = await use_code(
            session,
            LinkPurpose.CONFIRM,
            form.get("code"),
            browser_hash(request),
            secret_key(request, "codes"),
            now=now,
        )
    if used is None or used.account_id != account_id:
        await _again(request, caller, form, FieldError("code", WRONG_CODE), back)
    keep_session(request, await renew_session(session, held.id, is_confirmed=True, now=now))
    return see_other(request, back or url_of(request, "account"))


@router.post("/recovery", name="confirm.recovery")
async def recover(request: Request, session: Writes, caller: Asking) -> Response:
    """Use a code on paper: it opens the way to a new passkey, and tells the owner by mail."""
    account_id, held = _signed_in(caller)
    form = await read_form(request)
    back = safe_next(form.get("next")) or ""
    await throttle_code(request, str(account_id))
    now = datetime.now(UTC)
    key = secret_key(request, "recovery")
    if not await use_recovery_code(session, account_id, form.get("recovery"), key, now=now):
        await _again(request, caller, form, FieldError("recovery", WRONG_RECOVERY), back)
    token = await renew_session(session, held.id, strength=Strength.RECOVERY, is_confirmed=True, now=now)
    keep_session(request, token)
    email, language = await mail_of(session, account_id)
    path = url_of(request, "account")
    send_mail(request.app, session, email, language, "recovery-used", now=now, path=path, when=now)
    return see_other(request, url_of(request, "confirm", query={"next": back}))


async def _again(request: Request, caller: Asking, form: Form, error: FieldError, back: str) -> NoReturn:
    """The page once more, with what is wrong. Raises `ShowAgain`."""
    rejected = form.rejected(Invalid([error]), words_of(request))
    async with database_of(request).reading() as reading:
        view = await _view(reading, caller, back, is_sent=True, form=rejected)
    raise ShowAgain(page(request, "account/confirm.html", view, status=422))
