"""The practice itself: what there is one of."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.sensitivity import Sensitivity
from app.models.base import CODE, Base, Dated, Identified, OfDesk, Publication, Versioned, choice
from app.models.practice.kinds import Origin, PracticeKind, Scale, Stage

if TYPE_CHECKING:
    from app.models.practice.parts import (
        PracticeConcept,
        PracticeEvaluation,
        PracticeOutcome,
        PracticeOutput,
        PracticePartner,
        PracticePlace,
        PracticeReview,
        PracticeRightsAnswer,
        PracticeSource,
        PracticeText,
        PracticeTransferScore,
    )


class Practice(OfDesk, Identified, Versioned, Dated, Base):
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
