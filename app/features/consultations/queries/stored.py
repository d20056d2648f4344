"""Stored consultations as the tables have them, for those who may know of them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.actor import Actor
from app.core.errors import NotFound
from app.features.confidentiality.queries import readable
from app.features.consultations.rules.questionnaire import SECTIONS
from app.models.consultation import Consultation

_PARTS = {
    "about": (Consultation.previous,),
    "participants": (Consultation.participants,),
    "concerns": (Consultation.concerns,),
    "approaches": (Consultation.approaches,),
    "assets": (Consultation.assets,),
    "gaps": (Consultation.gaps,),
    "needs": (Consultation.needs,),
    "privacy": (Consultation.consents,),
}
ALL = tuple(SECTIONS)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which consultations somebody may know of: officials all of their city's, the hub what was sent."""
    return readable(actor.scope)


async def stored_consultation(
    session: AsyncSession,
    actor: Actor,
    id_: UUID,
    *,
    sections: Iterable[str] = ALL,
    for_update: bool = False,
) -> Consultation:
    """A consultation with what belongs to the given sections. Raises `NotFound`.

    `for_update` makes a second writer wait until the first is done.
    """
    statement = select(Consultation).where(Consultation.id == id_, visible_to(actor))
    statement = statement.options(*(selectinload(part) for name in sections for part in _PARTS.get(name, ())))
    if for_update:
        statement = statement.with_for_update()
    found = await session.scalar(statement)
    if found is None:
        raise NotFound()
    return found
