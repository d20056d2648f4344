"""The moment somebody comes in: a new session, a word to the owner of a new browser, the way on."""

from datetime import datetime
from uuid import UUID

from fastapi import Request

from app.core.credentials import Strength
from app.core.db import WriteSession
from app.features.accounts.queries.account import (
    has_passkey,
    known_devices,
    mail_of,
    needs_passkey,
    pseudonym_of,
)
from app.features.accounts.rules.sessions import has_shown_passkey
from app.features.accounts.service.sessions import begin_session, end_session
from app.web.auditing import note_actor
from app.web.devices import device_of
from app.web.identity import caller_of, keep_session
from app.web.mail import send_mail
from app.web.redirects import safe_next
from app.web.render import url_of


async def begin(
    request: Request, session: WriteSession, account_id: UUID, strength: Strength, *, now: datetime
) -> None:
    """Sign this browser in to an account; whoever was signed in here is signed out.

    Who owns a passkey has proven nothing by a mail: else whoever reads their mailbox could make recovery
    codes, and with one of these a passkey, for the day on which the account gets a role of the hub.
    """
    held = caller_of(request).session
    if held is not None:
        await end_session(session, held.id, now=now)
    note_actor(request, await pseudonym_of(session, account_id))
    device, known = device_of(request), await known_devices(session, account_id)
    proven = has_shown_passkey(strength) or not await has_passkey(session, account_id)
    token = await begin_session(session, account_id, strength, device, now=now, is_confirmed=proven)
    keep_session(request, token)
    if known and device not in known:
        email, language = await mail_of(session, account_id)
        path = url_of(request, "account")
        send_mail(request.app, session, email, language, "new-device", now=now, path=path, when=now)


async def way_on(
    request: Request, session: WriteSession, account_id: UUID, strength: Strength, wanted: str
) -> str:
    """Where somebody goes who has come in: hub staff who came by mail first show or make a passkey."""
    back = safe_next(wanted)
    if strength is not Strength.PASSKEY and await needs_passkey(session, account_id):
        return url_of(request, "confirm", query={"next": back})
    return back or url_of(request, "account")
