"""Lists of stored consultations: an official's own, the hub's inbox."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actor import Actor
from app.core.paging import PAGE_SIZE, Page
from app.features.consultations.commands.requests import ConsultationFilter
from app.features.consultations.queries.stored import visible_to
from app.features.consultations.views.listed import ConsultationRow
from app.models.consultation import Consultation, ConsultationState
from app.models.place import Place


async def list_consultations(
    session: AsyncSession, actor: Actor, wanted: ConsultationFilter
) -> Page[ConsultationRow]:
    """One page of what the actor may know of, the newest change first; nothing for the public."""
    conditions = _conditions(actor, wanted)
    total = await session.scalar(
        select(func.count()).select_from(Consultation).join(Place).where(*conditions)
    )
    rows = await session.execute(
        select(
            Consultation.id,
            Consultation.reference,
            Consultation.title,
            Consultation.place_id,
            Place.country_code,
            Consultation.state,
            Consultation.language,
            Consultation.held_edtf,
            Consultation.method,
            Consultation.sections,
            Consultation.return_note,
            Consultation.is_illustration,
            Consultation.created_at,
            Consultation.updated_at,
            Consultation.submitted_at,
            Consultation.published_at,
        )
        .join(Place)
        .where(*conditions)
        .order_by(Consultation.updated_at.desc(), Consultation.id)
        .limit(PAGE_SIZE)
        .offset((wanted.page - 1) * PAGE_SIZE)
    )
    return Page([_row(row) for row in rows], total or 0, wanted.page)


async def count_by_state(
    session: AsyncSession, actor: Actor, *, illustrations: bool = False
) -> Mapping[ConsultationState, int]:
    """How many consultations the actor may know of are in each state."""
    conditions = (visible_to(actor), *_real_or_not(actor, illustrations=illustrations))
    rows = await session.execute(
        select(Consultation.state, func.count()).where(*conditions).group_by(Consultation.state)
    )
    found = {row[0]: int(row[1]) for row in rows}
    return {state: found.get(state, 0) for state in ConsultationState}


async def id_of_reference(session: AsyncSession, reference: str) -> UUID | None:
    """The id of the consultation with this reference number, or None. For readers of the audit log only."""
    wanted = reference.upper()
    found: UUID | None = await session.scalar(select(Consultation.id).where(Consultation.reference == wanted))
    return found


def _conditions(actor: Actor, wanted: ConsultationFilter) -> list[ColumnElement[bool]]:
    conditions = [visible_to(actor), *_real_or_not(actor, illustrations=wanted.illustrations)]
    if wanted.state is not None:
        conditions.append(Consultation.state == wanted.state)
    elif actor.reads_for_hub and not actor.cities:
        conditions.append(Consultation.state != ConsultationState.DRAFT)
    if wanted.country is not None:
        conditions.append(Place.country_code == wanted.country)
    return conditions


def _real_or_not(actor: Actor, *, illustrations: bool) -> tuple[ColumnElement[bool], ...]:
    """The hub sees real consultations or illustrations; what is of one city is the one or the other."""
    return (Consultation.is_illustration.is_(illustrations),) if actor.reads_for_hub else ()


def _row(row: Any) -> ConsultationRow:
    done = sum(bool(note.get("done")) for note in row.sections.values())
    return ConsultationRow(
        id=row.id,
        reference=row.reference,
        title=row.title,
        place_id=row.place_id,
        country_code=row.country_code,
        state=row.state,
        language=row.language,
        held=row.held_edtf,
        method=str(row.method) if row.method else None,
        sections_done=done,
        was_returned=bool(row.return_note),
        is_illustration=row.is_illustration,
        created_at=row.created_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        published_at=row.published_at,
    )
