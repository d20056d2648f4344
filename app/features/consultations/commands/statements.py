"""What a city says, statement by statement: concerns, approaches, assets, gaps, needs."""

from typing import Annotated

from pydantic import Field

from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.values import (
    MOST_ROWS,
    Code,
    Codes,
    Command,
    Edtf,
    Line,
    Prose,
    Score,
    Tidy,
    YesNo,
)
from app.features.consultations.rules.levels import DEFAULT_LEVELS
from app.models.base import Attribution
from app.models.consultation import (
    ApproachStatus,
    AssetKind,
    Basis,
    CapacityLevel,
    Confidence,
    Discussed,
    Priority,
    ScoredBy,
    Trend,
)

MaybeDiscussed = Annotated[Discussed | None, Tidy]


class Statement(Command):
    """Words of the city, and what others may learn of who said them."""

    text: Prose = None
    attribution: Attribution
    sensitivity: Sensitivity
    office_title: Line = None
    person_name: Line = None


class ConcernStatement(Statement):
    """A concern or threat: a harm as it shows itself, or what drives it."""

    concept: Code = None
    is_driver: YesNo = None
    affected_groups: Codes = ()
    sub_area: Line = None
    severity: Score = None
    trend: Annotated[Trend | None, Tidy] = None
    time_frame: Line = None
    confidence: Annotated[Confidence | None, Tidy] = None
    basis: Annotated[Basis | None, Tidy] = None
    scored_by: Annotated[ScoredBy | None, Tidy] = None
    attribution: Attribution = DEFAULT_LEVELS["concerns"][0]
    sensitivity: Sensitivity = DEFAULT_LEVELS["concerns"][1]


class ApproachStatement(Statement):
    """Something the city already does."""

    concept: Code = None
    lead: Line = None
    status: Annotated[ApproachStatus | None, Tidy] = None
    since: Edtf = None
    practice: Code = None
    usefulness: Score = None
    scored_by: Annotated[ScoredBy | None, Tidy] = None
    attribution: Attribution = DEFAULT_LEVELS["approaches"][0]
    sensitivity: Sensitivity = DEFAULT_LEVELS["approaches"][1]


class AssetStatement(Statement):
    """Something the city can build on."""

    kind: Annotated[AssetKind | None, Tidy] = None
    amount: Line = None
    secured_until: Edtf = None
    attribution: Attribution = DEFAULT_LEVELS["assets"][0]
    sensitivity: Sensitivity = DEFAULT_LEVELS["assets"][1]


class GapStatement(Statement):
    """Something the city lacks, and where."""

    capacity_level: Annotated[CapacityLevel | None, Tidy] = None
    attribution: Attribution = DEFAULT_LEVELS["gaps"][0]
    sensitivity: Sensitivity = DEFAULT_LEVELS["gaps"][1]


class NeedStatement(Statement):
    """A key need. The order of the list is the city's own order, the most pressing first."""

    concept: Code = None
    priority: Annotated[Priority | None, Tidy] = None
    capacity_existing: Score = None
    capacity_desired: Score = None
    scored_by: Annotated[ScoredBy | None, Tidy] = None
    modality: Code = None
    urgency: Edtf = None
    feasibility_note: Prose = None
    attribution: Attribution = DEFAULT_LEVELS["needs"][0]
    sensitivity: Sensitivity = DEFAULT_LEVELS["needs"][1]


class Concerns(Command):
    """Concerns and threats."""

    discussed: MaybeDiscussed = None
    statements: Annotated[tuple[ConcernStatement, ...], Field(max_length=MOST_ROWS)] = ()


class Approaches(Command):
    """What the city already does."""

    discussed: MaybeDiscussed = None
    statements: Annotated[tuple[ApproachStatement, ...], Field(max_length=MOST_ROWS)] = ()


class Assets(Command):
    """What the city can build on."""

    discussed: MaybeDiscussed = None
    statements: Annotated[tuple[AssetStatement, ...], Field(max_length=MOST_ROWS)] = ()


class Gaps(Command):
    """What the city lacks."""

    discussed: MaybeDiscussed = None
    statements: Annotated[tuple[GapStatement, ...], Field(max_length=MOST_ROWS)] = ()


class Needs(Command):
    """Key needs, the most pressing first."""

    discussed: MaybeDiscussed = None
    statements: Annotated[tuple[NeedStatement, ...], Field(max_length=MOST_ROWS)] = ()


Statements = Concerns | Approaches | Assets | Gaps | Needs
