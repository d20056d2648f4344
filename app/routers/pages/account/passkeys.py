"""What the browser's script asks for passkeys: questions to answer, and the answers. JSON both ways."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from starlette.responses import JSONResponse

from app.core.credentials import Strength
from app.core.errors import NotFound, Unconfirmed
from app.features.accounts.queries.account import mail_of, may_add_passkey
from app.features.accounts.service.passkeys import (
    register_passkey,
    registration_options,
    sign_in_options,
    use_passkey,
)
from app.features.accounts.service.sessions import renew_session
from app.routers.pages.account.beginning import begin, way_on
from app.web.deps import Asking, Writes
from app.web.devices import device_of
from app.web.identity import keep_session
from app.web.mail import send_mail
from app.web.redirects import safe_next
from app.web.render import url_of
from app.web.site import browser_hash, site_of
from app.web.throttle import throttle_passkey

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)

Answered = Annotated[dict[str, Any], Body()]
LONGEST_NAME = 80


@router.post("/sign-in/passkey/options", name="passkey.sign-in.options")
async def question(request: Request, session: Writes) -> Response:
    """What a browser needs to sign in with any passkey of ours."""
    await throttle_passkey(request)
    now = datetime.now(UTC)
    return JSONResponse(await sign_in_options(session, site_of(request), browser_hash(request), now=now))


@router.post("/sign-in/passkey", name="passkey.sign-in")
async def come_in(request: Request, session: Writes, answer: Answered) -> Response:
    """Sign in with a passkey."""
    await throttle_passkey(request)
    now = datetime.now(UTC)
    credential = answer.get("credential")
    account_id = await use_passkey(
        session,
        site_of(request),
        browser_hash(request),
        credential if isinstance(credential, dict) else {},
        now=now,
    )
    await begin(request, session, account_id, Strength.PASSKEY, now=now)
    wanted = str(answer.get("next") or "")
    return JSONResponse({"location": await way_on(request, session, account_id, Strength.PASSKEY, wanted)})


@router.post("/account/passkeys/options", name="passkey.new.options")
async def new_question(request: Request, session: Writes, caller: Asking) -> Response:
    """What a browser needs to make a passkey for the account that is signed in."""
    account_id = await _may_add(session, caller)
    now = datetime.now(UTC)
    return JSONResponse(
        await registration_options(session, account_id, site_of(request), browser_hash(request), now=now)
    )


@router.post("/account/passkeys", name="passkey.new")
async def add(request: Request, session: Writes, caller: Asking, answer: Answered) -> Response:
    """Keep a new passkey; from now on this session is as strong as one begun with it."""
    account_id = await _may_add(session, caller)
    assert caller.session is not None
    now = datetime.now(UTC)
    credential = answer.get("credential")
    typed = "".join(char for char in str(answer.get("name") or "") if char.isprintable())
    name = typed.strip()[:LONGEST_NAME] or device_of(request) or "Passkey"
    await register_passkey(
        session,
        account_id,
        site_of(request),
        browser_hash(request),
        credential if isinstance(credential, dict) else {},
        name,
        now=now,
    )
    token = await renew_session(
        session, caller.session.id, strength=Strength.PASSKEY, is_confirmed=True, now=now
    )
    keep_session(request, token)
    email, language = await mail_of(session, account_id)
    path = url_of(request, "account")
    send_mail(request.app, session, email, language, "passkey-added", now=now, path=path, when=now)
    return JSONResponse({"location": safe_next(str(answer.get("next") or "")) or path})


@router.post("/confirm/passkey/options", name="confirm.passkey.options")
async def confirm_question(request: Request, session: Writes, caller: Asking) -> Response:
    """What a browser needs to show a passkey of the account that is signed in."""
    await throttle_passkey(request)
    now = datetime.now(UTC)
    options = await sign_in_options(
        session, site_of(request), browser_hash(request), account_id=caller.actor.account_id, now=now
    )
    return JSONResponse(options)


@router.post("/confirm/passkey", name="confirm.passkey")
async def confirm(request: Request, session: Writes, caller: Asking, answer: Answered) -> Response:
    """Prove to be there with a passkey; the session gets a new token and wakes the roles of the hub."""
    await throttle_passkey(request)
    if caller.session is None:
        raise NotFound()
    now = datetime.now(UTC)
    credential = answer.get("credential")
    await use_passkey(
        session,
        site_of(request),
        browser_hash(request),
        credential if isinstance(credential, dict) else {},
        account_id=caller.actor.account_id,
        now=now,
    )
    token = await renew_session(
        session, caller.session.id, strength=Strength.PASSKEY, is_confirmed=True, now=now
    )
    keep_session(request, token)
    return JSONResponse({"location": safe_next(str(answer.get("next") or "")) or url_of(request, "account")})


async def _may_add(session: Writes, caller: Asking) -> Any:
    """The account, when this session may add a passkey to it. Raises `Unconfirmed`."""
    held, account_id = caller.session, caller.actor.account_id
    if held is None or account_id is None:
        raise NotFound()
    if not await may_add_passkey(session, account_id, held.strength, is_confirmed=held.is_confirmed):
        raise Unconfirmed()
    return account_id
