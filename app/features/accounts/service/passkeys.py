"""Passkeys: registering one, signing in with one, giving one up."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, generate_challenge
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.core.credentials import AccountState
from app.core.db import WriteSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.models.account import Account, Passkey, PasskeyChallenge, RecoveryCode

LIVES = timedelta(minutes=5)
MOST = 10
NAME = "Medina"
NOT_ACCEPTED = noop("This passkey was not accepted. Try again, or use another way to sign in.")
TOO_MANY = noop("You have ten passkeys already. Remove one first.")
LAST_ONE = noop("This is your last passkey; your role in the hub needs one. Add another one first.")
_FIELD = "credential"
_LARGEST_COUNT = 2**31 - 1
_TRANSPORTS = frozenset({"ble", "hybrid", "internal", "nfc", "smart-card", "usb"})
_MALFORMED = (
    WebAuthnException,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What reading an answer may end in: anybody may send anything."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a passkey is bound to: the host of this service and the addresses of its pages."""

    host: str
    origin: str


async def registration_options(
    session: WriteSession, account_id: UUID, site: Site, browser_hash: str, *, now: datetime
) -> dict[str, Any]:
    """What the browser needs to make a passkey for an account."""
    account = await session.get_one(Account, account_id)
    known = (await session.scalars(select(Passkey).where(Passkey.account_id == account_id))).all()
    if len(known) >= MOST:
        raise Conflict(TOO_MANY)
    challenge = await _new_challenge(session, "register", browser_hash, account_id, now=now)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=account_id.bytes,
        user_name=account.email,
        user_display_name=account.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
    )
    found: dict[str, Any] = json.loads(options_to_json(options))
    return found


async def register_passkey(
    session: WriteSession,
    account_id: UUID,
    site: Site,
    browser_hash: str,
    answer: dict[str, Any],
    name: str,
    *,
    now: datetime,
) -> None:
    """Keep a new passkey. Raises `Invalid` for an answer that is not to this very question."""
    challenge = await _take_challenge(session, "register", browser_hash, account_id, answer, now=now)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _MALFORMED as error:
        raise _refused() from error
    is_known = await session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id))
    if is_known or made.sign_count > _LARGEST_COUNT:
        raise _refused()
    told = answer["response"].get("transports")
    transports = told if isinstance(told, list) else []
    session.add(
        Passkey(
            account_id=account_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name,
            transports=sorted(_TRANSPORTS.intersection(map(str, transports))),
            created_at=now,
            used_at=None,
        )
    )
    await session.flush()


async def sign_in_options(
    session: WriteSession, site: Site, browser_hash: str, *, account_id: UUID | None = None, now: datetime
) -> dict[str, Any]:
    """What the browser needs to show a passkey: any of ours, or one of an account that confirms who it is."""
    challenge = await _new_challenge(session, _purpose(account_id), browser_hash, account_id, now=now)
    allowed = []
    if account_id is not None:
        known = await session.scalars(select(Passkey.credential_id).where(Passkey.account_id == account_id))
        allowed = [PublicKeyCredentialDescriptor(id=one) for one in known]
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        allow_credentials=allowed or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    found: dict[str, Any] = json.loads(options_to_json(options))
    return found


async def use_passkey(
    session: WriteSession,
    site: Site,
    browser_hash: str,
    answer: dict[str, Any],
    *,
    account_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """Whose passkey was shown. Raises `Invalid` when it is none of ours, or not of `account_id`.

    A counter that has not grown tells of a copied key: such a passkey is refused.
    """
    challenge = await _take_challenge(
        session, _purpose(account_id), browser_hash, account_id, answer, now=now
    )
    row = (
        await session.execute(
            select(Passkey, Account.state)
            .join(Account, Account.id == Passkey.account_id)
            .where(Passkey.credential_id == _credential_id(answer))
        )
    ).first()
    if row is None or row.state is not AccountState.ACTIVE:
        raise _refused()
    passkey: Passkey = row.Passkey
    handle = answer.get("response", {}).get("userHandle")
    if account_id not in (None, passkey.account_id) or not _is_handle_of(handle, passkey.account_id):
        raise _refused()
    try:
        shown = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _MALFORMED as error:
        raise _refused() from error
    if shown.new_sign_count > _LARGEST_COUNT:
        raise _refused()
    passkey.sign_count, passkey.used_at = shown.new_sign_count, now
    await session.flush()
    return passkey.account_id


async def remove_passkey(session: WriteSession, account_id: UUID, id_: UUID, *, needs_one: bool) -> None:
    """Give a passkey up; with the last one go the recovery codes, which stand in for it.

    Raises `NotFound`, and `Conflict` for the last one of somebody who needs one.
    """
    count = await session.scalar(
        select(func.count()).select_from(Passkey).where(Passkey.account_id == account_id)
    )
    passkey = await session.scalar(select(Passkey).where(Passkey.id == id_, Passkey.account_id == account_id))
    if passkey is None:
        raise NotFound()
    if needs_one and (count or 0) < 2:
        raise Conflict(LAST_ONE)
    await session.delete(passkey)
    if (count or 0) < 2:
        await session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    await session.flush()


def _purpose(account_id: UUID | None) -> str:
    return "sign-in" if account_id is None else "confirm"


def _refused() -> Invalid:
    return Invalid([FieldError(_FIELD, NOT_ACCEPTED)], NOT_ACCEPTED)


def _credential_id(answer: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(str(answer["rawId"]))
    except (KeyError, ValueError) as error:
        raise _refused() from error


def _is_handle_of(handle: Any, account_id: UUID) -> bool:
    """Whether the authenticator names the same account; some name none when the credential was named."""
    if handle is None:
        return True
    try:
        return base64url_to_bytes(str(handle)) == account_id.bytes
    except ValueError:
        return False


async def _new_challenge(
    session: WriteSession, purpose: str, browser_hash: str, account_id: UUID | None, *, now: datetime
) -> bytes:
    await session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < now))
    challenge = generate_challenge()
    session.add(
        PasskeyChallenge(
            challenge=challenge,
            purpose=purpose,
            browser_hash=browser_hash,
            account_id=account_id,
            expires_at=now + LIVES,
        )
    )
    await session.flush()
    return challenge


async def _take_challenge(
    session: WriteSession,
    purpose: str,
    browser_hash: str,
    account_id: UUID | None,
    answer: dict[str, Any],
    *,
    now: datetime,
) -> bytes:
    """The challenge that the answer claims to be to: taken, so that there is no second answer to it."""
    try:
        told = json.loads(base64url_to_bytes(str(answer["response"]["clientDataJSON"])))
        claimed = base64url_to_bytes(str(told["challenge"]))
        is_framed = bool(told.get("crossOrigin"))
    except _MALFORMED as error:
        raise _refused() from error
    if is_framed:  # asked for within a page of another site, which nothing of ours ever is
        raise _refused()
    owner = PasskeyChallenge.account_id
    taken: bytes | None = await session.scalar(
        delete(PasskeyChallenge)
        .where(
            PasskeyChallenge.challenge == claimed,
            PasskeyChallenge.purpose == purpose,
            PasskeyChallenge.browser_hash == browser_hash,
            owner.is_(None) if account_id is None else owner == account_id,
            PasskeyChallenge.expires_at > now,
        )
        .returning(PasskeyChallenge.challenge)
    )
    if taken is None:
        raise _refused()
    return taken
