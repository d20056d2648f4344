"""Places and countries as readers meet them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.languages import Language
from app.core.text import sort_key


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What lists need to know of a place."""

    id: str
    kind: str
    country_code: str
    parent_id: str | None
    names: Mapping[str, str]
    latitude: float | None
    longitude: float | None
    population: int | None
    population_year: int | None
    population_source: str | None
    is_illustration: bool

    def name(self, language: Language) -> str:
        """The name in a language."""
        return self.names[language]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by id and all countries by code (short names)."""

    places: Mapping[str, PlaceName]
    countries: Mapping[str, Mapping[str, str]]

    def place_name(self, place_id: str, language: Language) -> str:
        """The name of a place; its id where it is not known."""
        place = self.places.get(place_id)
        return place.name(language) if place else place_id

    def country_name(self, code: str, language: Language) -> str:
        """The short name of a country; its code where it is not known."""
        names = self.countries.get(code)
        return names[language] if names else code

    def lineage(self, place_id: str) -> list[str]:
        """The place and the places it lies in, from small to large."""
        found: list[str] = []
        current: str | None = place_id
        while current is not None and current in self.places and current not in found:
            found.append(current)
            current = self.places[current].parent_id
        return found

    def real_countries(self) -> set[str]:
        """The codes of all countries but the one of illustrations."""
        invented = {place.country_code for place in self.places.values() if place.is_illustration}
        return set(self.countries) - invented

    def cities(self, language: Language) -> list[PlaceName]:
        """All real places but countries, by name in the language."""
        real = [p for p in self.places.values() if not p.is_illustration and p.kind != "country"]
        return sorted(real, key=lambda place: sort_key(place.name(language)))


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document that a fact was read in."""

    key: str
    title: str
    url: str | None

    def dump(self) -> dict[str, str | None]:
        """A JSON form for published copies."""
        return {"key": self.key, "title": self.title, "url": self.url}


def source_lines(copies: Iterable[Mapping[str, Any]]) -> tuple[SourceLine, ...]:
    """Sources as they stand in published copies."""
    return tuple(SourceLine(copy["key"], copy["title"], copy["url"]) for copy in copies)


@dataclass(frozen=True, slots=True)
class ManagedPlace:
    """A place to edit: its answers by the names of the fields of the form."""

    id: str
    version: int
    name: str
    country_code: str
    is_illustration: bool
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlaceListed:
    """A place in the hub's list."""

    id: str
    name: str
    kind: str
    country_code: str


@dataclass(frozen=True, slots=True)
class ManagedSource:
    """A source to edit."""

    key: str
    title: str
    url: str | None
