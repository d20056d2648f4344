"""Who a cookie or a token belongs to, and what they may do at this very moment.

Rights are read with every request, so that suspending, leaving or a changed role act on the next one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import Actor, Grant, Role, TokenScope
from app.core.credentials import AccountState, Strength
from app.core.scope import Area
from app.features.accounts.rules.roles import GRANTORS, acts_now, area_for
from app.features.accounts.rules.sessions import (
    SEEN_EVERY,
    USED_EVERY,
    has_shown_passkey,
    is_confirmed,
    is_live,
)
from app.features.accounts.rules.tokens import bounds_of, narrowed, uses_of
from app.models.account import Account, ApiToken, RoleGrant, SignInSession
from app.models.place import Place


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A live session. `sleeping`: roles that wait for a passkey to be shown."""

    id: UUID
    strength: Strength
    is_confirmed: bool
    must_rotate: bool
    needs_note: bool
    sleeping: frozenset[Role]
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody asking, with their session or token. `token_to_note`: its use is worth a note."""

    actor: Actor
    session: OpenSession | None = None
    token_to_note: UUID | None = None


_ACCOUNT = (Account.id.label("account_id"), Account.pseudonym, Account.state, Account.is_demo)
_GRANT = (RoleGrant.role, RoleGrant.cities, RoleGrant.countries)
_LIVE_GRANTS = and_(RoleGrant.account_id == Account.id, RoleGrant.ended_at.is_(None))


async def caller_of_session(
    session: AsyncSession, token_hash: str, *, is_demo: bool, now: datetime
) -> Caller | None:
    """Who is signed in with a cookie; None when it is good for nothing (any more). One statement."""
    rows = (
        await session.execute(
            select(
                SignInSession.id.label("session_id"),
                SignInSession.strength,
                SignInSession.created_at,
                SignInSession.seen_at,
                SignInSession.confirmed_at,
                SignInSession.ended_at,
                SignInSession.must_rotate,
                Account.name,
                Account.email,
                Account.language,
                *_ACCOUNT,
                *_GRANT,
            )
            .join(Account, Account.id == SignInSession.account_id)
            .outerjoin(RoleGrant, _LIVE_GRANTS)
            .where(SignInSession.token_hash == token_hash)
        )
    ).all()
    if not rows or not _may_come_in(rows[0], is_demo=is_demo):
        return None
    first = rows[0]
    grants = await _with_cities(session, frozenset(_grants(rows)))
    roles = frozenset(grant.role for grant in grants)
    if not is_live(
        created_at=first.created_at, seen_at=first.seen_at, ended_at=first.ended_at, roles=roles, now=now
    ):
        return None
    shown = has_shown_passkey(first.strength)
    awake = frozenset(grant for grant in grants if acts_now(grant.role, has_shown_passkey=shown))
    return Caller(
        Actor(first.account_id, first.pseudonym, awake),
        OpenSession(
            id=first.session_id,
            strength=first.strength,
            is_confirmed=is_confirmed(first.confirmed_at, first.strength, now),
            must_rotate=first.must_rotate,
            needs_note=now - first.seen_at > SEEN_EVERY,
            sleeping=roles - {grant.role for grant in awake},
            name=first.name,
            email=first.email,
            language=first.language,
        ),
    )


async def caller_of_token(
    session: AsyncSession, token_hash: str, *, is_demo: bool, now: datetime
) -> Caller | None:
    """Whose program is asking: its owner, narrowed to uses, places and ceiling of the token."""
    rows = (
        await session.execute(
            select(
                ApiToken.id.label("token_id"), ApiToken.scopes, ApiToken.expires_at, ApiToken.revoked_at,
                ApiToken.used_at, ApiToken.ceiling,
                ApiToken.cities.label("in_cities"), ApiToken.countries.label("in_countries"),
                *_ACCOUNT, *_GRANT,
            )
            .join(Account, Account.id == ApiToken.account_id)
            .outerjoin(RoleGrant, _LIVE_GRANTS)
            .where(ApiToken.token_hash == token_hash)
        )
    ).all()  # fmt: skip
    if not rows or not _may_come_in(rows[0], is_demo=is_demo):
        return None
    first = rows[0]
    if first.revoked_at is not None or now >= first.expires_at:
        return None
    grants = narrowed(_grants(rows), bounds_of(first.in_cities, first.in_countries))
    scopes = uses_of(map(TokenScope, first.scopes), first.ceiling)
    is_old = first.used_at is None or now - first.used_at > USED_EVERY
    return Caller(
        Actor(first.account_id, f"token:{first.pseudonym}", grants, scopes, first.ceiling),
        token_to_note=first.token_id if is_old else None,
    )


def _may_come_in(row: Any, *, is_demo: bool) -> bool:
    """Accounts of the demo exist in the demo only."""
    return row.state is AccountState.ACTIVE and (is_demo or not row.is_demo)


async def _with_cities(session: AsyncSession, grants: frozenset[Grant]) -> frozenset[Grant]:
    """Whoever gives roles in a whole country gives them in each of its cities too; others cost nothing."""
    codes = {code for grant in grants if grant.role in GRANTORS for code in grant.area.countries}
    if not codes:
        return grants
    rows = (
        await session.execute(select(Place.id, Place.country_code).where(Place.country_code.in_(codes)))
    ).all()
    return frozenset(
        Grant(grant.role, grant.area | _cities_of(rows, grant.area)) if grant.role in GRANTORS else grant
        for grant in grants
    )


def _cities_of(rows: Iterable[Any], area: Area) -> Area:
    return Area(cities=frozenset(row.id for row in rows if row.country_code in area.countries))


def _grants(rows: Iterable[Any]) -> Iterable[Grant]:
    for row in rows:
        if row.role is not None:
            role = Role(row.role)
            yield Grant(role, area_for(role, row.cities, row.countries))
