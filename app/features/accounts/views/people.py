"""People as administrators see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.features.accounts.views.account import GrantLine, TokenLine


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in the list of people."""

    id: UUID
    name: str
    email: str
    state: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One account with its roles. `may_manage`: the reader may change and suspend it."""

    id: UUID
    name: str
    email: str
    language: str
    pseudonym: str
    state: str
    created_at: datetime
    ended_at: datetime | None
    grants: tuple[GrantLine, ...]
    passkeys: int
    sessions: int
    tokens: tuple[TokenLine, ...]
    may_manage: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation. `state`: open, accepted, revoked or expired."""

    id: UUID
    name: str
    email: str
    role: str
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    state: str
