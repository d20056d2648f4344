"""What the public sees of consultations: read from the published copies only."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.languages import MultiText
from app.core.paging import PAGE_SIZE, Page
from app.features.consultations.commands.requests import ConsultationFilter
from app.features.consultations.rules.document import KIND, KIND_OF_SECTION
from app.features.consultations.views.listed import PublicConsultation, PublicNeed, PublicStatement
from app.features.publication.queries import Published, list_published, published_cards, published_document
from app.features.wording.views import Shelf
from app.models.consultation import ConsultationState
from app.models.published import PublishedFacet, PublishedRecord


async def public_consultation(session: AsyncSession, id_: UUID) -> PublicConsultation:
    """A published consultation with its published statements. Raises `NotFound`."""
    found = await published_document(session, KIND, str(id_))
    if found is None:
        raise NotFound()
    return _consultation(found)


async def list_public_consultations(
    session: AsyncSession, wanted: ConsultationFilter
) -> Page[PublicConsultation]:
    """One page of published consultations, newest first; illustrations only when asked for."""
    if wanted.state not in (None, ConsultationState.PUBLISHED):
        return Page([], 0, wanted.page)
    conditions: list[ColumnElement[bool]] = [
        PublishedRecord.kind == KIND,
        PublishedRecord.is_illustration.is_(wanted.illustrations),
    ]
    if wanted.country is not None:
        there = select(PublishedFacet.record_id).where(
            PublishedFacet.facet == "country", PublishedFacet.code == wanted.country
        )
        conditions.append(PublishedRecord.id.in_(there))
    total = await session.scalar(select(func.count()).select_from(PublishedRecord).where(*conditions))
    slugs = await session.scalars(
        select(PublishedRecord.slug)
        .where(*conditions)
        .order_by(PublishedRecord.starts_on.desc().nulls_last(), PublishedRecord.slug)
        .limit(PAGE_SIZE)
        .offset((wanted.page - 1) * PAGE_SIZE)
    )
    cards = await published_cards(session, KIND, slugs.all())
    return Page([_consultation(card) for card in cards], total or 0, wanted.page)


async def public_needs(session: AsyncSession, shelf: Shelf, *, limit: int) -> list[PublicNeed]:
    """Needs that real cities have made public, newest first."""
    found = await list_published(session, KIND_OF_SECTION["needs"], whole=False, limit=limit)
    return [_need(one, shelf) for one in found]


def _need(found: Published, shelf: Shelf) -> PublicNeed:
    body = found.body
    return PublicNeed(
        consultation_id=UUID(body["consultation"]),
        place=shelf.place(body["place_id"]),
        text=shelf.text(body["text"]),
        concept=shelf.vocabulary.label(body["concept"], shelf.language) if body["concept"] else None,
        priority=body["priority"],
        status=body["status"],
    )


def _consultation(found: Published) -> PublicConsultation:
    body = found.body
    return PublicConsultation(
        id=UUID(body["id"]),
        reference=body["reference"],
        place_id=body["place_id"],
        country_code=body["country"],
        year=body["year"],
        method=body["method"],
        language=body["language"],
        counts=body["counts"],
        statements=tuple(public_statement(one) for one in body.get("statements", ())),
        is_illustration=found.is_illustration,
        published_at=found.published_at,
    )


def public_statement(body: dict[str, Any]) -> PublicStatement:
    """A published copy of a statement (of kind `need`, `concern`, …)."""
    return PublicStatement(
        id=body["id"],
        kind=body["kind"],
        concept=body["concept"],
        text=MultiText.load(body["text"]),
        attribution=body["attribution"],
        office_title=body["office_title"],
        person_name=body["person_name"],
        priority=body["priority"],
        rank=body["rank"],
        status=body["status"],
    )
