"""Slowing down those who guess: counted in the database, before the try, in a transaction of its own."""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from fastapi import Request

from app.core.errors import TooMany
from app.features.accounts.rules.secrets import derived_key
from app.features.accounts.rules.throttling import (
    MAILS,
    MAILS_HERE,
    MAILS_OF,
    MAILS_TO,
    PROVIDER_HERE,
    SECOND_FACTOR,
    SIGN_IN,
    SIGN_IN_ALL,
    SIGN_IN_HERE,
    SIGN_IN_NETWORK,
    SUGGESTIONS,
    SUGGESTIONS_HERE,
    Limit,
)
from app.features.accounts.service.throttle import count_tries
from app.settings import Settings
from app.web.clients import sign_in_network
from app.web.deps import database_of

Tries = dict[str, Sequence[Limit]]
_ALL: Tries = {"sign-in:all": SIGN_IN_ALL}
"""By everybody together; passkeys are left out, so that they still open when others guess."""


def secret_key(request: Request, purpose: str) -> bytes:
    """A key for one purpose."""
    settings: Settings = request.app.state.settings
    return derived_key(settings.secret_key.get_secret_value(), purpose)


async def throttle_sign_in(request: Request, account: str) -> None:
    """Before a try to sign in to an account. Raises `TooMany`."""
    network = sign_in_network(request.scope)
    await _throttle(
        request,
        {
            _key(request, "sign-in", account, network): SIGN_IN_HERE,
            _key(request, "sign-in", account): SIGN_IN,
            _key(request, "sign-in-from", network): SIGN_IN_NETWORK,
        },
        _ALL,
    )


async def throttle_passkey(request: Request) -> None:
    """Before a passkey is looked at: by network only, so that others cannot lock an account's owner out."""
    await _throttle(request, {_key(request, "passkey", sign_in_network(request.scope)): SIGN_IN_HERE})


async def throttle_provider(request: Request) -> None:
    """Before somebody goes to the identity provider or comes back from it: by network. Raises `TooMany`."""
    await _throttle(
        request,
        {_key(request, "sso", sign_in_network(request.scope)): PROVIDER_HERE, "sign-in:all": SIGN_IN_ALL},
    )


async def throttle_code(request: Request, whose: str) -> None:
    """Before a code is looked at, by the account or browser it is for. Raises `TooMany`."""
    network = sign_in_network(request.scope)
    await _throttle(
        request,
        {
            _key(request, "code", whose): SECOND_FACTOR,
            _key(request, "sign-in-from", network): SIGN_IN_NETWORK,
        },
        _ALL,
    )


async def throttle_mail(request: Request, address: str) -> None:
    """Before a mail is sent that somebody asks for who has not signed in. Raises `TooMany`."""
    network = sign_in_network(request.scope)
    await _throttle(
        request,
        {
            _key(request, "mail", address, network): MAILS,
            _key(request, "mail-from", network): MAILS_HERE,
        },
        {_key(request, "mail-to", address): MAILS_TO},
    )


async def throttle_own_mail(request: Request, account: str) -> None:
    """Before a mail is sent that somebody asks for who is signed in, by account. Raises `TooMany`.

    Counted apart, so that strangers who ask for mails to an address do not stand in its owner's way.
    """
    await _throttle(request, {_key(request, "mail-of", account): MAILS_OF})


async def throttle_suggestion(request: Request) -> None:
    """Before a suggestion of a reader is kept. Raises `TooMany`."""
    network = sign_in_network(request.scope)
    await _throttle(
        request, {_key(request, "suggestion", network): SUGGESTIONS_HERE}, {"suggestion:all": SUGGESTIONS}
    )


async def _throttle(request: Request, tries: Tries, together: Tries | None = None) -> None:
    """Count a try; `together` counts only what was not refused already, else one could lock out all."""
    async with database_of(request).writing() as session:
        now = datetime.now(UTC)
        wait = await count_tries(session, tries, now=now)
        if wait is None and together:
            wait = await count_tries(session, together, now=now)
    if wait is not None:
        raise TooMany(max(1, int(wait.total_seconds()) + 1))


def _key(request: Request, kind: str, *parts: str) -> str:
    """A key that tells neither address nor network to whoever reads the table."""
    told = hmac.new(secret_key(request, "throttle"), "\n".join(parts).encode(), sha256).hexdigest()[:40]
    return f"{kind}:{told}"
