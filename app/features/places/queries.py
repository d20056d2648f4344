"""Reading places and countries."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.features.places.views import Gazetteer, PlaceName, SourceLine
from app.models.place import Country, Place, PlaceAlias, Source

_DEMO_CITIES = ("iq-mosul", "iq-baghdad", "ma-rabat", "jo-amman", "xx-sample-city")


async def load_gazetteer(session: AsyncSession) -> Gazetteer:
    """All places and countries with their names: two statements."""
    places = await session.execute(
        select(
            Place.id,
            Place.kind,
            Place.country_code,
            Place.parent_id,
            Place.name_en,
            Place.name_fr,
            Place.name_ar,
            Place.latitude,
            Place.longitude,
            Place.population,
            Place.population_year,
            Place.population_source,
            Place.is_illustration,
        ).order_by(Place.id)
    )
    countries = await session.execute(
        select(Country.code, Country.short_en, Country.short_fr, Country.short_ar)
    )
    return Gazetteer(
        {
            row.id: PlaceName(
                row.id,
                str(row.kind),
                row.country_code,
                row.parent_id,
                {"en": row.name_en, "fr": row.name_fr, "ar": row.name_ar},
                row.latitude,
                row.longitude,
                row.population,
                row.population_year,
                row.population_source,
                row.is_illustration,
            )
            for row in places
        },
        {row.code: {"en": row.short_en, "fr": row.short_fr, "ar": row.short_ar} for row in countries},
    )


async def place_aliases(session: AsyncSession) -> Sequence[tuple[str, str]]:
    """All other names of places as (place id, text)."""
    rows = await session.execute(select(PlaceAlias.place_id, PlaceAlias.text))
    return [(row.place_id, row.text) for row in rows]


async def demo_cities(session: AsyncSession) -> Mapping[str, Mapping[str, str]]:
    """Names of the cities whose officials the demo lets one play; those that exist."""
    gazetteer = await load_gazetteer(session)
    return {id_: gazetteer.places[id_].names for id_ in _DEMO_CITIES if id_ in gazetteer.places}


async def sources_by_key(session: AsyncSession, keys: Sequence[str]) -> list[SourceLine]:
    """The sources of a record in the order of `keys`, for its published copy; unknown keys are left out."""
    if not keys:
        return []
    rows = await session.execute(select(Source.key, Source.title, Source.url).where(Source.key.in_(keys)))
    found = {row.key: SourceLine(row.key, row.title, row.url) for row in rows}
    return [found[key] for key in dict.fromkeys(keys) if key in found]
