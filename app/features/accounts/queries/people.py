"""People and invitations, as far as the reader may manage them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import Actor, Grant, Role
from app.core.credentials import AccountState
from app.core.db import contains_words
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page
from app.features.accounts.queries.account import token_line
from app.features.accounts.rules.roles import area_for, may_grant, may_manage
from app.features.accounts.rules.sessions import is_live
from app.features.accounts.views.account import GrantLine
from app.features.accounts.views.people import InvitationLine, Person, PersonLine
from app.models.account import Account, ApiToken, Invitation, Passkey, RoleGrant, SignInSession


async def list_people(
    session: AsyncSession, actor: Actor, *, q: str, state: str, number: int
) -> Page[PersonLine]:
    """One page of people by name. Administrators of the hub see all, leads of a city those of their city."""
    grants = await _grants(session)
    wanted: list[ColumnElement[bool]] = []
    if not _sees_all(actor):
        wanted.append(Account.id.in_(_within_reach(actor, grants)))
    if q:
        wanted.append(or_(contains_words(Account.name, q), contains_words(Account.email, q)))
    if state:
        wanted.append(Account.state == AccountState(state))
    total = await session.scalar(select(func.count()).select_from(Account).where(*wanted))
    rows = await session.scalars(
        select(Account)
        .where(*wanted)
        .order_by(func.lower(Account.name), Account.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    lines = [
        PersonLine(
            one.id,
            one.name,
            one.email,
            str(one.state),
            tuple(sorted({grant.role for grant in grants.get(one.id, ())})),
        )
        for one in rows
    ]
    return Page(lines, total or 0, number)


def _sees_all(actor: Actor) -> bool:
    """Administrators without bounds see everybody."""
    return actor.area_of({Role.HUB_ADMIN}).is_everywhere


def _within_reach(actor: Actor, grants: dict[UUID, list[RoleGrant]]) -> list[UUID]:
    """Accounts all of whose roles the actor may give, and the actor's own."""
    return [
        id_
        for id_, held in grants.items()
        if id_ == actor.account_id or may_manage(actor, _given(held), is_self=False)
    ]


async def _grants(session: AsyncSession) -> dict[UUID, list[RoleGrant]]:
    """Roles held at present, by account: some hundreds at most."""
    found: dict[UUID, list[RoleGrant]] = defaultdict(list)
    for grant in await session.scalars(select(RoleGrant).where(RoleGrant.ended_at.is_(None))):
        found[grant.account_id].append(grant)
    return found


def _given(grants: Iterable[RoleGrant]) -> list[Grant]:
    return [
        Grant(Role(grant.role), area_for(Role(grant.role), grant.cities, grant.countries)) for grant in grants
    ]


async def one_person(session: AsyncSession, actor: Actor, id_: UUID, *, now: datetime) -> Person:
    """One account, or the actor's own. Raises `NotFound` for one beyond the actor's reach, as for none."""
    account = await session.scalar(select(Account).where(Account.id == id_))
    if account is None:
        raise NotFound()
    grants = (
        await session.scalars(
            select(RoleGrant)
            .where(RoleGrant.account_id == id_, RoleGrant.ended_at.is_(None))
            .order_by(RoleGrant.granted_at)
        )
    ).all()
    is_self = id_ == actor.account_id
    manages = may_manage(actor, _given(grants), is_self=is_self)
    if not (manages or is_self or _sees_all(actor)):
        raise NotFound()
    passkeys = await session.scalar(
        select(func.count()).select_from(Passkey).where(Passkey.account_id == id_)
    )
    sessions = await session.execute(
        select(SignInSession.created_at, SignInSession.seen_at).where(
            SignInSession.account_id == id_, SignInSession.ended_at.is_(None)
        )
    )
    roles = [Role(grant.role) for grant in grants]
    devices = sum(
        is_live(created_at=row.created_at, seen_at=row.seen_at, ended_at=None, roles=roles, now=now)
        for row in sessions
    )
    tokens = await session.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == id_, ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .order_by(ApiToken.created_at.desc())
    )
    return Person(
        account.id,
        account.name,
        account.email,
        account.language,
        account.pseudonym,
        str(account.state),
        account.created_at,
        account.ended_at,
        tuple(
            GrantLine(grant.id, grant.role, tuple(grant.cities), tuple(grant.countries), grant.granted_at)
            for grant in grants
        ),
        passkeys=passkeys or 0,
        sessions=devices,
        tokens=tuple(token_line(one, now) for one in tokens),
        may_manage=manages,
    )


async def list_invitations(
    session: AsyncSession, actor: Actor, *, number: int, now: datetime
) -> Page[InvitationLine]:
    """One page of invitations that the actor could have made, the newest first."""
    every = (await session.scalars(select(Invitation).order_by(Invitation.created_at.desc()))).all()
    mine = [one for one in every if _could_make(actor, one)]
    start = (number - 1) * PAGE_SIZE
    lines = [
        InvitationLine(
            one.id,
            one.name,
            one.email,
            one.role,
            tuple(one.cities),
            tuple(one.countries),
            one.created_at,
            one.expires_at,
            _state(one, now),
        )
        for one in mine[start : start + PAGE_SIZE]
    ]
    return Page(lines, len(mine), number)


def _could_make(actor: Actor, invitation: Invitation) -> bool:
    role = Role(invitation.role)
    return may_grant(actor, role, area_for(role, invitation.cities, invitation.countries))


def _state(invitation: Invitation, now: datetime) -> str:
    if invitation.accepted_at is not None:
        return "accepted"
    if invitation.revoked_at is not None:
        return "revoked"
    return "open" if now < invitation.expires_at else "expired"
