"""Which mails wait, and how the outbox stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.mail import OutboxMail

WAITING: ColumnElement[bool] = and_(OutboxMail.sent_at.is_(None), OutboxMail.failed_at.is_(None))
GIVEN_UP: ColumnElement[bool] = OutboxMail.failed_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many mails wait, and how many were given up."""

    waiting: int
    given_up: int


def is_due(now: datetime, moment: datetime) -> ColumnElement[bool]:
    """Mails to be tried at `now` that nobody is sending at `moment`."""
    free = or_(OutboxMail.lease_until.is_(None), OutboxMail.lease_until <= moment)
    return and_(WAITING, OutboxMail.due_at <= now, free)


async def count_due(session: AsyncSession, *, now: datetime) -> int:
    """How many mails could be sent now."""
    return await session.scalar(select(func.count()).select_from(OutboxMail).where(is_due(now, now))) or 0


async def standing(session: AsyncSession) -> Standing:
    """How the outbox stands."""
    counts = [
        await session.scalar(select(func.count()).select_from(OutboxMail).where(which)) or 0
        for which in (WAITING, GIVEN_UP)
    ]
    return Standing(*counts)
