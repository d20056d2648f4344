"""Reading published practices."""

from collections.abc import Mapping, Sequence

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app.core.errors import NotFound
from app.features.practices.rules.document import KIND
from app.features.practices.rules.related import MOST_RELATED, WEIGHTS, Relation, relate
from app.features.practices.views import (
    PracticeCard,
    PracticeRecord,
    RelatedPractice,
    practice_card,
    practice_record,
    related_practice,
)
from app.features.publication.queries import published_cards, published_document, published_documents
from app.features.wording.views import Shelf
from app.models.practice import PracticePlaceRole
from app.models.published import PublishedFacet, PublishedPlace, PublishedRecord


async def practice_by_slug(session: AsyncSession, slug: str, shelf: Shelf) -> PracticeRecord:
    """A published practice. Raises `NotFound` for one that is not published."""
    found = await published_document(session, KIND, slug)
    if found is None:
        raise NotFound()
    return practice_record(found, shelf)


async def practices_by_slug(
    session: AsyncSession, slugs: Sequence[str], shelf: Shelf
) -> list[PracticeRecord]:
    """Published practices in the order of `slugs`, those that exist."""
    return [practice_record(one, shelf) for one in await published_documents(session, KIND, slugs)]


async def practice_cards(session: AsyncSession, slugs: Sequence[str], shelf: Shelf) -> list[PracticeCard]:
    """Cards of published practices in the order of `slugs`, those that exist."""
    return [practice_card(one, shelf) for one in await published_cards(session, KIND, slugs)]


async def related_practices(session: AsyncSession, slug: str, shelf: Shelf) -> tuple[RelatedPractice, ...]:
    """Published practices that share most with this one, and what they share."""
    relations = {relation.slug: relation for relation in await _relations(session, slug)}
    cards = await practice_cards(session, list(relations), shelf)
    return tuple(related_practice(card, relations[card.slug], shelf) for card in cards)


async def _relations(session: AsyncSession, slug: str) -> tuple[Relation, ...]:
    """What the closest practices share with this one: one statement over the published facets."""
    mine = (
        select(PublishedFacet.facet, PublishedFacet.code)
        .join(PublishedRecord, PublishedRecord.id == PublishedFacet.record_id)
        .where(PublishedRecord.kind == KIND, PublishedRecord.slug == slug, PublishedFacet.facet.in_(WEIGHTS))
        .cte("mine")
    )
    weight = case(WEIGHTS, value=PublishedFacet.facet, else_=0)
    closest = (
        select(PublishedRecord.id, PublishedRecord.slug)
        .join(PublishedFacet, PublishedFacet.record_id == PublishedRecord.id)
        .join(mine, (mine.c.facet == PublishedFacet.facet) & (mine.c.code == PublishedFacet.code))
        .where(
            PublishedRecord.kind == KIND,
            PublishedRecord.slug != slug,
            PublishedRecord.is_illustration.is_(False),
        )
        .group_by(PublishedRecord.id, PublishedRecord.slug)
        .order_by(func.sum(weight).desc(), PublishedRecord.slug)
        .limit(MOST_RELATED)
        .cte("closest")
    )
    theirs = aliased(PublishedFacet)
    shared = await session.execute(
        select(closest.c.slug, theirs.facet, theirs.code)
        .join(theirs, theirs.record_id == closest.c.id)
        .join(mine, (mine.c.facet == theirs.facet) & (mine.c.code == theirs.code))
    )
    return relate((row.slug, row.facet, row.code) for row in shared)


async def latest_practices(session: AsyncSession, shelf: Shelf, *, limit: int) -> list[PracticeCard]:
    """The practices that came to the library last; of those that came together, the youngest."""
    slugs = await session.scalars(
        select(PublishedRecord.slug)
        .where(PublishedRecord.kind == KIND, PublishedRecord.is_illustration.is_(False))
        .order_by(
            PublishedRecord.first_published_at.desc(),
            PublishedRecord.starts_on.desc().nulls_last(),
            PublishedRecord.slug,
        )
        .limit(limit)
    )
    return await practice_cards(session, list(slugs), shelf)


async def practices_per_place(session: AsyncSession) -> Mapping[str, int]:
    """How many published practices each place is the home of; places without one are left out."""
    rows = await session.execute(
        select(PublishedPlace.place_id, func.count())
        .join(PublishedRecord, PublishedRecord.id == PublishedPlace.record_id)
        .where(
            PublishedRecord.kind == KIND,
            PublishedRecord.is_illustration.is_(False),
            PublishedPlace.role == PracticePlaceRole.HOME,
        )
        .group_by(PublishedPlace.place_id)
    )
    return {row[0]: row[1] for row in rows}
