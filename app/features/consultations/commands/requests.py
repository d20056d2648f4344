"""What may be asked around the answers: starting, saving, filing, listing, and the hub's work."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from app.core.languages import Language
from app.core.values import whole
from app.features.consultations.commands.answers import Answers, Section
from app.features.consultations.commands.values import Command, Tidy
from app.features.places.commands import ImportCountry, ImportPlace
from app.models.consultation import ConsultationState, NeedStatus


@dataclass(frozen=True, slots=True)
class SaveSection:
    """A section as it was typed. `based_on` is the save that the opened page `page` showed."""

    consultation_id: UUID
    section: str
    answers: Section
    is_done: bool
    based_on: int
    page: str = ""
    is_autosave: bool = False


class FileConsultation(Answers):
    """A whole consultation at once, as partners send it; with `submit` it goes to the hub."""

    place: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    submit: bool = True


class ReviewStatement(Command):
    """The hub has read a statement (or takes that back), and gives translations of it.

    `is_warning_seen`: where a text seems to name somebody, the reader has looked and nobody can be known.
    """

    is_reviewed: bool
    is_warning_seen: bool = False
    translations: dict[Language, Annotated[str, StringConstraints(max_length=5000)]] = Field(
        default_factory=dict
    )


class ReturnConsultation(Command):
    """What the city is asked to change or add before the hub can go on."""

    note: Annotated[str, Tidy, StringConstraints(min_length=1, max_length=5000)]


class WriteHubNote(Command):
    """A note for hub staff only."""

    note: Annotated[str, StringConstraints(max_length=5000)] = ""


class SetNeedStatus(Command):
    """What became of a need."""

    status: NeedStatus


class ConsultationFilter(Command):
    """Which consultations to list. The hub's inbox leaves drafts out unless they are asked for."""

    state: ConsultationState | None = None
    country: Annotated[str, StringConstraints(max_length=80)] | None = None
    illustrations: bool = False
    page: Annotated[int, Field(ge=1, le=100_000), BeforeValidator(whole)] = 1


class ImportConsultation(Command):
    """A consultation that comes with the project, as its city sent it on the day `filed_on`.

    `translations` and `statuses` are by statement, such as `needs.0`.
    """

    filed_on: date
    state: ConsultationState
    consultation: FileConsultation
    translations: dict[str, dict[Language, str]] = Field(default_factory=dict)
    statuses: dict[str, NeedStatus] = Field(default_factory=dict)


class ImportIllustration(Command):
    """An invented city in an invented country, and its consultations, each after those it builds on."""

    country: ImportCountry
    place: ImportPlace
    consultations: tuple[ImportConsultation, ...]
