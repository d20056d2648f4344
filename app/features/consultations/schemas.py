"""Consultations as partners receive them. No field has a default: a promise is always kept."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from app.core.languages import MultiText, Translation
from app.core.paging import Page
from app.features.consultations.commands.answers import Answers
from app.features.consultations.rules.document import KIND_OF_SECTION
from app.features.consultations.views.desk import DeskRecord, DeskStatement
from app.features.consultations.views.listed import ConsultationRow, PublicConsultation, PublicStatement
from app.features.vocabulary.schemas import ConceptOut
from app.features.wording.views import Shelf

_LEVELS = {"city": "A3", "role": "A4", "named": "A5"}
"""Codes of the levels under which statements are published."""

View = Literal["whole", "public"]


class ConsultationPlaceOut(BaseModel):
    """The city by its stable id, with names in the language of the answer."""

    slug: str
    name: str
    country: str
    country_name: str

    @classmethod
    def of(cls, place_id: str, shelf: Shelf) -> "ConsultationPlaceOut":
        """From the id of a place."""
        place = shelf.place(place_id)
        return cls(slug=place.id, name=place.name, country=place.country_code, country_name=place.country)


class StatementOut(BaseModel):
    """One statement, its language, and how the text came about in it.

    `kind`: concern, approach, asset, gap or need. `priority`, `rank` and `status` are of needs only.
    """

    id: str
    kind: str
    concept: ConceptOut | None
    text: str
    language: str
    translation: str
    attribution: str
    sensitivity: str
    office_title: str | None
    person_name: str | None
    priority: str | None
    rank: int | None
    status: str | None

    @classmethod
    def of_public(cls, one: PublicStatement, shelf: Shelf) -> "StatementOut":
        """From a published copy."""
        text, language, status = _read(one.text, shelf)
        return cls(
            id=one.id,
            kind=one.kind,
            concept=_concept(one.concept, shelf),
            text=text,
            language=language,
            translation=status,
            attribution=_LEVELS[one.attribution],
            sensitivity=one.audience,
            office_title=one.office_title,
            person_name=one.person_name,
            priority=one.priority,
            rank=one.rank,
            status=one.status,
        )

    @classmethod
    def of_stored(cls, one: DeskStatement, record: DeskRecord, shelf: Shelf) -> "StatementOut":
        """From a stored statement, for its city and the hub."""
        texts = {one.language: (one.text, Translation.ORIGINAL)}
        texts |= {
            key: (text, Translation.HUMAN) for key, text in one.translations.items() if key != one.language
        }
        text, language, status = _read(MultiText(one.language, texts), shelf)
        position = int(one.name.rpartition(".")[2])
        is_need = one.section == "needs"
        said = record.answers[one.section]["statements"][position]
        return cls(
            id=one.id.hex,
            kind=KIND_OF_SECTION[one.section],
            concept=_concept(one.concept, shelf),
            text=text,
            language=language,
            translation=status,
            attribution=one.attribution,
            sensitivity=one.sensitivity,
            office_title=one.office_title,
            person_name=one.person_name,
            priority=said["priority"] if is_need else None,
            rank=position + 1 if is_need else None,
            status=one.need_status,
        )


def _read(text: MultiText, shelf: Shelf) -> tuple[str, str, str]:
    found = text.in_language(shelf.language)
    return (found.text, found.language, str(found.status)) if found else ("", text.source, "missing")


def _concept(code: str | None, shelf: Shelf) -> ConceptOut | None:
    found = shelf.vocabulary.labelled((code,), shelf.language) if code else ()
    return ConceptOut.of(found[0]) if found else None


class ConsultationItemOut(BaseModel):
    """A consultation in a list. Null is what the caller may not know, or what was not answered.

    `view` says how much the caller may know: `whole` for the city itself and the hub, `public` for
    everybody else; then `held` is the year. `counts` has the number of published statements by kind.
    """

    id: UUID
    view: View
    reference: str | None
    title: str | None
    place: ConsultationPlaceOut
    held: str | None
    method: str | None
    language: str
    state: str
    is_illustration: bool
    counts: dict[str, int] | None
    created_at: datetime | None
    updated_at: datetime | None
    submitted_at: datetime | None
    published_at: datetime | None

    @classmethod
    def of_row(cls, row: ConsultationRow, shelf: Shelf) -> "ConsultationItemOut":
        """From a row of the city's or the hub's list."""
        return cls(
            id=row.id,
            view="whole",
            reference=row.reference,
            title=row.title,
            place=ConsultationPlaceOut.of(row.place_id, shelf),
            held=row.held,
            method=row.method,
            language=row.language,
            state=str(row.state),
            is_illustration=row.is_illustration,
            counts=None,
            created_at=row.created_at,
            updated_at=row.updated_at,
            submitted_at=row.submitted_at,
            published_at=row.published_at,
        )

    @classmethod
    def of_public(cls, found: PublicConsultation, shelf: Shelf) -> "ConsultationItemOut":
        """From a published copy."""
        return cls.model_validate(_public(found, shelf))


def _public(found: PublicConsultation, shelf: Shelf) -> dict[str, object]:
    return {
        "id": found.id,
        "view": "public",
        "reference": found.reference,
        "title": None,
        "place": ConsultationPlaceOut.of(found.place_id, shelf),
        "held": str(found.year) if found.year is not None else None,
        "method": found.method,
        "language": found.language,
        "state": "published",
        "is_illustration": found.is_illustration,
        "counts": dict(found.counts),
        "created_at": None,
        "updated_at": None,
        "submitted_at": None,
        "published_at": found.published_at,
    }


class ConsultationListOut(BaseModel):
    """One page of consultations; `next` is the path of the next page, or null at the end."""

    items: list[ConsultationItemOut]
    total: int
    next: str | None

    @classmethod
    def of_rows(
        cls, found: Page[ConsultationRow], shelf: Shelf, following: str | None
    ) -> "ConsultationListOut":
        """From the city's or the hub's list."""
        items = [ConsultationItemOut.of_row(row, shelf) for row in found.items]
        return cls(items=items, total=found.total, next=following)

    @classmethod
    def of_public(
        cls, found: Page[PublicConsultation], shelf: Shelf, following: str | None
    ) -> "ConsultationListOut":
        """From published copies."""
        items = [ConsultationItemOut.of_public(one, shelf) for one in found.items]
        return cls(items=items, total=found.total, next=following)


class ConsultationOut(ConsultationItemOut):
    """One consultation. `answers` has everything as it was sent, for its city and the hub only.

    `sections` says which sections are completed; `return_note` what the hub asks the city to change.
    """

    statements: list[StatementOut]
    sections: dict[str, bool] | None
    return_note: str | None
    answers: Answers | None

    @classmethod
    def of_record(cls, record: DeskRecord, shelf: Shelf) -> "ConsultationOut":
        """From a stored consultation with all its sections."""
        about = record.answers["about"]
        return cls(
            id=record.id,
            view="whole",
            reference=record.reference,
            title=record.title,
            place=ConsultationPlaceOut.of(record.place_id, shelf),
            held=about["held"],
            method=about["method"],
            language=record.language,
            state=record.state,
            is_illustration=record.is_illustration,
            counts=None,
            created_at=record.created_at,
            updated_at=record.updated_at,
            submitted_at=record.submitted_at,
            published_at=record.published_at,
            statements=[StatementOut.of_stored(one, record, shelf) for one in record.statements],
            sections={name: note.is_done for name, note in record.notes.items()},
            return_note=record.return_note or None,
            answers=Answers.model_validate(record.answers),
        )

    @classmethod
    def of_published(cls, found: PublicConsultation, shelf: Shelf) -> "ConsultationOut":
        """From a published copy."""
        return cls.model_validate(
            {
                **_public(found, shelf),
                "statements": [StatementOut.of_public(one, shelf) for one in found.statements],
                "sections": None,
                "return_note": None,
                "answers": None,
            }
        )
