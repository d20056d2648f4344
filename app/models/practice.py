"""Good practices as the hub edits them: the 44 fields of the merged field list."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.languages import Translation
from app.models.base import CODE, Base, Dated, Identified, Publication, Sensitivity, Versioned, choice


class Origin(StrEnum):
    """Where a record comes from; imported ones may be published with gaps."""

    WRITTEN_HERE = "written here"
    DESK_RESEARCH = "desk research"


class PracticeKind(StrEnum):
    """What sort of thing a practice is."""

    PROGRAMME = "programme"
    STRUCTURE = "structure"
    POLICY_OR_PLAN = "policy/plan"
    TOOL = "tool"
    EVENT_SERIES = "event series"
    SERVICE = "service"


class Stage(StrEnum):
    """How far a practice has come in real life."""

    PLANNED = "planned"
    PILOT = "pilot"
    RUNNING = "running"
    ENDED = "ended"
    PAUSED = "paused"
    ABSORBED = "absorbed"
    UNKNOWN = "unknown"


class Scale(StrEnum):
    """How large an area a practice covers."""

    NEIGHBOURHOOD = "neighbourhood"
    CITY = "city"
    INTER_CITY = "inter-city"
    GOVERNORATE = "governorate"
    NATIONAL = "national"


class PracticePlaceRole(StrEnum):
    """Why a practice names a place."""

    HOME = "home"
    REPLICATED = "replicated"
    VENUE = "venue"


class PartnerRole(StrEnum):
    """Why a practice names an organisation beside the lead."""

    PARTNER = "partner"
    FUNDER = "funder"


class SupportKind(StrEnum):
    """What a partner brings."""

    ADMINISTRATIVE = "administrative"
    FINANCIAL = "financial"
    POLITICAL = "political"
    TECHNICAL = "technical"


class Effect(StrEnum):
    """Direction of one outcome; an axis of its own beside the strength of evidence."""

    POSITIVE = "positive"
    MIXED = "mixed"
    NONE_FOUND = "none found"
    HARM_FOUND = "harm found"
    NOT_ASSESSED = "not assessed"


class RightsAnswer(StrEnum):
    """Answer to one of the fourteen questions of the rights review."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not applicable"


