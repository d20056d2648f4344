"""Links and codes that go out by mail: to sign in, to confirm, to change an address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from app.core.credentials import AccountState, LinkPurpose
from app.core.db import WriteSession
from app.features.accounts.rules.secrets import hash_code, hash_token, new_code, new_token
from app.models.account import Account, MailedLink

LIVES = timedelta(minutes=10)
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Link:
    """What goes into the mail; only its hashes are stored."""

    token: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Addressee:
    """The account a mail goes to."""

    id: UUID
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Used:
    """What a link or code has opened."""

    account_id: UUID
    new_email: str | None


async def active_account(session: WriteSession, email: str) -> Addressee | None:
    """The account of an address that may sign in; the demo's accounts get no mail."""
    row = (
        await session.execute(
            select(Account.id, Account.email, Account.language).where(
                Account.email == email, Account.state == AccountState.ACTIVE, Account.is_demo.is_(False)
            )
        )
    ).first()
    return Addressee(*row) if row else None


async def make_link(
    session: WriteSession,
    purpose: LinkPurpose,
    account_id: UUID | None,
    browser_hash: str,
    key: bytes,
    *,
    now: datetime,
    new_email: str | None = None,
) -> Link:
    """A link and a code for the browser that asks. Without an account they are good for nothing.

    Earlier ones of the same browser and purpose end: the newest mail is the one that works.
    """
    await session.execute(delete(MailedLink).where(MailedLink.expires_at < now - KEPT))
    await session.execute(
        update(MailedLink)
        .where(
            MailedLink.browser_hash == browser_hash,
            MailedLink.purpose == purpose,
            MailedLink.used_at.is_(None),
        )
        .values(used_at=now)
    )
    link = Link(new_token(), new_code(), now + LIVES)
    session.add(
        MailedLink(
            purpose=purpose,
            account_id=account_id,
            token_hash=hash_token(link.token),
            code_hash=hash_code(key, link.code),
            browser_hash=browser_hash,
            new_email=new_email,
            created_at=now,
            expires_at=link.expires_at,
            used_at=None,
        )
    )
    await session.flush()
    return link


async def use_link(
    session: WriteSession, purpose: LinkPurpose, token: str, browser_hash: str, *, now: datetime
) -> Used | None:
    """Use a link in the browser that asked for it; None when it is good for nothing (here)."""
    return await _use(session, purpose, MailedLink.token_hash == hash_token(token), browser_hash, now=now)


async def use_code(
    session: WriteSession, purpose: LinkPurpose, code: str, browser_hash: str, key: bytes, *, now: datetime
) -> Used | None:
    """Use a code in the browser that asked for it; None when it is wrong or too old."""
    return await _use(session, purpose, MailedLink.code_hash == hash_code(key, code), browser_hash, now=now)


async def _use(
    session: WriteSession,
    purpose: LinkPurpose,
    wanted: ColumnElement[bool],
    browser_hash: str,
    *,
    now: datetime,
) -> Used | None:
    """One statement takes it, so that of many at once one gets it."""
    row = (
        await session.execute(
            update(MailedLink)
            .where(
                wanted,
                MailedLink.purpose == purpose,
                MailedLink.browser_hash == browser_hash,
                MailedLink.used_at.is_(None),
                MailedLink.expires_at > now,
                MailedLink.created_at <= now,
            )
            .values(used_at=now)
            .returning(MailedLink.account_id, MailedLink.new_email)
        )
    ).first()
    if row is None or row.account_id is None:
        return None
    is_active = await session.scalar(
        select(Account.id).where(Account.id == row.account_id, Account.state == AccountState.ACTIVE)
    )
    return Used(row.account_id, row.new_email) if is_active else None
