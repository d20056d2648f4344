"""Reading what is known of cities as places: four statements for any number of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.languages import LANGUAGES
from app.features.cities.rules.standing import OF_STATUS, Standing, standing_of
from app.features.cities.views.profile import CityName, CityProfile, NetworkFact
from app.features.places.views import SourceLine
from app.features.wording.views import Shelf
from app.models.place import Engagement, Membership, Place, PlaceAlias, PlaceKind, Source

NAME_BASES = frozenset(
    {"usual", "transliteration", "usual transliteration", "same as local", "exonym", "invented"}
)
"""Where names may come from, as far as we have a word for it."""

_PLACE = (
    Place.id,
    Place.name_basis,
    Place.iso_3166_2,
    Place.geonames_id,
    Place.wikidata_id,
    Place.p_code,
    Place.is_border,
    Place.is_host,
    Place.is_conflict_affected,
    Place.facts_source,
    Place.is_illustration,
)
"""What the public may know of a place: an allow-list; `hub_note` stays with the hub."""


async def city_profiles(
    session: AsyncSession, place_ids: Sequence[str], shelf: Shelf
) -> dict[str, CityProfile]:
    """Profiles by id; whatever is no city is left out."""
    known = [id_ for id_ in place_ids if id_ in shelf.gazetteer.places]
    if not known:
        return {}
    wanted = select(*_PLACE).where(Place.id.in_(known), Place.kind != PlaceKind.COUNTRY)
    places = {row.id: row for row in await session.execute(wanted)}
    if not places:
        return {}
    aliases: dict[str, list[str]] = {}
    named = select(PlaceAlias.place_id, PlaceAlias.text).where(PlaceAlias.place_id.in_(places))
    for row in await session.execute(named.order_by(PlaceAlias.text)):
        aliases.setdefault(row.place_id, []).append(row.text)
    memberships = await _facts(session, Membership, list(places))
    engagements = await _facts(session, Engagement, list(places))
    return {
        id_: _profile(place, aliases.get(id_, []), memberships.get(id_, []), engagements.get(id_, []), shelf)
        for id_, place in places.items()
    }


async def _facts(
    session: AsyncSession, table: type[Membership] | type[Engagement], place_ids: Sequence[str]
) -> Mapping[str, list[Any]]:
    """Rows of membership or engagement by place, newest first, with their sources."""
    columns = [table.place_id, table.since_edtf, table.since_start, table.note]
    if table is Membership:
        columns.append(Membership.status)
    statement = (
        select(*columns, Source.key, Source.title, Source.url)
        .outerjoin(Source, Source.key == table.source_key)
        .where(table.place_id.in_(place_ids))
        .order_by(table.since_start.desc().nulls_last(), table.id)
    )
    found: dict[str, list[Any]] = {}
    for row in await session.execute(statement):
        found.setdefault(row.place_id, []).append(row)
    return found


def _profile(
    row: Any,
    aliases: Sequence[str],
    memberships: Sequence[Any],
    engagements: Sequence[Any],
    shelf: Shelf,
) -> CityProfile:
    gazetteer = shelf.gazetteer
    names, basis = gazetteer.places[row.id].names, row.name_basis or {}
    parent_id = gazetteer.places[row.id].parent_id
    parts = [place.id for place in gazetteer.places.values() if place.parent_id == row.id]
    standing = standing_of(
        [(fact.status, fact.since_start) for fact in memberships], is_engaged=bool(engagements)
    )
    return CityProfile(
        place=shelf.place(row.id),
        names=tuple(CityName(code, names[code], _basis(basis.get(code), shelf)) for code in LANGUAGES),
        aliases=tuple(aliases),
        parent=shelf.place(parent_id) if parent_id else None,
        parts=tuple(shelf.place(id_) for id_ in parts),
        ids={
            "geonames": str(row.geonames_id) if row.geonames_id else None,
            "wikidata": row.wikidata_id,
            "p-code": row.p_code,
            "iso-3166-2": row.iso_3166_2,
        },
        population_source=shelf.gazetteer.places[row.id].population_source,
        is_border=row.is_border,
        is_host=row.is_host,
        is_conflict_affected=row.is_conflict_affected,
        facts_source=row.facts_source,
        standing=standing,
        memberships=tuple(_fact(fact, OF_STATUS[fact.status]) for fact in memberships),
        engagements=tuple(_fact(fact, Standing.ENGAGED) for fact in engagements),
        is_illustration=row.is_illustration,
        language=shelf.language,
    )


def _fact(row: Any, standing: Standing) -> NetworkFact:
    source = SourceLine(row.key, row.title, row.url) if row.key else None
    return NetworkFact(standing, row.since_edtf, row.since_start, row.note or None, source)


def _basis(code: str | None, shelf: Shelf) -> str | None:
    """The basis of a name in words; what an editor wrote stands as it is."""
    return shelf.word("name-basis", code) if code in NAME_BASES and code else code
