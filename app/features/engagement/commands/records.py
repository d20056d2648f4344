"""Recording an event, a representation, a statement: at import and in the editor's forms."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.core.languages import DEFAULT_LANGUAGE, Language
from app.core.sensitivity import Sensitivity
from app.core.values import Code, Command, Count, Edtf, Line, Needed, NeededEdtf, Prose, Texts
from app.models.base import Attribution, CountBasis
from app.models.hub import EventFormat

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class AttendanceUnit(StrEnum):
    """What an attendance counts."""

    PEOPLE = "people"
    CITIES = "cities"


class StatementKind(StrEnum):
    """What a statement is about."""

    TESTIMONIAL = "testimonial"
    POLICY = "policy-statement"


class HubCommand(Command):
    """What all records of the hub have. Texts are by language; `source_language` is the original's.

    `note` says what is uncertain and is published; `hub_note` never leaves the hub.
    """

    slug: Slug
    source_language: Language = DEFAULT_LANGUAGE
    source_keys: tuple[str, ...] = ()
    note: Prose = None
    hub_note: Prose = None


class RecordEvent(HubCommand):
    """An event: in a place, in a country with the place not stated, or online.

    `place_basis` says how the place is known where no source states it.
    """

    title: Texts
    summary: Texts = Texts()
    format: EventFormat
    held: NeededEdtf
    place_id: Code = None
    place_basis: Line = None
    country_code: Code = None
    is_online: bool = False
    hosts: tuple[Needed, ...] = ()
    partners: tuple[Needed, ...] = ()
    funders: tuple[Needed, ...] = ()
    attendance: Count = None
    attendance_basis: CountBasis | None = None
    attendance_unit: AttendanceUnit | None = None
    attendance_note: Prose = None


class RecordRepresentation(HubCommand):
    """A city, or a number of officials without named cities, heard at somebody else's event."""

    event: Slug
    place_id: Code = None
    office: Slug | None = None
    person: Slug | None = None
    people: Count = None
    people_basis: CountBasis | None = None
    purpose: Texts = Texts()


class RecordStatement(HubCommand):
    """What an office holder said, in the hub's own words: never a word-for-word quotation.

    The slug is public at every level of attribution, so it must not name a person who may not be named.
    """

    paraphrase: Texts
    kind: StatementKind
    office: Slug | None = None
    person: Slug | None = None
    event: Slug | None = None
    said: Edtf = None
    attribution: Attribution
    sensitivity: Sensitivity
    consent_basis: Line = None
