"""Signing in to an account of the demo with one click."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.core.credentials import AccountState, Strength
from app.core.db import WriteSession
from app.core.errors import NotFound
from app.features.accounts.rules.demo import address_of, grant_of
from app.features.accounts.service.sessions import begin_session
from app.models.account import Account, RoleGrant


async def sign_in_to_demo(
    session: WriteSession, persona: str, device: str, *, now: datetime
) -> tuple[str, UUID]:
    """Begin a session of the demo's account for a persona; gives token and account. Raises `NotFound`.

    The caller has made sure that this is the demo.
    """
    account_id = await _account(session, persona, now=now)
    return await begin_session(session, account_id, Strength.DEMO, device, now=now), account_id


async def _account(session: WriteSession, persona: str, *, now: datetime) -> UUID:
    grant = grant_of(persona)
    if grant is None:
        raise NotFound()
    email = address_of(persona)
    known = await session.scalar(select(Account.id).where(Account.email == email, Account.is_demo))
    if known is not None:
        return known
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made: UUID | None = await session.scalar(
        insert(Account)
        .values(
            id=uuid4(),
            email=email,
            name=persona,
            language="en",
            pseudonym=uuid4().hex[:16],
            state=AccountState.ACTIVE,
            is_demo=True,
            created_at=now,
            version=1,
        )
        .on_conflict_do_nothing(index_elements=[Account.email])
        .returning(Account.id)
    )
    if made is None:  # somebody else took the same role at the same moment
        return (await session.scalars(select(Account.id).where(Account.email == email))).one()
    session.add(
        RoleGrant(
            account_id=made,
            role=str(grant.role),
            cities=sorted(grant.area.cities),
            countries=sorted(grant.area.countries),
            granted_by="system",
            granted_at=now,
            ended_by=None,
            ended_at=None,
        )
    )
    await session.flush()
    return made
