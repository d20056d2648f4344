"""The shelf: vocabulary, gazetteer and our own lists, in one reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from babel import Locale
from babel.lists import format_list

from app.core.languages import LANGUAGES, Language, LocalText, MultiText
from app.features.places.views import Gazetteer
from app.features.vocabulary.views import Vocabulary

_locale = lru_cache(maxsize=len(LANGUAGES))(Locale.parse)


def _phrase(names: Sequence[str], style: Literal["standard", "or"], language: Language) -> str:
    """Names as one phrase; one name, as most lists of places are, stands as it is."""
    if len(names) < 2:
        return "".join(names)
    return str(format_list(list(names), style, _locale(language)))


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """A place that a record is about, with its name and country in the reader's language."""

    id: str
    name: str
    country_code: str
    country: str
    role: str
    kind: str
    population: int | None
    population_year: int | None
    population_source: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What turns stored codes into words for one reader."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    language: Language
    word: Callable[[str, str], str]
    """The word for a code of one of our own lists: `word("stage", "running")`."""

    def listed(self, names: Sequence[str]) -> str:
        """Several names as one phrase, with the commas and the "and" of the language."""
        return _phrase(names, "standard", self.language)

    def either(self, names: Sequence[str]) -> str:
        """Several names as one phrase, with the "or" of the language."""
        return _phrase(names, "or", self.language)

    def text(self, dumped: Mapping[str, Any] | None) -> LocalText | None:
        """A dumped `MultiText` for this reader."""
        return MultiText.load(dumped).in_language(self.language)

    def country(self, code: str) -> str:
        """The name of a country."""
        return self.gazetteer.country_name(code, self.language)

    def place(self, place_id: str, role: str = "home") -> PlaceLabel:
        """A place with its names."""
        place = self.gazetteer.places.get(place_id)
        country = place.country_code if place else ""
        return PlaceLabel(
            place_id,
            self.gazetteer.place_name(place_id, self.language),
            country,
            self.gazetteer.country_name(country, self.language),
            role,
            place.kind if place else "",
            place.population if place else None,
            place.population_year if place else None,
            place.population_source if place else None,
            place.latitude if place else None,
            place.longitude if place else None,
        )
