"""Recording support, local action plans, national bodies and strategies, needs as reported."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.core.languages import DEFAULT_LANGUAGE, Language
from app.core.values import Code, Command, Count, Edtf, Line, Needed, Texts

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class NeedKind(StrEnum):
    """What a source reports: a need (or priority), or a concern."""

    NEED = "need"
    CONCERN = "concern"


class PlanState(StrEnum):
    """How far a local action plan is."""

    DRAFTED = "being drafted"
    ADOPTED = "adopted"
    CARRIED_OUT = "being carried out"
    ENDED = "ended"


class HubCommand(Command):
    """What all records of the hub have. `note` is published; `hub_note` never leaves the hub."""

    slug: Slug
    source_language: Language = DEFAULT_LANGUAGE
    source_keys: tuple[Needed, ...] = ()
    note: str = Field(default="", max_length=4000)
    hub_note: str = Field(default="", max_length=4000)


class RecordSupport(HubCommand):
    """Help that a city got or gave; without a place, that places of a country not named got.

    `possible_modality_codes`: the ones that may be meant where the source does not say.
    """

    place_id: Code = None
    country_code: Code = None
    is_giver: bool = False
    modality_code: Code = None
    possible_modality_codes: tuple[Needed, ...] = ()
    partners: tuple[Needed, ...] = ()
    subject_code: Code = None
    scope_note: Texts = Texts()
    event: Code = None
    given: Edtf = None


class RecordLocalActionPlan(HubCommand):
    """A local plan; `area_count` where the source counts areas without naming them."""

    title: Texts
    place_id: Code = None
    country_code: Code = None
    area_count: Count = None
    state: PlanState | None = None
    adopted: Edtf = None
    partners: tuple[Needed, ...] = ()


class RecordNationalBody(HubCommand):
    """A national body for prevention, with the spellings that sources use."""

    name: Texts
    abbreviation: Line = None
    name_variants: tuple[Needed, ...] = ()
    country_code: Needed


class RecordNationalStrategy(HubCommand):
    """A national strategy; `mandate_for_cities` is None where no source says."""

    name: Texts
    country_code: Needed
    period: Edtf = None
    mandate_for_cities: bool | None = None
    body: Code = None


class RecordReportedNeed(HubCommand):
    """A need or concern at the scope its source gives: a place, a country, or (neither) the region."""

    kind: NeedKind
    concept_code: Needed
    country_code: Code = None
    place_id: Code = None
    event: Code = None


SupportCommand = (
    RecordSupport | RecordLocalActionPlan | RecordNationalBody | RecordNationalStrategy | RecordReportedNeed
)
