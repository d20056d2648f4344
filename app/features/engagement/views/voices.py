"""Cities heard elsewhere, and what office holders said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.languages import DEFAULT_LANGUAGE, LocalText
from app.features.engagement.views.parts import (
    EventMention,
    event_mention,
    in_source,
)
from app.features.places.views import SourceLine, source_lines
from app.features.publication.queries import Published
from app.features.vocabulary.views import ConceptLabel
from app.features.wording.views import PlaceLabel, Shelf


@dataclass(frozen=True, slots=True)
class OfficeLabel:
    """An office: its title as sources give it, and the kind of office where one fits."""

    title: LocalText
    concept: ConceptLabel | None
    place: PlaceLabel | None
    country: str | None


@dataclass(frozen=True, slots=True)
class RepresentationLine:
    """A city heard at an event, or a number of officials whose cities are not named."""

    slug: str
    event: EventMention | None
    place: PlaceLabel | None
    office: OfficeLabel | None
    person: str | None
    people: int | None
    people_basis: str | None
    purpose: LocalText | None
    note: LocalText | None
    sources: tuple[SourceLine, ...]
    is_illustration: bool


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What somebody said, in the hub's words.

    `shown` says how much may be known of the speaker: country, city, role or named.
    """

    slug: str
    paraphrase: LocalText
    kind: str
    shown: str
    person: str | None
    office: OfficeLabel | None
    place: PlaceLabel | None
    country_code: str | None
    country: str | None
    event: EventMention | None
    said: str | None
    starts_on: date | None
    consent_basis: str | None
    note: LocalText | None
    sources: tuple[SourceLine, ...]
    is_illustration: bool


def representation_line(published: Published, shelf: Shelf) -> RepresentationLine:
    """A published representation (`published.body` is its document)."""
    body = published.body
    written_in = body["purpose"] or {"source": DEFAULT_LANGUAGE}
    return RepresentationLine(
        slug=published.slug,
        event=event_mention(body["event"], shelf),
        place=shelf.place(body["place_id"], "represented") if body["place_id"] else None,
        office=_office(body["office"], shelf),
        person=body["person"],
        people=body["people"],
        people_basis=body["people_basis"],
        purpose=shelf.text(body["purpose"]),
        note=in_source(body["note"], written_in, shelf),
        sources=source_lines(body["sources"]),
        is_illustration=published.is_illustration,
    )


def statement_line(published: Published, shelf: Shelf) -> StatementLine:
    """A published statement (`published.body` is its document)."""
    body = published.body
    paraphrase = shelf.text(body["paraphrase"])
    country = body["country"]
    return StatementLine(
        slug=published.slug,
        paraphrase=paraphrase or LocalText(published.slug, shelf.language, shelf.language),
        kind=body["kind"],
        shown=body["shown"],
        person=body["person"],
        office=_office(body["office"], shelf),
        place=shelf.place(body["place_id"], "speaker") if body["place_id"] else None,
        country_code=country,
        country=shelf.gazetteer.country_name(country, shelf.language) if country else None,
        event=event_mention(body["event"], shelf),
        said=body["said"],
        starts_on=published.starts_on,
        consent_basis=body["consent_basis"],
        note=in_source(body["note"], body["paraphrase"], shelf),
        sources=source_lines(body["sources"]),
        is_illustration=published.is_illustration,
    )


def _office(dumped: Mapping[str, Any] | None, shelf: Shelf) -> OfficeLabel | None:
    title = shelf.text(dumped["title"]) if dumped else None
    if dumped is None or title is None:
        return None
    code, country = dumped["title_code"], dumped["country"]
    concepts = shelf.vocabulary.labelled([code], shelf.language) if code else ()
    return OfficeLabel(
        title=title,
        concept=concepts[0] if concepts else None,
        place=shelf.place(dumped["place_id"], "office") if dumped["place_id"] else None,
        country=shelf.gazetteer.country_name(country, shelf.language) if country else None,
    )
