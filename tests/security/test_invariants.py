"""What must hold in every database (AZ8), and that each rule notices a planted row."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.credentials import AccountState
from app.core.scope import SYSTEM
from app.models.account import Account, Invitation, RoleGrant
from app.models.consultation import Consultation, ConsultationState
from app.models.published import PublishedRecord
from tests.factories.objects import Object
from tests.factories.principals import INVITATION, OWN, PRINCIPALS
from tests.matrix.world import World


async def grants_of_those_who_left(session: AsyncSession) -> list[object]:
    """No role is held by an account that has left."""
    held = select(RoleGrant.id).join(Account, Account.id == RoleGrant.account_id)
    gone = held.where(RoleGrant.ended_at.is_(None), Account.state == AccountState.LEFT)
    return list(await session.scalars(gone))


async def city_roles_without_city(session: AsyncSession) -> list[object]:
    """No role of a city holds everywhere or in a whole country."""
    rows = await session.scalars(
        select(RoleGrant).where(RoleGrant.role.in_(("city lead", "city contributor")))
    )
    return [row.id for row in rows if not row.cities or row.countries]


async def published_without_consent(session: AsyncSession) -> list[object]:
    """No copy is of a consultation without consent, or after it was withdrawn, or that is not published."""
    wrong = select(Consultation.id).where(
        or_(
            Consultation.consent_given.is_not(True),
            Consultation.consent_withdrawn_on.is_not(None),
            Consultation.state != ConsultationState.PUBLISHED,
        )
    )
    ids = [str(one) for one in await session.scalars(wrong)]
    copies = select(PublishedRecord).where(
        PublishedRecord.kind.in_(("consultation", "need", "concern", "gap"))
    )
    return [
        one.slug
        for one in await session.scalars(copies)
        if one.slug in ids or one.card.get("consultation") in ids
    ]


async def invitations_to_the_top(session: AsyncSession) -> list[object]:
    """Nobody but the operator invites administrators."""
    top = select(Invitation.id).where(Invitation.role == "hub admin", Invitation.invited_by != "operator")
    return list(await session.scalars(top))


Rule = Callable[[AsyncSession], Awaitable[list[object]]]


async def _plant(rule: Rule, made: World, session: AsyncSession) -> None:
    """A row that breaks a rule."""
    lead = PRINCIPALS["lead A"]
    if rule is grants_of_those_who_left:
        values = {"state": AccountState.LEFT}
        await session.execute(update(Account).where(Account.id == lead.account_id).values(values))
    elif rule is city_roles_without_city:
        session.add(
            RoleGrant(
                id=uuid4(), account_id=lead.account_id, role="city lead", cities=[], countries=["IQ"],
                granted_by="x", granted_at=datetime.now(UTC), ended_by=None, ended_at=None,
            )
        )  # fmt: skip
    elif rule is published_without_consent:
        key = next(id_ for id_, one in made.objects.items() if one == Object(OWN, "published"))
        found = next(one for one in await session.scalars(select(Consultation)) if str(one.id) == key)
        found.consent_given = False
    else:
        values_ = {"role": "hub admin"}
        await session.execute(update(Invitation).where(Invitation.id == INVITATION).values(values_))
    await session.flush()


@pytest.mark.parametrize(
    "rule",
    [grants_of_those_who_left, city_roles_without_city, published_without_consent, invitations_to_the_top],
)
async def test_invariants(rule: Rule, made: World) -> None:
    """Nothing breaks the rule; a planted row does, and is found."""
    async with made.database.writing(SYSTEM) as session:
        gone = PRINCIPALS["session of one who left"].account_id
        await session.execute(
            update(RoleGrant).where(RoleGrant.account_id == gone).values(ended_at=datetime.now(UTC))
        )
        assert await rule(session) == []
        await _plant(rule, made, session)
        assert await rule(session) != []
