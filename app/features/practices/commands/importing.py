"""Practices from desk research, as the project's file gives them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.models.practice import Effect, Origin, PracticeKind, PracticePlaceRole, Stage


class Strict(BaseModel):
    """Base of commands: frozen, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ImportedPlace(Strict):
    """A place of an imported practice."""

    place_id: str
    role: PracticePlaceRole


class ImportedResources(Strict):
    """What the sources say of staff and cost."""

    staff: str | None
    cost: float | None
    currency: str | None
    cost_basis: str | None


class ImportedOutput(Strict):
    """A counted output."""

    indicator: str
    value: float | None
    qualifier: str | None
    period: str | None
    indicator_fr: str | None
    indicator_ar: str | None


class ImportedOutcome(Strict):
    """An outcome with the direction of its effect."""

    outcome: str
    direction: Effect
    method: str | None
    source: str | None
    outcome_fr: str | None
    outcome_ar: str | None


class ImportedEvaluation(Strict):
    """An evaluation that sources describe."""

    kind: str
    evaluator: str | None
    year: int | None
    url: str | None


class ImportedSource(Strict):
    """A document read for the record."""

    url: str | None
    title: str
    publisher: str | None
    year: int | None
    what_it_supports: str | None


TEXT_FIELDS = (
    "title",
    "one_line",
    "summary",
    "problem",
    "activities",
    "difficulties",
    "lessons",
    "transferability",
    "evidence_note",
)


class ImportPractice(BaseModel):
    """A practice from desk research, as the project's file gives it.

    Texts are keys such as `summary_fr`; they are read with `text`.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    kind: PracticeKind | None
    status: Stage | None
    start: str | None
    end: str | None
    lead_organisation: str | None
    partners: list[str]
    funders: list[str]
    places: list[ImportedPlace]
    themes: list[str]
    threats: list[str]
    needs: list[str]
    target_groups: list[str]
    interventions: list[str]
    prevention_levels: list[str]
    actors: list[str]
    resources: ImportedResources
    outputs: list[ImportedOutput]
    outcomes: list[ImportedOutcome]
    evaluation: ImportedEvaluation | None
    evidence_level: int = Field(ge=0, le=5)
    owner_confirmed: bool
    sources: list[ImportedSource]
    confidence: str | None
    original_language: str | None
    translation: dict[str, str]
    lessons_basis: str | None
    transferability_basis: str | None
    origin: Origin

    def text(self, field: str, language: str) -> str | None:
        """The text of a field in a language, or None where the file has none."""
        value: Any = (self.model_extra or {}).get(f"{field}_{language}")
        return value if isinstance(value, str) and value else None

    @property
    def concept_codes(self) -> list[str]:
        """All concepts the practice is about, without repeats, in order."""
        groups = (
            self.themes,
            self.threats,
            self.needs,
            self.target_groups,
            self.interventions,
            self.prevention_levels,
            self.actors,
        )
        return list(dict.fromkeys(code for group in groups for code in group))
