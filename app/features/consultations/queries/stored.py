"""Stored consultations as the tables have them, for those who may know of them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.actor import READERS_OF_CONSULTATIONS, Actor
from app.core.errors import NotFound
from app.core.scope import Area
from app.features.consultations.rules.questionnaire import SECTIONS
from app.models.consultation import Consultation
from app.models.place import Place

_PARTS = {
    "about": (Consultation.previous, Consultation.event),
    "participants": (Consultation.participants,),
    "concerns": (Consultation.concerns,),
    "approaches": (Consultation.approaches,),
    "assets": (Consultation.assets,),
    "gaps": (Consultation.gaps,),
    "needs": (Consultation.needs,),
}
ALL = tuple(SECTIONS)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which consultations somebody may know of: officials all of their city's, the hub what was sent."""
    return or_(
        Consultation.place_id.in_(actor.cities),
        and_(Consultation.reference.is_not(None), _within(actor.area_of(READERS_OF_CONSULTATIONS))),
    )


def _within(area: Area) -> ColumnElement[bool]:
    """Which consultations are of places within an area."""
    if area.is_everywhere:
        return true()
    there = select(Place.id).where(Place.country_code.in_(sorted(area.countries)))
    return or_(Consultation.place_id.in_(sorted(area.cities)), Consultation.place_id.in_(there))


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
