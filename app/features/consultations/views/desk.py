"""What officials of a city and staff of the hub see of a stored consultation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.features.consultations.rules.answers import Values
from app.features.consultations.rules.caution import is_cautioned
from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.consultations.rules.seen import mark_of_statement
from app.models.consultation import ConsultationState


@dataclass(frozen=True, slots=True)
class SectionNote:
    """How far a section of the form is."""

    is_done: bool = False
    saves: int = 0

    @property
    def status(self) -> str:
        """One of the few words of the task list."""
        if self.is_done:
            return "completed"
        return "in progress" if self.saves else "not started"


@dataclass(frozen=True, slots=True)
class DeskStatement:
    """A statement with what the hub needs to know of it. `name` is its place in the answers."""

    id: UUID
    section: str
    name: str
    text: str
    language: str
    attribution: str
    sensitivity: str
    office_title: str | None
    person_name: str | None
    concept: str | None
    need_status: str | None
    need_status_on: date | None
    reviewed_at: datetime | None
    translations: Mapping[str, str]

    @property
    def is_cautioned(self) -> bool:
        """Whether it seems to name a person, in its own words or in a translation."""
        return is_cautioned((self.text, *self.translations.values()))

    @property
    def mark(self) -> str:
        """What the hub has said of it so far, for forms to send along."""
        return mark_of_statement(
            self.reviewed_at,
            self.translations,
            (self.attribution, self.sensitivity),
            self.need_status,
            self.need_status_on,
        )


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent as it was recorded; `withdrawn_at` is empty while it holds."""

    wording_version: str
    language: str
    given_on: date
    channel: str | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """One stored consultation, with the sections that were asked for.

    `answers` has them as they are, `values` as flat values per field name.
    """

    id: UUID
    reference: str | None
    state: str
    place_id: str
    language: str
    is_illustration: bool
    answers: Mapping[str, Mapping[str, Any]]
    values: Mapping[str, Values]
    notes: Mapping[str, SectionNote]
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    consent_given: bool | None
    consent_withdrawn_on: date | None
    return_note: str = ""
    hub_note: str = ""
    statements: tuple[DeskStatement, ...] = field(default=())
    consents: tuple[ConsentLine, ...] = ()

    @property
    def title(self) -> str | None:
        """What the city calls it."""
        return next(iter(self.values.get("about", {}).get("title", ())), None)

    @property
    def is_draft(self) -> bool:
        """Whether the city can still change it."""
        return self.state == ConsultationState.DRAFT

    @property
    def is_archived(self) -> bool:
        """Whether the hub has closed it."""
        return self.state == ConsultationState.ARCHIVED

    def note(self, section: str) -> SectionNote:
        """How far a section is."""
        return self.notes.get(section, SectionNote())

    @property
    def done(self) -> int:
        """How many sections are finished."""
        return sum(self.note(section).is_done for section in SECTIONS)

    @property
    def needs(self) -> tuple[DeskStatement, ...]:
        """The key needs, the most pressing first."""
        return tuple(one for one in self.statements if one.section == "needs")
