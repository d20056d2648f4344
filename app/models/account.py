"""Accounts: who may sign in, what they may do and where, and every credential they hold.

No password and no credential is stored in the clear: only hashes and public keys.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.credentials import AccountState, LinkPurpose, Strength
from app.core.sensitivity import Sensitivity
from app.models.base import CODE, Base, Identified, Versioned, choice

ADDRESS = String(254)
"""Length of an e-mail address."""


class Account(Identified, Versioned, Base):
    """Somebody who may sign in. `pseudonym` stands for them in the audit; `email` is in lower case."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(ADDRESS, unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(CODE)
    pseudonym: Mapped[str] = mapped_column(CODE, unique=True)
    state: Mapped[AccountState] = mapped_column(choice(AccountState))
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RoleGrant(Identified, Base):
    """A role of an account and where it holds: cities, whole countries, or (none named) everywhere."""

    __tablename__ = "role_grant"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(CODE)
    cities: Mapped[list[Any]]
    countries: Mapped[list[Any]]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class SignInSession(Identified, Base):
    """A browser that is signed in. `confirmed_at`: when the person last proved to be there.

    `must_rotate` is set when rights changed: the next answer brings a new id.
    """

    __tablename__ = "sign_in_session"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(CODE, unique=True)
    strength: Mapped[Strength] = mapped_column(choice(Strength))
    device: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    must_rotate: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]


class Invitation(Identified, Base):
    """An invitation: bound to one address, role and area; good for one use."""

    __tablename__ = "invitation"

    email: Mapped[str] = mapped_column(ADDRESS, index=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(CODE)
    role: Mapped[str] = mapped_column(CODE)
    cities: Mapped[list[Any]]
    countries: Mapped[list[Any]]
    token_hash: Mapped[str] = mapped_column(CODE, unique=True)
    invited_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class MailedLink(Identified, Base):
    """A link and a code that went out by mail, bound to the browser that asked; good for one use.

    Without an account nothing was sent: the row is there so that both cases take the same steps.
    """

    __tablename__ = "mailed_link"

    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(CODE, unique=True)
    code_hash: Mapped[str] = mapped_column(CODE)
    browser_hash: Mapped[str] = mapped_column(CODE, index=True)
    new_email: Mapped[str | None] = mapped_column(ADDRESS)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(Identified, Base):
    """A passkey: the public half of a key that never leaves the person's device."""

    __tablename__ = "passkey"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str]
    transports: Mapped[list[Any]]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PasskeyChallenge(Identified, Base):
    """A challenge for one use, bound to the browser that asked and, if signed in, the account."""

    __tablename__ = "passkey_challenge"

    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    purpose: Mapped[str] = mapped_column(CODE)
    browser_hash: Mapped[str] = mapped_column(CODE, index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]


class RecoveryCode(Identified, Base):
    """A code on paper for the day a passkey is lost; good for one use."""

    __tablename__ = "recovery_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(CODE)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Identified, Base):
    """A token for a program: opaque, shown once, never above the present rights of its owner."""

    __tablename__ = "api_token"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    prefix: Mapped[str] = mapped_column(CODE)
    token_hash: Mapped[str] = mapped_column(CODE, unique=True)
    scopes: Mapped[list[Any]]
    cities: Mapped[list[Any]]
    countries: Mapped[list[Any]]
    ceiling: Mapped[Sensitivity] = mapped_column(choice(Sensitivity))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ExternalIdentity(Identified, Base):
    """An account at an identity provider; found by issuer and subject, never by address."""

    __tablename__ = "external_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class OidcRequest(Identified, Base):
    """Somebody on the way to the identity provider and back: bound to the browser, good for one use.

    Only the hash of the state is stored; nonce and code verifier are made again from the state itself.
    """

    __tablename__ = "oidc_request"

    state_hash: Mapped[str] = mapped_column(CODE, unique=True)
    browser_hash: Mapped[str] = mapped_column(CODE)
    purpose: Mapped[str] = mapped_column(CODE)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str]
    redirect_uri: Mapped[str]
    next_path: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ThrottleCount(Base):
    """How often something was tried in one span of time; survives a restart."""

    __tablename__ = "throttle_count"
    __table_args__ = (Index("ix_throttle_count_ends_at", "ends_at"),)

    key: Mapped[str] = mapped_column(CODE, primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime]
    count: Mapped[int]
