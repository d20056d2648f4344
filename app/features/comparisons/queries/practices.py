"""Reading practices to compare, and what is known of the reader's city."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.messages import Words
from app.features.comparisons.rules.selection import asked_for, select_known
from app.features.comparisons.views.fit import CityProfile
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.practices import PracticeComparison, practice_table
from app.features.practices.queries import practices_by_slug
from app.features.wording.views import Shelf
from app.models.published import PublishedFacet, PublishedPlace, PublishedRecord

NEEDS_OF_CITIES = ("reported_need", "need")
"""Kinds of published records that say what a city needs."""


async def compare_practices(
    session: AsyncSession, slugs: Sequence[str], city_id: str | None, shelf: Shelf, words: Words
) -> PracticeComparison:
    """The published practices among `slugs` side by side; at most four, the others are named.

    With a real city, also what of each practice holds there.
    """
    asked = asked_for(slugs)
    found = await practices_by_slug(session, asked, shelf)
    records = {record.card.slug: record for record in found if not record.card.is_illustration}
    selection = select_known(asked, records)
    city = await _profile(session, city_id, shelf) if city_id else None
    kept = [records[slug] for slug in selection.kept]
    return PracticeComparison(
        selection=selection,
        chosen=tuple(records[slug].card for slug in selection.chosen),
        table=practice_table(kept, city, Pen(shelf, words)) if selection.is_enough else None,
        city=city,
        unknown_city=city_id if city_id and city is None else None,
    )


async def _profile(session: AsyncSession, city_id: str, shelf: Shelf) -> CityProfile | None:
    """What is known of a city; None for an id that is no real city."""
    place = shelf.gazetteer.places.get(city_id)
    if place is None or place.is_illustration or place.kind == "country":
        return None
    codes = await _needs(session, shelf.gazetteer.lineage(city_id), place.country_code)
    return CityProfile(shelf.place(city_id), shelf.vocabulary.labelled(codes, shelf.language))


async def _needs(session: AsyncSession, place_ids: Sequence[str], country_code: str) -> list[str]:
    """Codes of needs published for one of the places, or for the country as a whole."""
    about_place = select(PublishedPlace.record_id).where(PublishedPlace.place_id.in_(place_ids))
    about_places = select(PublishedPlace.record_id)
    about_country = select(PublishedFacet.record_id).where(
        PublishedFacet.facet == "country", PublishedFacet.code == country_code
    )
    statement = (
        select(PublishedFacet.code)
        .join(PublishedRecord, PublishedRecord.id == PublishedFacet.record_id)
        .where(
            PublishedFacet.facet == "need",
            PublishedRecord.kind.in_(NEEDS_OF_CITIES),
            PublishedRecord.is_illustration.is_(False),
            or_(
                PublishedRecord.id.in_(about_place),
                PublishedRecord.id.in_(about_country) & PublishedRecord.id.not_in(about_places),
            ),
        )
        .distinct()
        .order_by(PublishedFacet.code)
    )
    return list(await session.scalars(statement))
