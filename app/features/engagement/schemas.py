"""Events as partners receive them. No field has a default: a promise is always kept."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from app.core.languages import LocalText
from app.core.paging import Page
from app.features.engagement.views import (
    Attendance,
    EventCard,
    EventRecord,
    OfficeLabel,
    RepresentationLine,
    StatementLine,
)
from app.features.places.views import SourceLine
from app.features.vocabulary.schemas import ConceptOut
from app.features.wording.views import PlaceLabel


class EventTextOut(BaseModel):
    """In which language a text of the answer is, and how it came about."""

    field: str
    language: str
    status: str


class EventPlaceOut(BaseModel):
    """A place by its stable id; `role` is venue, represented or office."""

    slug: str
    name: str
    country: str
    country_name: str
    role: str

    @classmethod
    def of(cls, place: PlaceLabel | None) -> "EventPlaceOut | None":
        """From a view; None where no place is stated."""
        if place is None:
            return None
        return cls(
            slug=place.id,
            name=place.name,
            country=place.country_code,
            country_name=place.country,
            role=place.role,
        )


class AttendanceOut(BaseModel):
    """How many came. `basis` is exact, at least or estimate; `unit` is people or cities."""

    count: int | None
    basis: str | None
    unit: str
    note: str | None

    @classmethod
    def of(cls, value: Attendance | None) -> "AttendanceOut | None":
        """From a view; None where nothing is reported."""
        if value is None:
            return None
        return cls(count=value.count, basis=value.basis, unit=value.unit, note=_plain(value.note))


class EventItemOut(BaseModel):
    """An event in a list. `held` is EDTF; `starts_on` and `ends_on` are its first and last day."""

    slug: str
    title: str
    summary: str | None
    translation: list[EventTextOut]
    format: str
    held: str
    starts_on: date | None
    ends_on: date | None
    place: EventPlaceOut | None
    place_basis: str | None
    country: str | None
    country_name: str | None
    is_online: bool
    hosts: list[str]
    partners: list[str]
    funders: list[str]
    attendance: AttendanceOut | None
    represented: list[EventPlaceOut]

    @classmethod
    def of(cls, card: EventCard) -> "EventItemOut":
        """From a card."""
        return cls(**_item(card))


class EventListOut(BaseModel):
    """A page of events; `next` is the address of the next page."""

    items: list[EventItemOut]
    total: int
    next: str | None

    @classmethod
    def of(cls, page: Page[EventCard], following: str | None) -> "EventListOut":
        """From a page of cards."""
        return cls(items=[EventItemOut.of(card) for card in page.items], total=page.total, next=following)


class OfficeOut(BaseModel):
    """An office: its title as sources give it, and its kind as a concept where one fits."""

    title: str
    language: str
    concept: ConceptOut | None
    place: EventPlaceOut | None
    country_name: str | None

    @classmethod
    def of(cls, office: OfficeLabel | None) -> "OfficeOut | None":
        """From a view; None where no office may be shown or is stated."""
        if office is None:
            return None
        return cls(
            title=office.title.text,
            language=office.title.language,
            concept=ConceptOut.of(office.concept) if office.concept else None,
            place=EventPlaceOut.of(office.place),
            country_name=office.country,
        )


class EventSourceOut(BaseModel):
    """Where something was read."""

    key: str
    title: str
    url: str | None

    @classmethod
    def of(cls, source: SourceLine) -> "EventSourceOut":
        """From a view."""
        return cls(key=source.key, title=source.title, url=source.url)


class RepresentationOut(BaseModel):
    """A city heard at the event, or a number of officials whose cities are not named."""

    slug: str
    place: EventPlaceOut | None
    office: OfficeOut | None
    person: str | None
    people: int | None
    people_basis: str | None
    purpose: str | None
    note: str | None
    sources: list[EventSourceOut]

    @classmethod
    def of(cls, line: RepresentationLine) -> "RepresentationOut":
        """From a view."""
        return cls(
            slug=line.slug,
            place=EventPlaceOut.of(line.place),
            office=OfficeOut.of(line.office),
            person=line.person,
            people=line.people,
            people_basis=line.people_basis,
            purpose=_plain(line.purpose),
            note=_plain(line.note),
            sources=[EventSourceOut.of(source) for source in line.sources],
        )


class EventStatementOut(BaseModel):
    """What was said, in the hub's words. `shown` is country, city, role or named."""

    slug: str
    paraphrase: str
    language: str
    kind: str
    shown: str
    person: str | None
    office: OfficeOut | None
    place: EventPlaceOut | None
    country: str | None
    said: str | None
    sources: list[EventSourceOut]

    @classmethod
    def of(cls, line: StatementLine) -> "EventStatementOut":
        """From a view."""
        return cls(
            slug=line.slug,
            paraphrase=line.paraphrase.text,
            language=line.paraphrase.language,
            kind=line.kind,
            shown=line.shown,
            person=line.person,
            office=OfficeOut.of(line.office),
            place=EventPlaceOut.of(line.place),
            country=line.country_code,
            said=line.said,
            sources=[EventSourceOut.of(source) for source in line.sources],
        )


class EventOut(EventItemOut):
    """A whole event. `note` says what is uncertain."""

    note: str | None
    representations: list[RepresentationOut]
    statements: list[EventStatementOut]
    sources: list[EventSourceOut]
    published_on: date

    @classmethod
    def of_record(cls, record: EventRecord) -> "EventOut":
        """From a record."""
        return cls(
            **_item(record.card),
            note=_plain(record.note),
            representations=[RepresentationOut.of(line) for line in record.representations],
            statements=[EventStatementOut.of(line) for line in record.statements],
            sources=[EventSourceOut.of(source) for source in record.sources],
            published_on=record.published_on,
        )


def _item(card: EventCard) -> dict[str, Any]:
    texts = {"title": card.title, "summary": card.summary}
    return {
        "slug": card.slug,
        "title": card.title.text,
        "summary": _plain(card.summary),
        "translation": [
            EventTextOut(field=field, language=text.language, status=str(text.status))
            for field, text in texts.items()
            if text
        ],
        "format": card.format,
        "held": card.held,
        "starts_on": card.starts_on,
        "ends_on": card.ends_on,
        "place": EventPlaceOut.of(card.venue),
        "place_basis": _plain(card.place_basis),
        "country": card.country_code,
        "country_name": card.country,
        "is_online": card.is_online,
        "hosts": list(card.hosts),
        "partners": list(card.partners),
        "funders": list(card.funders),
        "attendance": AttendanceOut.of(card.attendance),
        "represented": [EventPlaceOut.of(place) for place in card.represented],
    }


def _plain(text: LocalText | None) -> str | None:
    return text.text if text else None
