"""What belongs to one consultation: its participants and its typed statements."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.sensitivity import Sensitivity
from app.models.base import CODE, Attribution, Base, Confidential, Identified, choice
from app.models.consultation.kinds import (
    ApproachStatus,
    AssetKind,
    Basis,
    CapacityLevel,
    Confidence,
    NeedStatus,
    Priority,
    ScoredBy,
    Trend,
)


class PartOfConsultation(Confidential, Identified):
    """A row that belongs to one consultation and goes with it."""

    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]


class Spoken(PartOfConsultation):
    """What every statement has: words, their language, and what others may learn of it.

    `office_title` and `person_name` say whose words they are, where the level lets others learn that.
    `reviewed_at` is set when a person of the hub has read the text; nothing leaves the hub before.
    In a draft the text may be empty.
    """

    text: Mapped[str]
    language: Mapped[str] = mapped_column(CODE)
    translations: Mapped[dict[str, Any]]
    attribution: Mapped[Attribution] = mapped_column(choice(Attribution))
    sensitivity: Mapped[Sensitivity] = mapped_column(choice(Sensitivity))
    office_title: Mapped[str | None]
    person_name: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]


class Participant(PartOfConsultation, Base):
    """A named participant: an office, perhaps a person, with an attribution level of their own."""

    __tablename__ = "participant"

    office_title: Mapped[str]
    person_name: Mapped[str | None]
    organisation: Mapped[str | None]
    attribution: Mapped[Attribution] = mapped_column(choice(Attribution))


class Concern(Spoken, Base):
    """A concern or threat, as it shows itself or as what drives it."""

    __tablename__ = "concern"

    concept_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"), index=True)
    is_driver: Mapped[bool | None]
    affected_groups: Mapped[list[Any]]
    sub_area: Mapped[str | None]
    severity: Mapped[int | None]
    trend: Mapped[Trend | None] = mapped_column(choice(Trend))
    time_frame: Mapped[str | None]
    confidence: Mapped[Confidence | None] = mapped_column(choice(Confidence))
    basis: Mapped[Basis | None] = mapped_column(choice(Basis))
    scored_by: Mapped[ScoredBy | None] = mapped_column(choice(ScoredBy))


class Approach(Spoken, Base):
    """Something the city already does."""

    __tablename__ = "approach"

    concept_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"), index=True)
    lead: Mapped[str | None]
    status: Mapped[ApproachStatus | None] = mapped_column(choice(ApproachStatus))
    since_edtf: Mapped[str | None]
    practice_slug: Mapped[str | None] = mapped_column(CODE)
    usefulness: Mapped[int | None]
    scored_by: Mapped[ScoredBy | None] = mapped_column(choice(ScoredBy))


class Asset(Spoken, Base):
    """Something the city can build on."""

    __tablename__ = "asset"

    kind: Mapped[AssetKind | None] = mapped_column(choice(AssetKind))
    amount: Mapped[str | None]
    secured_until: Mapped[str | None]


class Gap(Spoken, Base):
    """A vulnerability or gap."""

    __tablename__ = "gap"

    capacity_level: Mapped[CapacityLevel | None] = mapped_column(choice(CapacityLevel))


class Need(Spoken, Base):
    """A key need, its rank within the city, and what became of it, since which day.

    The Hub priority is the concept's top term. The rank is the place in the city's own order.
    """

    __tablename__ = "need"
    __table_args__ = (UniqueConstraint("consultation_id", "rank"),)

    concept_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"), index=True)
    priority: Mapped[Priority | None] = mapped_column(choice(Priority))
    rank: Mapped[int]
    capacity_existing: Mapped[int | None]
    capacity_desired: Mapped[int | None]
    scored_by: Mapped[ScoredBy | None] = mapped_column(choice(ScoredBy))
    modality_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"))
    urgency_edtf: Mapped[str | None]
    feasibility_note: Mapped[str | None]
    status: Mapped[NeedStatus] = mapped_column(choice(NeedStatus))
    status_on: Mapped[date | None]
