"""What the public sees of consultations: read from the published copies only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.languages import MultiText
from app.core.paging import PAGE_SIZE, Page
from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.requests import ConsultationFilter
from app.features.consultations.rules.document import KIND, KIND_OF_SECTION, STATEMENT_KINDS
from app.features.consultations.views.listed import PublicConsultation, PublicNeed, PublicStatement
from app.features.publication.queries import (
    Published,
    list_published,
    published_cards,
    published_document,
    published_with,
    renumbered,
)
from app.features.wording.views import Shelf
from app.models.consultation import ConsultationState
from app.models.published import PublishedFacet, PublishedRecord

Statements = Mapping[str, Sequence[Published]]
"""Published statements by the consultation they were said in."""


async def public_consultation(session: AsyncSession, id_: UUID) -> PublicConsultation:
    """A published consultation with its published statements. Raises `NotFound`."""
    found = await published_document(session, KIND, str(id_))
    if found is None:
        raise NotFound()
    return _consultation(found, await _statements(session, [found.slug]))


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
    statements = await _statements(session, [card.slug for card in cards])
    found = [replace(_consultation(card, statements), statements=()) for card in cards]
    return Page(found, total or 0, wanted.page)


async def _statements(session: AsyncSession, consultations: Sequence[str]) -> Statements:
    """What this reader may see of each consultation, in one statement for all of them."""
    found: dict[str, list[Published]] = {}
    copies = await published_with(session, STATEMENT_KINDS, KIND, consultations) if consultations else []
    for copy in renumbered(copies, KIND):
        found.setdefault(copy.body[KIND], []).append(copy)
    return found


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
        audience=str(found.audience),
    )


def _consultation(found: Published, statements: Statements) -> PublicConsultation:
    body, seen = found.body, statements.get(found.slug, ())
    return PublicConsultation(
        id=UUID(body["id"]),
        reference=body["reference"],
        place_id=body["place_id"],
        country_code=body["country"],
        year=body["year"],
        method=body["method"],
        language=body["language"],
        counts={kind: sum(one.kind == kind for one in seen) for kind in STATEMENT_KINDS},
        statements=tuple(public_statement(one.body, one.audience) for one in seen),
        is_illustration=found.is_illustration,
        published_at=found.published_at,
    )


def public_statement(body: Mapping[str, Any], audience: Sensitivity) -> PublicStatement:
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
        audience=str(audience),
    )
