"""What a practice has several of: texts, places, concepts, partners, results, sources, reviews."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.languages import Translation
from app.models.base import CODE, Base, Identified, OfDesk, choice
from app.models.practice.kinds import Effect, PartnerRole, PracticePlaceRole, RightsAnswer, SupportKind


class PartOfPractice(OfDesk, Identified):
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
