"""Practices in a list, and the shelf that turns stored codes into words for one reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list

from app.core.languages import Language, LocalText, MultiText
from app.features.places.views import Gazetteer
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel, Vocabulary


@dataclass(frozen=True, slots=True)
class Cost:
    """What a practice cost, as reported: never converted, never compared over different bases."""

    amount: float
    currency: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """A place of a practice with its name and country in the reader's language."""

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
class PracticeCard:
    """A practice in a list."""

    slug: str
    title: LocalText
    one_line: LocalText | None
    themes: tuple[ConceptLabel, ...]
    places: tuple[PlaceLabel, ...]
    countries: tuple[tuple[str, str], ...]
    evidence: int
    is_confirmed: bool
    stage: str
    start: str | None
    cost: Cost | None
    confirmed_on: date | None
    original_language: str | None
    origin: str
    is_illustration: bool
    place_names: str
    country_names: str

    @property
    def population(self) -> int | None:
        """Inhabitants of the place, where the practice has just one."""
        return self.places[0].population if len(self.places) == 1 else None


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
        return str(format_list(list(names), locale=self.language)) if names else ""

    def text(self, dumped: Mapping[str, Any] | None) -> LocalText | None:
        """A dumped `MultiText` for this reader."""
        return MultiText.load(dumped).in_language(self.language)

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


def practice_card(published: Published, shelf: Shelf) -> PracticeCard:
    """The card of a published practice (`published.body` is its card)."""
    return card_of(published, published.body, shelf)


def card_of(published: Published, body: Mapping[str, Any], shelf: Shelf) -> PracticeCard:
    """The card of a practice from the fields that lists show."""
    title = shelf.text(body["title"])
    places = tuple(shelf.place(place_id) for place_id in body["places"])
    countries = tuple((c, shelf.gazetteer.country_name(c, shelf.language)) for c in body["countries"])
    return PracticeCard(
        slug=published.slug,
        title=title or LocalText(published.slug, shelf.language, shelf.language),
        one_line=shelf.text(body["one_line"]),
        themes=shelf.vocabulary.labelled(body["themes"], shelf.language),
        places=places,
        countries=countries,
        evidence=body["evidence"],
        is_confirmed=body["is_confirmed"],
        stage=body["stage"],
        start=body["start"],
        cost=Cost(**body["cost"]) if body["cost"] else None,
        confirmed_on=day(body["confirmed_on"]),
        original_language=body["original_language"],
        origin=body["origin"],
        is_illustration=published.is_illustration,
        place_names=shelf.listed([place.name for place in places if place.kind != "country"]),
        country_names=shelf.listed([name for _, name in countries]),
    )


def day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None
