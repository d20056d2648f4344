"""Events in lists, and whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.languages import LocalText
from app.features.engagement.views.parts import in_source
from app.features.engagement.views.voices import RepresentationLine, StatementLine
from app.features.places.views import SourceLine, source_lines
from app.features.publication.queries import Published
from app.features.wording.views import PlaceLabel, Shelf

__all__ = ["Attendance", "EventCard", "EventOption", "EventRecord", "event_card", "event_record"]


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came: people or cities, exact, at least or estimate. `note` says what the number means."""

    count: int | None
    basis: str | None
    unit: str
    note: LocalText | None


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in a list. `held` is EDTF; `represented` are cities whose voice the hub carried there."""

    slug: str
    title: LocalText
    summary: LocalText | None
    format: str
    held: str
    starts_on: date | None
    ends_on: date | None
    venue: PlaceLabel | None
    place_basis: LocalText | None
    country_code: str | None
    country: str | None
    is_online: bool
    hosts: tuple[str, ...]
    partners: tuple[str, ...]
    funders: tuple[str, ...]
    attendance: Attendance | None
    represented: tuple[PlaceLabel, ...]
    is_illustration: bool

    def roles_of(self, place_id: str) -> tuple[str, ...]:
        """What the event was to a place: its venue, or where it was represented."""
        places = (self.venue, *self.represented)
        return tuple(place.role for place in places if place and place.id == place_id)


@dataclass(frozen=True, slots=True)
class EventOption:
    """A code of a filter with its word and the number of events it would show."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A whole published event. `note` says what is uncertain."""

    card: EventCard
    note: LocalText | None
    sources: tuple[SourceLine, ...]
    representations: tuple[RepresentationLine, ...]
    statements: tuple[StatementLine, ...]
    first_published_on: date
    published_on: date


def event_card(published: Published, shelf: Shelf) -> EventCard:
    """The card of a published event (`published.body` is its card, or its document, which has all of it)."""
    body = published.body
    title, country = shelf.text(body["title"]), body["country"]
    return EventCard(
        slug=published.slug,
        title=title or LocalText(published.slug, shelf.language, shelf.language),
        summary=shelf.text(body["summary"]),
        format=body["format"],
        held=body["held"],
        starts_on=published.starts_on,
        ends_on=date.fromisoformat(body["ends_on"]) if body["ends_on"] else None,
        venue=shelf.place(body["place_id"], "venue") if body["place_id"] else None,
        place_basis=in_source(body["place_basis"], body["title"], shelf),
        country_code=country,
        country=shelf.gazetteer.country_name(country, shelf.language) if country else None,
        is_online=body["is_online"],
        hosts=tuple(body["hosts"]),
        partners=tuple(body["partners"]),
        funders=tuple(body["funders"]),
        attendance=_attendance(body, shelf),
        represented=tuple(shelf.place(place_id, "represented") for place_id in body["represented"]),
        is_illustration=published.is_illustration,
    )


def event_record(
    published: Published,
    representations: tuple[RepresentationLine, ...],
    statements: tuple[StatementLine, ...],
    shelf: Shelf,
) -> EventRecord:
    """The whole of a published event (`published.body` is its document)."""
    body = published.body
    return EventRecord(
        card=event_card(published, shelf),
        note=in_source(body["note"], body["title"], shelf),
        sources=source_lines(body["sources"]),
        representations=representations,
        statements=statements,
        first_published_on=published.first_published_at.date(),
        published_on=published.published_at.date(),
    )


def _attendance(body: Mapping[str, Any], shelf: Shelf) -> Attendance | None:
    dumped = body["attendance"]
    if dumped is None:
        return None
    note = in_source(dumped["note"], body["title"], shelf)
    return Attendance(dumped["count"], dumped["basis"], dumped["unit"] or "people", note)
