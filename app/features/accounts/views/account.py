"""One's own account as its page shows it, and what an invitation offers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role and where it holds; nothing named: everywhere."""

    id: UUID
    role: str
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A browser that is signed in."""

    id: UUID
    device: str
    strength: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """An account at an identity provider that opens this one."""

    issuer: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token for a program; only its beginning is known. No places named: wherever its owner may act."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[str, ...]
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    ceiling: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    is_live: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """Everything about one's own account."""

    name: str
    email: str
    language: str
    is_demo: bool
    grants: tuple[GrantLine, ...]
    devices: tuple[DeviceLine, ...]
    passkeys: tuple[PasskeyLine, ...]
    recovery_codes: int
    identities: tuple[IdentityLine, ...]
    tokens: tuple[TokenLine, ...]


@dataclass(frozen=True, slots=True)
class InvitationOffer:
    """What an invitation offers to whom."""

    email: str
    name: str
    role: str
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    expires_at: datetime
