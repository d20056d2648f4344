"""The list of cities: real places but countries, found by any of their names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Page
from app.core.text import sort_key
from app.features.cities.commands.filter import FACETS, CityFilter
from app.features.cities.rules.names import fold, is_named
from app.features.cities.rules.standing import Standing, standing_of
from app.features.cities.views.cards import CityCard, CityChip, CityDot, CityOption, CityResults
from app.features.places.queries import place_aliases
from app.features.places.views import PlaceName
from app.features.wording.views import Shelf
from app.models.place import Engagement, Membership, MembershipStatus
from app.models.published import PublishedFacet, PublishedPlace, PublishedRecord

PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class _City:
    """A place and its code in each facet."""

    place: PlaceName
    codes: Mapping[str, str]


async def city_cards(session: AsyncSession, wanted: CityFilter, shelf: Shelf) -> CityResults:
    """One page of the cities that match, by name in the reader's language. At most five statements."""
    standings = await _standings(session)
    named = await _named(session, shelf.gazetteer.cities(shelf.language), wanted.q)
    cities = [
        _City(place, {"country": place.country_code, "kind": place.kind, "membership": _of(place, standings)})
        for place in named
    ]
    found = [city for city in cities if _matches(city, wanted, FACETS)]
    first = (wanted.page - 1) * wanted.size
    shown = [city.place.id for city in found[first : first + wanted.size]]
    cards = await cards_of(session, shown, standings, shelf)
    return CityResults(
        filter=wanted,
        page=Page(cards, len(found), wanted.page, wanted.size),
        facets={facet: _options(facet, cities, wanted, shelf) for facet in FACETS},
        chips=_chips(wanted, shelf),
        dots=tuple(_dot(city.place, shelf) for city in found),
    )


async def chosen_cities(session: AsyncSession, place_ids: Sequence[str], shelf: Shelf) -> list[CityCard]:
    """Cards of the given cities in their order; whatever is no city is left out."""
    places = shelf.gazetteer.places
    known = [id_ for id_ in place_ids if id_ in places and places[id_].kind != "country"]
    return await cards_of(session, known, await _standings(session), shelf) if known else []


async def cards_of(
    session: AsyncSession, place_ids: Sequence[str], standings: Mapping[str, Standing], shelf: Shelf
) -> list[CityCard]:
    """Cards of known places, with counts of what is published about them: two statements."""
    counts = await _counts(session, place_ids)
    return [
        CityCard(
            place=shelf.place(id_),
            population_source=shelf.gazetteer.places[id_].population_source,
            standing=standings.get(id_, Standing.NOT_REPORTED),
            published=counts.get(id_, {}),
            is_illustration=shelf.gazetteer.places[id_].is_illustration,
        )
        for id_ in place_ids
    ]


async def _counts(session: AsyncSession, place_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """How many copies of each kind are about each place: two statements.

    Practices are counted as the library does: those of areas within a city are the city's.
    """
    number = func.count(func.distinct(PublishedRecord.id)).label("number")
    practices = (
        select(PublishedFacet.code, PublishedRecord.kind, number)
        .join(PublishedRecord, PublishedRecord.id == PublishedFacet.record_id)
        .where(
            PublishedFacet.facet == "city",
            PublishedFacet.code.in_(place_ids),
            PublishedRecord.kind == PRACTICE,
        )
        .group_by(PublishedFacet.code, PublishedRecord.kind)
    )
    others = (
        select(PublishedPlace.place_id, PublishedRecord.kind, number)
        .join(PublishedRecord, PublishedRecord.id == PublishedPlace.record_id)
        .where(PublishedPlace.place_id.in_(place_ids), PublishedRecord.kind != PRACTICE)
        .group_by(PublishedPlace.place_id, PublishedRecord.kind)
    )
    counts: dict[str, dict[str, int]] = {}
    for statement in (practices, others):
        for place_id, kind, found in await session.execute(statement):
            counts.setdefault(place_id, {})[kind] = found
    return counts


async def _standings(session: AsyncSession) -> Mapping[str, Standing]:
    """Where each city stands of which anything is reported: two statements."""
    engaged = set(await session.scalars(select(Engagement.place_id).distinct()))
    rows = await session.execute(select(Membership.place_id, Membership.status, Membership.since_start))
    memberships: dict[str, list[tuple[MembershipStatus, date | None]]] = {}
    for row in rows:
        memberships.setdefault(row.place_id, []).append((row.status, row.since_start))
    return {
        id_: standing_of(memberships.get(id_, ()), is_engaged=id_ in engaged)
        for id_ in engaged | memberships.keys()
    }


async def _named(session: AsyncSession, places: Sequence[PlaceName], query: str) -> Sequence[PlaceName]:
    """The places that `query` names; all of them where it says nothing."""
    words = fold(query)
    if not words:
        return [] if query else places
    aliases: dict[str, list[str]] = {}
    for place_id, text in await place_aliases(session):
        aliases.setdefault(place_id, []).append(text)
    return [p for p in places if is_named(words, [*p.names.values(), *aliases.get(p.id, ())])]


def _of(place: PlaceName, standings: Mapping[str, Standing]) -> Standing:
    return standings.get(place.id, Standing.NOT_REPORTED)


def _matches(city: _City, wanted: CityFilter, facets: Iterable[str]) -> bool:
    """Within a facet any code will do, all facets must agree."""
    return all(not wanted.chosen(facet) or city.codes[facet] in wanted.chosen(facet) for facet in facets)


def _options(facet: str, cities: Sequence[_City], wanted: CityFilter, shelf: Shelf) -> tuple[CityOption, ...]:
    """The codes of a facet that some city carries, and those chosen even at 0; own choices do not count."""
    others = [name for name in FACETS if name != facet]
    counted = Counter(city.codes[facet] for city in cities if _matches(city, wanted, others))
    codes = [*counted, *(code for code in wanted.chosen(facet) if code not in counted)]
    options = [CityOption(code, _label(facet, code, shelf), counted[code]) for code in codes]
    return tuple(sorted(options, key=lambda option: (-option.count, sort_key(option.label))))


def _chips(wanted: CityFilter, shelf: Shelf) -> tuple[CityChip, ...]:
    return tuple(
        CityChip(
            _label(facet, code, shelf),
            wanted.query(**{facet: [other for other in codes if other != code], "page": None}),
        )
        for facet, codes in wanted.selected().items()
        for code in codes
    )


def _label(facet: str, code: str, shelf: Shelf) -> str:
    if facet == "country":
        return shelf.gazetteer.country_name(code, shelf.language)
    return shelf.word("place-kind" if facet == "kind" else facet, code)


def _dot(place: PlaceName, shelf: Shelf) -> CityDot:
    return CityDot(place.id, place.name(shelf.language), place.latitude, place.longitude)
