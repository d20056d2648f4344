"""Cities in a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.paging import Page
from app.features.cities.commands.filter import CityFilter
from app.features.cities.rules.standing import Standing
from app.features.wording.views import PlaceLabel


@dataclass(frozen=True, slots=True)
class CityCard:
    """A city in a list. `published` counts what is published about it, by kind."""

    place: PlaceLabel
    standing: Standing
    population_source: str | None
    published: Mapping[str, int]
    is_illustration: bool

    @property
    def slug(self) -> str:
        """The stable id of the place, which is its address."""
        return self.place.id

    @property
    def practices(self) -> int:
        """How many published practices are from here."""
        return self.published.get("practice", 0)


@dataclass(frozen=True, slots=True)
class CityOption:
    """A code of a facet with its label and how many cities carry it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CityChip:
    """A filter in use, and the address of the list without it."""

    label: str
    query: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CityDot:
    """A city of the list on the map."""

    slug: str
    title: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class CityResults:
    """One page of cities; facets with counts, filters in use, and all that match as dots of a map."""

    filter: CityFilter
    page: Page[CityCard]
    facets: Mapping[str, tuple[CityOption, ...]]
    chips: tuple[CityChip, ...]
    dots: tuple[CityDot, ...]
