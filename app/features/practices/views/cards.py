"""Practices in a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.languages import LocalText
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import PlaceLabel, Shelf


@dataclass(frozen=True, slots=True)
class Cost:
    """What a practice cost, as reported: never converted, never compared over different bases."""

    amount: float
    currency: str | None
    basis: str | None


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
