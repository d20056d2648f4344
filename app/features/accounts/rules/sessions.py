"""How long a session lives. All limits are read from one clock, given as an argument."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.core.actor import HUB_ROLES, Role
from app.core.credentials import Strength

IDLE_HUB = timedelta(minutes=30)
IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
CONFIRMED_FOR = timedelta(minutes=5)
SEEN_EVERY = timedelta(minutes=1)
"""How exactly we note when a session was last used."""
USED_EVERY = timedelta(minutes=5)
"""How exactly we note when a token was last used."""


def is_live(
    *,
    created_at: datetime,
    seen_at: datetime,
    ended_at: datetime | None,
    roles: Iterable[Role],
    now: datetime,
) -> bool:
    """Whether a session may still be used. A clock that was put back revives none."""
    if ended_at is not None or now < max(created_at, seen_at) - SEEN_EVERY:
        return False
    idle = IDLE_HUB if not HUB_ROLES.isdisjoint(roles) else IDLE
    return now - created_at < ABSOLUTE and now - seen_at < idle


def is_confirmed(confirmed_at: datetime | None, strength: Strength, now: datetime) -> bool:
    """Whether the person has proven lately to be there; accounts of the demo have nothing to prove."""
    if strength is Strength.DEMO:
        return True
    return confirmed_at is not None and timedelta(0) <= now - confirmed_at < CONFIRMED_FOR


def has_shown_passkey(strength: Strength) -> bool:
    """Whether a session is strong enough for the roles of the hub."""
    return strength in (Strength.PASSKEY, Strength.DEMO)


def adds_passkey(strength: Strength, *, is_first: bool, is_confirmed: bool) -> bool:
    """Whether a session may add a passkey to its account.

    The first one may follow a mail (an invitation is how people of the hub begin). After that a mailbox
    that somebody else reads is not enough, whatever roles the account has: it may be given others later.
    """
    if strength is Strength.DEMO or not is_confirmed:
        return False
    return is_first or strength in (Strength.PASSKEY, Strength.RECOVERY)
