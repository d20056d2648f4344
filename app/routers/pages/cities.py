"""Cities: the list with its map, and the portrait of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.features.cities.commands.reading import read_city_filter
from app.features.cities.queries.cards import city_cards
from app.features.cities.queries.portraits import city_portrait
from app.features.cities.views.cards import CityResults
from app.features.cities.views.portrait import CityPortrait
from app.web.deps import Reads
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/cities", include_in_schema=False)

NOT_FILTERS = ("city",)
"""Parameters of the list that are no filters: cities picked for a comparison."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A city on the map."""

    latitude: float | None
    longitude: float | None
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class CitiesView:
    """The list of cities. `chosen` are cities picked for a comparison, some perhaps on another page."""

    found: CityResults
    notices: tuple[str, ...]
    chips: tuple[Mapping[str, str], ...]
    clear_href: str
    dots: tuple[Dot, ...]
    chosen: tuple[str, ...]

    @property
    def chosen_elsewhere(self) -> tuple[str, ...]:
        """Picked cities that are not on this page."""
        here = {card.slug for card in self.found.page.items}
        return tuple(slug for slug in self.chosen if slug not in here)


@dataclass(frozen=True, slots=True)
class CityView:
    """The page of one city."""

    city: CityPortrait


@router.get("", name="cities")
async def cities(
    request: Request, session: Reads, shelf: OnShelf, city: Annotated[list[str] | None, Query()] = None
) -> Response:
    """The list for the filters in the address; what is not understood is left out with a notice."""
    reading = read_city_filter(request.query_params.multi_items(), shelf.gazetteer, ignored=NOT_FILTERS)
    found = await city_cards(session, reading.filter, shelf)
    words = words_of(request)
    real = shelf.gazetteer.places
    chosen = tuple(dict.fromkeys(slug for slug in city or () if slug in real))[:4]
    kept = {"city": list(chosen)}
    view = CitiesView(
        found=found,
        notices=tuple(words.gettext(error.message, **error.params) for error in reading.errors),
        chips=tuple(
            {"label": chip.label, "href": url_of(request, "cities", query={**chip.query, **kept})}
            for chip in found.chips
        ),
        clear_href=url_of(request, "cities", query={"q": found.filter.q, **kept}),
        dots=tuple(
            Dot(dot.latitude, dot.longitude, dot.title, url_of(request, "city", slug=dot.slug))
            for dot in found.dots
        ),
        chosen=chosen,
    )
    return page(request, "cities/list.html", view, blocks={"results": "results"})


@router.get("/{slug}", name="city")
async def city(request: Request, session: Reads, shelf: OnShelf, slug: str) -> Response:
    """What is known of a city and published about it."""
    return page(request, "cities/portrait.html", CityView(await city_portrait(session, slug, shelf)))
