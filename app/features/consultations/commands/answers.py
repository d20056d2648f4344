"""All answers of a consultation, section by section. Everything may be left out until it is submitted."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.statements import Approaches, Assets, Concerns, Gaps, Needs
from app.features.consultations.commands.values import (
    MOST_ROWS,
    Code,
    Codes,
    Command,
    Count,
    Day,
    Edtf,
    Line,
    Prose,
    Score,
    Tidy,
    YesNo,
)
from app.features.consultations.rules.choices import Age, HowMany, Role, Sex, WrittenIn
from app.features.consultations.rules.levels import CONSENT_VERSIONS
from app.models.base import Attribution
from app.models.consultation import Channel, Discussed, Method, ScoredBy


class About(Command):
    """Where, when, how and what for."""

    title: Line = None
    language: Annotated[WrittenIn | None, Tidy] = None
    held: Edtf = None
    method: Annotated[Method | None, Tidy] = None
    other_places: Codes = ()
    place_is_approximate: YesNo = None
    languages_used: Codes = ()
    had_interpreter: YesNo = None
    purpose: Prose = None
    decision_it_informs: Prose = None
    prior_information_used: Prose = None
    reference_period: Edtf = None
    round_number: Count = None
    previous: Code = None
    event: Code = None
    instrument: Line = None
    facilitators: Line = None
    note_taker: Line = None
    duration_minutes: Count = None


class ParticipantGroup(Command):
    """Some of the participants. Groups need not add up to the total."""

    sex: Annotated[Sex | None, Tidy] = None
    age: Annotated[Age | None, Tidy] = None
    role: Annotated[Role | None, Tidy] = None
    organisation: Code = None
    count: Count = None


class NamedParticipant(Command):
    """A participant by office, perhaps by name, with an attribution level of their own."""

    office_title: Line = None
    person_name: Line = None
    organisation: Line = None
    attribution: Attribution = Attribution.HUB_ONLY


class Participants(Command):
    """Who took part, and who was missing."""

    basis: Annotated[HowMany | None, Tidy] = None
    total: Count = None
    groups: Annotated[tuple[ParticipantGroup, ...], Field(max_length=MOST_ROWS)] = ()
    named: Annotated[tuple[NamedParticipant, ...], Field(max_length=MOST_ROWS)] = ()
    who_was_missing: Prose = None
    missing_groups: Codes = ()


class DimensionAnswer(Command):
    """One dimension of working with national government."""

    score: Score = None
    scored_by: Annotated[ScoredBy | None, Tidy] = None
    note: Prose = None


Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class National(Command):
    """Working with national government. `dimensions` has codes of the scheme `nlc-dimension`."""

    strategy_known: Annotated[Discussed | None, Tidy] = None
    strategy_read: Annotated[Discussed | None, Tidy] = None
    mandate_clear: Annotated[Discussed | None, Tidy] = None
    body: Line = None
    focal_point: Line = None
    last_contact: Edtf = None
    dimensions: Annotated[dict[Key, DimensionAnswer], Field(max_length=MOST_ROWS)] = Field(
        default_factory=dict
    )


ConsentVersion = Annotated[
    Annotated[str, StringConstraints(pattern=f"^({'|'.join(CONSENT_VERSIONS)})$", max_length=20)] | None, Tidy
]


class Privacy(Command):
    """Who may see what, what was consented to, and whether participants have checked the answers."""

    attribution: Annotated[Attribution | None, Tidy] = None
    sensitivity: Annotated[Sensitivity | None, Tidy] = None
    consent_given: YesNo = None
    consent_version: ConsentVersion = None
    consent_language: Annotated[WrittenIn | None, Tidy] = None
    consent_on: Day = None
    consent_channel: Annotated[Channel | None, Tidy] = None
    returned_on: Day = None
    corrections: Prose = None
    validated_by: Line = None


class Answers(Command):
    """Everything that is asked."""

    about: About = About()
    participants: Participants = Participants()
    concerns: Concerns = Concerns()
    approaches: Approaches = Approaches()
    assets: Assets = Assets()
    gaps: Gaps = Gaps()
    needs: Needs = Needs()
    national: National = National()
    privacy: Privacy = Privacy()


Section = About | Participants | Concerns | Approaches | Assets | Gaps | Needs | National | Privacy

SECTION_KINDS: dict[str, type[Section]] = {
    name: field.annotation  # type: ignore[misc]
    for name, field in Answers.model_fields.items()
}
"""The command of each section, in the order in which they are asked."""
