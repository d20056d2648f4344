"""Single sign-on: who goes to the identity provider and comes back, and whose account is whose there.

An account is found by issuer and subject alone. Addresses link nothing: whoever can make a provider name an
address could otherwise become its owner here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.credentials import AccountState, Strength
from app.core.db import WriteSession
from app.core.errors import Conflict, NotFound
from app.core.messages import noop
from app.features.accounts.rules.secrets import hash_token, new_token
from app.features.accounts.rules.single_sign_on import LIVES
from app.models.account import Account, ExternalIdentity, OidcRequest, SignInSession

LINKED_ELSEWHERE = noop(
    "That account is linked with another account in Medina. "
    "Unlink it on the page of that other account first."
)
LINKED_ALREADY = noop("Your account is linked with another account there. Unlink that one first.")


@dataclass(frozen=True, slots=True)
class Returned:
    """What somebody had left for who now comes back. `account_id`: who was signed in, for linking."""

    account_id: UUID | None
    redirect_uri: str
    next_path: str


async def note_leaving(
    session: WriteSession,
    purpose: str,
    browser_hash: str,
    issuer: str,
    redirect_uri: str,
    *,
    account_id: UUID | None = None,
    next_path: str = "",
    now: datetime,
) -> str:
    """Remember that this browser goes to the provider; gives the state it must bring back."""
    await session.execute(delete(OidcRequest).where(OidcRequest.expires_at <= now))
    state = new_token()
    session.add(
        OidcRequest(
            state_hash=hash_token(state),
            browser_hash=browser_hash,
            purpose=purpose,
            account_id=account_id,
            issuer=issuer,
            redirect_uri=redirect_uri,
            next_path=next_path,
            expires_at=now + LIVES[purpose],
        )
    )
    await session.flush()
    return state


async def take_return(
    session: WriteSession, purpose: str, state: str, browser_hash: str, issuer: str, *, now: datetime
) -> Returned | None:
    """What this browser had left for: taken, so that a state works once, whatever comes of it.

    None for a state of another browser, purpose or provider, or one that is used or too old.
    """
    row = (
        await session.execute(
            delete(OidcRequest)
            .where(
                OidcRequest.state_hash == hash_token(state),
                OidcRequest.browser_hash == browser_hash,
                OidcRequest.purpose == purpose,
                OidcRequest.issuer == issuer,
                OidcRequest.expires_at > now,
            )
            .returning(OidcRequest.account_id, OidcRequest.redirect_uri, OidcRequest.next_path)
        )
    ).first()
    return Returned(*row) if row else None


async def use_identity(session: WriteSession, issuer: str, subject: str, *, now: datetime) -> UUID | None:
    """The account of somebody whom the provider has recognised; None for one that may not come in."""
    account_id: UUID | None = await session.scalar(
        select(Account.id)
        .join(ExternalIdentity, ExternalIdentity.account_id == Account.id)
        .where(
            ExternalIdentity.issuer == issuer,
            ExternalIdentity.subject == subject,
            Account.state == AccountState.ACTIVE,
            Account.is_demo.is_(False),
        )
    )
    if account_id is not None:
        await session.execute(
            update(ExternalIdentity)
            .where(ExternalIdentity.issuer == issuer, ExternalIdentity.subject == subject)
            .values(used_at=now)
        )
    return account_id


async def link_identity(
    session: WriteSession, account_id: UUID, issuer: str, subject: str, *, now: datetime
) -> bool:
    """Link an account with one at the provider; whether it was not before.

    Raises `Conflict` when either is linked with another one, `NotFound` for accounts of the demo.
    """
    account = await session.scalar(
        select(Account.id).where(
            Account.id == account_id, Account.state == AccountState.ACTIVE, Account.is_demo.is_(False)
        )
    )
    if account is None:
        raise NotFound()
    has = await session.scalar(
        select(ExternalIdentity.subject)
        .where(ExternalIdentity.account_id == account_id, ExternalIdentity.issuer == issuer)
        .limit(1)
    )
    if has is not None and has != subject:
        raise Conflict(LINKED_ALREADY)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = await session.scalar(
        insert(ExternalIdentity)
        .values(id=uuid4(), account_id=account_id, issuer=issuer, subject=subject, created_at=now)
        .on_conflict_do_nothing(index_elements=[ExternalIdentity.issuer, ExternalIdentity.subject])
        .returning(ExternalIdentity.id)
    )
    if made is None and has is None:
        raise Conflict(LINKED_ELSEWHERE)
    return made is not None


async def unlink_identities(
    session: WriteSession, account_id: UUID, *, now: datetime, but: UUID | None = None
) -> None:
    """Part an account from every provider. Browsers that came in that way are signed out, all but one.

    Raises `NotFound` when it was linked with none.
    """
    gone = await session.scalars(
        delete(ExternalIdentity)
        .where(ExternalIdentity.account_id == account_id)
        .returning(ExternalIdentity.id)
    )
    if not gone.all():
        raise NotFound()
    ended = update(SignInSession).where(
        SignInSession.account_id == account_id,
        SignInSession.strength == Strength.SINGLE_SIGN_ON,
        SignInSession.ended_at.is_(None),
    )
    await session.execute(
        (ended if but is None else ended.where(SignInSession.id != but)).values(ended_at=now)
    )