class Practice(Identified, Versioned, Dated, Base):
    """One practice. Texts per language are in `practice_text`; lists in their own tables or JSON."""

    __tablename__ = "practice"

    slug: Mapped[str] = mapped_column(CODE, unique=True)
    publication: Mapped[Publication] = mapped_column(choice(Publication), index=True)
    origin: Mapped[Origin] = mapped_column(choice(Origin))
    source_language: Mapped[str] = mapped_column(CODE)
    original_language: Mapped[str | None] = mapped_column(CODE)
    kind: Mapped[PracticeKind | None] = mapped_column(choice(PracticeKind))
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    scale: Mapped[Scale | None] = mapped_column(choice(Scale))
    start_edtf: Mapped[str | None]
    start_from: Mapped[date | None]
    start_until: Mapped[date | None]
    end_edtf: Mapped[str | None]
    end_from: Mapped[date | None]
    end_until: Mapped[date | None]
    lead_organisation: Mapped[str | None]
    contact: Mapped[str | None]
    contact_sensitivity: Mapped[Sensitivity] = mapped_column(choice(Sensitivity))
    staff: Mapped[str | None]
    cost_amount: Mapped[float | None]
    cost_currency: Mapped[str | None] = mapped_column(CODE)
    cost_basis: Mapped[str | None]
    in_kind: Mapped[str | None]
    settings: Mapped[list[Any]]
    key_dates: Mapped[list[Any]]
    building_blocks: Mapped[list[Any]]
    replications: Mapped[list[Any]]
    nlc_links: Mapped[list[Any]]
    sdg_targets: Mapped[list[Any]]
    links: Mapped[list[Any]]
    evidence_level: Mapped[int]
    owner_confirmed: Mapped[bool]
    confidence: Mapped[str | None] = mapped_column(CODE)
    lessons_basis: Mapped[str | None]
    transferability_basis: Mapped[str | None]
    sensitivity: Mapped[Sensitivity] = mapped_column(choice(Sensitivity))
    licence: Mapped[str | None]
    consent_to_publish: Mapped[bool | None]
    last_confirmed_on: Mapped[date | None]
    review_due_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    hub_note: Mapped[str] = mapped_column(default="")
    first_published_at: Mapped[datetime | None]

    texts: Mapped[list["PracticeText"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    places: Mapped[list["PracticePlace"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="PracticePlace.position"
    )
    concepts: Mapped[list["PracticeConcept"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="PracticeConcept.position"
    )
    partners: Mapped[list["PracticePartner"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="PracticePartner.position"
    )
    outputs: Mapped[list["PracticeOutput"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="PracticeOutput.position"
    )
    outcomes: Mapped[list["PracticeOutcome"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="PracticeOutcome.position"
    )
    evaluations: Mapped[list["PracticeEvaluation"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="PracticeEvaluation.position",
    )
    provenance: Mapped[list["PracticeSource"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="PracticeSource.position"
    )
    transfer_scores: Mapped[list["PracticeTransferScore"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    rights_answers: Mapped[list["PracticeRightsAnswer"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    reviews: Mapped[list["PracticeReview"]] = relationship(
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="PracticeReview.reviewed_on",
    )


class PartOfPractice(Identified):
    """A row that belongs to one practice and goes with it."""

    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id", ondelete="CASCADE"), index=True)


class PracticeText(PartOfPractice, Base):
    """One text field in one language. `source_hash` is that of the source text it was made from."""

    __tablename__ = "practice_text"
    __table_args__ = (UniqueConstraint("practice_id", "field", "language"),)

    field: Mapped[str] = mapped_column(CODE)
    language: Mapped[str] = mapped_column(CODE)
    text: Mapped[str]
    status: Mapped[Translation] = mapped_column(choice(Translation))
    source_hash: Mapped[str | None]


class PracticePlace(PartOfPractice, Base):
    """A place of a practice and its role."""

    __tablename__ = "practice_place"

    position: Mapped[int]
    place_id: Mapped[str] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    role: Mapped[PracticePlaceRole] = mapped_column(choice(PracticePlaceRole))


class PracticeConcept(PartOfPractice, Base):
    """A concept a practice is about. Age band and sex focus belong to target groups."""

    __tablename__ = "practice_concept"
    __table_args__ = (UniqueConstraint("practice_id", "concept_code"),)

    position: Mapped[int]
    concept_code: Mapped[str] = mapped_column(CODE, ForeignKey("concept.code"), index=True)
    age_band: Mapped[str | None]
    sex_focus: Mapped[str | None]


class PracticePartner(PartOfPractice, Base):
    """An organisation beside the lead."""

    __tablename__ = "practice_partner"

    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[PartnerRole] = mapped_column(choice(PartnerRole))
    support_kind: Mapped[SupportKind | None] = mapped_column(choice(SupportKind))


class PracticeOutput(PartOfPractice, Base):
    """A counted output, with what the number means. `indicator` is a dumped `MultiText`."""

    __tablename__ = "practice_output"

    position: Mapped[int]
    indicator: Mapped[dict[str, Any]]
    value: Mapped[float | None]
    unit: Mapped[str | None]
    qualifier: Mapped[str | None]
    period: Mapped[str | None]
    disaggregation: Mapped[str | None]


class PracticeOutcome(PartOfPractice, Base):
    """An outcome with the direction of its effect. `outcome` is a dumped `MultiText`."""

    __tablename__ = "practice_outcome"

    position: Mapped[int]
    outcome: Mapped[dict[str, Any]]
    direction: Mapped[Effect] = mapped_column(choice(Effect))
    size: Mapped[str | None]
    method: Mapped[str | None]
    study_reference: Mapped[str | None]


class PracticeEvaluation(PartOfPractice, Base):
    """An evaluation that somebody made."""

    __tablename__ = "practice_evaluation"

    position: Mapped[int]
    kind: Mapped[str]
    evaluator: Mapped[str | None]
    year: Mapped[int | None]
    url: Mapped[str | None]


class PracticeSource(PartOfPractice, Base):
    """Provenance: a document, and what it supports."""

    __tablename__ = "practice_source"

    position: Mapped[int]
    title: Mapped[str]
    url: Mapped[str | None]
    publisher: Mapped[str | None]
    year: Mapped[int | None]
    supports: Mapped[str | None]


class PracticeTransferScore(PartOfPractice, Base):
    """One of the eight points of transferability, 0 to 2."""

    __tablename__ = "practice_transfer_score"
    __table_args__ = (UniqueConstraint("practice_id", "point"),)

    point: Mapped[str] = mapped_column(CODE)
    score: Mapped[int]


class PracticeRightsAnswer(PartOfPractice, Base):
    """One of the fourteen answers of the rights review."""

    __tablename__ = "practice_rights_answer"
    __table_args__ = (UniqueConstraint("practice_id", "question"),)

    question: Mapped[str] = mapped_column(CODE)
    answer: Mapped[RightsAnswer] = mapped_column(choice(RightsAnswer))
    note: Mapped[str] = mapped_column(default="")


class PracticeReview(PartOfPractice, Base):
    """A review: which axis, which level, by which role, when, why."""

    __tablename__ = "practice_review"

    axis: Mapped[str] = mapped_column(CODE)
    level: Mapped[str] = mapped_column(CODE)
    reviewer_role: Mapped[str]
    reviewed_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")


class CorrectionSuggestion(Identified, Base):
    """What a reader says is wrong in a published record; nothing about the reader is kept."""

    __tablename__ = "correction_suggestion"

    kind: Mapped[str] = mapped_column(CODE)
    slug: Mapped[str] = mapped_column(CODE)
    text: Mapped[str]
    language: Mapped[str] = mapped_column(CODE)
    suggested_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
