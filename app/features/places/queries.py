"""Reading places and countries."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import contains_words
from app.core.errors import NotFound
from app.core.languages import LANGUAGES, Language
from app.core.paging import PAGE_SIZE, Page
from app.features.places.views import (
    Gazetteer,
    ManagedPlace,
    ManagedSource,
    PlaceListed,
    PlaceName,
    SourceLine,
)
from app.models.place import Country, Engagement, Membership, Place, PlaceAlias, Source

_DEMO_CITIES = ("iq-mosul", "iq-baghdad", "ma-rabat", "jo-amman", "xx-sample-city")


async def load_gazetteer(session: AsyncSession) -> Gazetteer:
    """All places and countries with their names: three statements."""
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
    sources = {row.key: row.title for row in await session.execute(select(Source.key, Source.title))}
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
                _in_full(row.population_source, sources),
                row.is_illustration,
            )
            for row in places
        },
        {row.code: {"en": row.short_en, "fr": row.short_fr, "ar": row.short_ar} for row in countries},
    )


def _in_full(source: str | None, titles: Mapping[str, str]) -> str | None:
    """What a text such as "GN2018 (outdated)" means: the key of a source becomes its title."""
    if not source:
        return None
    key, _, rest = source.partition(" ")
    return f"{titles[key]} {rest}".rstrip() if key in titles else source


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


async def managed_places(
    session: AsyncSession, language: Language, *, q: str = "", number: int = 1
) -> Page[PlaceListed]:
    """One page of the real places with a name, another name or an id like `q`, by id."""
    names = {"ar": Place.name_ar, "fr": Place.name_fr, "en": Place.name_en}
    conditions: list[ColumnElement[bool]] = [Place.is_illustration.is_(False)]
    if q.strip():
        known = select(PlaceAlias.place_id).where(contains_words(PlaceAlias.text, q))
        named = (contains_words(column, q) for column in names.values())
        conditions.append(
            or_(*named, Place.id.in_(known), Place.id.contains(q.strip().lower(), autoescape=True))
        )
    total = await session.scalar(select(func.count()).select_from(Place).where(*conditions)) or 0
    rows = await session.execute(
        select(Place.id, names[language].label("name"), Place.kind, Place.country_code)
        .where(*conditions)
        .order_by(Place.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    lines = [PlaceListed(row.id, row.name, str(row.kind), row.country_code) for row in rows]
    return Page(lines, total, number, PAGE_SIZE)


async def managed_place(session: AsyncSession, id_: str, language: Language) -> ManagedPlace:
    """A real place to edit, with its facts. Raises `NotFound`."""
    place = await session.get(Place, id_)
    if place is None or place.is_illustration:
        raise NotFound()
    names = {"ar": place.name_ar, "fr": place.name_fr, "en": place.name_en}
    aliases = await session.scalars(
        select(PlaceAlias.text).where(PlaceAlias.place_id == id_).order_by(PlaceAlias.text)
    )
    member = await session.execute(
        select(Membership.status, Membership.since_edtf, Membership.source_key, Membership.note)
        .where(Membership.place_id == id_)
        .order_by(Membership.since_start, Membership.id)
    )
    engaged = await session.execute(
        select(Engagement.since_edtf, Engagement.source_key, Engagement.note)
        .where(Engagement.place_id == id_)
        .order_by(Engagement.since_start, Engagement.id)
    )
    return ManagedPlace(
        id=place.id,
        version=place.version,
        name=names[language],
        country_code=place.country_code,
        is_illustration=place.is_illustration,
        answers={
            "names": names,
            "name_basis": {code: place.name_basis.get(code) for code in LANGUAGES},
            "aliases": "\n".join(aliases) or None,
            "kind": place.kind,
            "parent": place.parent_id,
            "iso_3166_2": place.iso_3166_2,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "population": place.population,
            "population_year": place.population_year,
            "population_source": place.population_source,
            "geonames_id": place.geonames_id,
            "wikidata_id": place.wikidata_id,
            "p_code": place.p_code,
            "is_border": place.is_border,
            "is_host": place.is_host,
            "is_conflict_affected": place.is_conflict_affected,
            "facts_source": place.facts_source,
            "sources": "\n".join(place.sources) or None,
            "memberships": [{"status": row.status, **_dated(*row[1:])} for row in member],
            "engagements": [_dated(*row) for row in engaged],
            "hub_note": place.hub_note or None,
        },
    )


def _dated(since: str | None, source_key: str | None, note: str) -> dict[str, Any]:
    return {"since": since, "source_key": source_key, "note": note or None}


async def all_sources(session: AsyncSession) -> list[ManagedSource]:
    """All sources by key, to choose from."""
    rows = await session.execute(select(Source.key, Source.title, Source.url).order_by(Source.key))
    return [ManagedSource(row.key, row.title, row.url) for row in rows]


async def managed_source(session: AsyncSession, key: str) -> ManagedSource:
    """A source to edit. Raises `NotFound`."""
    source = await session.get(Source, key)
    if source is None:
        raise NotFound()
    return ManagedSource(source.key, source.title, source.url)
