"""Portraits of cities: profiles, and the published copies about them. No statement per city."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.features.cities.queries.profiles import city_profiles
from app.features.cities.views.portrait import CityPortrait
from app.features.cities.views.profile import CityProfile
from app.features.cities.views.records import SaidLine, said_line
from app.features.engagement.views import event_card, representation_line, statement_line
from app.features.practices.views import practice_card
from app.features.publication.queries import Published, list_published, published_about, renumbered
from app.features.support.views import action_plan, event_mention, support_line
from app.features.wording.views import Shelf

PRACTICE, VENUE = "practice", "venue"
REPORTED_NEED = "reported_need"
SAID = ("need", "concern", "approach", "asset", "gap", REPORTED_NEED)
"""Kinds of copies that say what a city needs, fears, does, has and lacks."""
RECORDS = (*SAID, "event", "representation", "statement", "support", "local_action_plan")

Copies = Mapping[str, Mapping[str, Published]]
"""Published copies by kind and slug."""


async def city_portrait(session: AsyncSession, slug: str, shelf: Shelf) -> CityPortrait:
    """The portrait of one city. Raises `NotFound`."""
    found = await city_portraits(session, [slug], shelf)
    if not found:
        raise NotFound()
    return found[0]


async def city_portraits(session: AsyncSession, place_ids: Sequence[str], shelf: Shelf) -> list[CityPortrait]:
    """Portraits in the order of `place_ids`; whatever is no city is left out.

    Illustrations and real cities have to be asked for one or the other: of a mixed list, the
    illustrations come without anything published about them.
    """
    profiles = await city_profiles(session, place_ids, shelf)
    invented = bool(profiles) and all(profile.is_illustration for profile in profiles.values())
    copies = await _copies(session, profiles, shelf, illustrations=invented)
    of_countries = {} if invented else await _needs_of_countries(session, profiles, shelf)
    return [
        _portrait(profiles[id_], copies[id_], of_countries.get(profiles[id_].place.country_code, ()), shelf)
        for id_ in place_ids
        if id_ in profiles
    ]


async def _needs_of_countries(
    session: AsyncSession, profiles: Mapping[str, CityProfile], shelf: Shelf
) -> Mapping[str, Sequence[SaidLine]]:
    """What is published as needs and concerns of whole countries, by country: one statement."""
    codes = list({profile.place.country_code for profile in profiles.values()})
    found: dict[str, list[SaidLine]] = {}
    if not codes:
        return found
    for copy in await list_published(session, REPORTED_NEED, facets={"country": codes}):
        if copy.body["place_id"] is None:
            found.setdefault(copy.body["country"], []).append(said_line(copy, shelf))
    return found


async def _copies(
    session: AsyncSession, profiles: Mapping[str, CityProfile], shelf: Shelf, *, illustrations: bool
) -> Mapping[str, Copies]:
    """Published copies by city. Practices of areas within a city are the city's, as in the library.

    Where a practice only met somebody, it is not at home.
    """
    within = {
        place_id: [one for one in shelf.gazetteer.lineage(place_id) if one in profiles]
        for place_id in shelf.gazetteer.places
    }
    areas = [place_id for place_id, cities in within.items() if cities]
    practices = await published_about(session, areas, [PRACTICE], illustrations=illustrations, whole=False)
    records = await published_about(session, list(profiles), RECORDS, illustrations=illustrations)
    found: dict[str, dict[str, dict[str, Published]]] = {id_: {} for id_ in profiles}
    home = [about for about in practices if about.role != VENUE]
    for about in [*home, *records]:
        cities = within[about.place_id] if about.copy.kind == PRACTICE else [about.place_id]
        for city in cities:
            found[city].setdefault(about.copy.kind, {})[about.copy.slug] = about.copy
    return found


def _portrait(
    profile: CityProfile, copies: Copies, of_country: Sequence[SaidLine], shelf: Shelf
) -> CityPortrait:
    def of(*kinds: str) -> list[Published]:
        return [copy for kind in kinds for copy in copies.get(kind, {}).values()]

    found = ((copy.slug, event_mention(copy, shelf)) for copy in of("event"))
    mentions = {slug: mention for slug, mention in found if mention}
    return CityPortrait(
        profile=profile,
        practices=tuple(practice_card(copy, shelf) for copy in of(PRACTICE)),
        said=tuple(said_line(copy, shelf) for copy in renumbered(of(*SAID), "consultation")),
        said_of_country=tuple(of_country),
        events=tuple(event_card(copy, shelf) for copy in of("event")),
        heard=tuple(representation_line(copy, shelf) for copy in of("representation")),
        voices=tuple(statement_line(copy, shelf) for copy in of("statement")),
        support=tuple(support_line(copy, mentions, shelf) for copy in of("support")),
        plans=tuple(action_plan(copy, shelf) for copy in of("local_action_plan")),
    )
