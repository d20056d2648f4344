"""Consultations: what a city worries about, does, has, lacks and needs, as typed statements."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import (
    CODE,
    Attribution,
    Base,
    CountBasis,
    Dated,
    Identified,
    Sensitivity,
    Versioned,
    choice,
)

if TYPE_CHECKING:
    from app.models.hub import Event


class ConsultationState(StrEnum):
    """How far a consultation is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Method(StrEnum):
    """How the consultation was held."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus group"
    ROUNDTABLE_IN_PERSON = "roundtable in person"
    ROUNDTABLE_ONLINE = "roundtable online"
    SURVEY = "survey"
    BILATERAL_CALL = "bilateral call"
    DOCUMENT_REVIEW = "document review"
    SITE_VISIT = "site visit"


class Discussed(StrEnum):
    """Whether a subject came up: "not discussed", "no" and "unknown" are three things."""

    YES = "yes"
    NO = "no"
    NOT_DISCUSSED = "not discussed"
    UNKNOWN = "unknown"


class Trend(StrEnum):
    """Which way a concern moves."""

    DOWN = "down"
    STABLE = "stable"
    UP = "up"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure the speaker is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Basis(StrEnum):
    """What a statement rests on."""

    PERCEPTION = "perception"
    INCIDENT_DATA = "incident data"
    STUDY = "study"


class ApproachStatus(StrEnum):
    """How far an existing approach has come."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class ScoredBy(StrEnum):
    """Who gave a score: a city's own view and a facilitator's are shown apart."""

    CITY = "city"
    FACILITATOR = "facilitator"
    ANALYST = "analyst"


class AssetKind(StrEnum):
    """What a city can build on."""

    STAFF = "staff"
    BUDGET = "budget"
    NETWORK = "network"
    PLAN = "plan"
    LAW_OR_MANDATE = "law or mandate"
    DATA = "data"
    VENUE = "venue"
    PARTNER = "partner"
    VOLUNTEERS = "volunteers"


class CapacityLevel(StrEnum):
    """Where a gap lies."""

    ENVIRONMENT = "environment"
    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


class Priority(StrEnum):
    """How pressing a need is to the city."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Channel(StrEnum):
    """How consent was given."""

    FORM = "form"
    WRITING = "writing"
    SPOKEN = "spoken"
    EMAIL = "e-mail"


class NeedStatus(StrEnum):
    """What became of a need."""

    RECEIVED = "received"
    BEING_LOOKED_AT = "being looked at"
    MATCHED = "matched"
    IN_SUPPORT = "in support"
    MET = "met"
    NOT_NOW = "not now"


class Consultation(Identified, Versioned, Dated, Base):
    """One consultation of one city (or several places), with its method, people and consent.

    `sections` remembers per section of the form whether the city has finished it, how often it was
    saved, and from which opened page. `discussed` maps a section (concerns, approaches, assets, gaps,
    needs) to a `Discussed` value. `attribution` and `sensitivity` are a ceiling for all statements;
    until the city has answered, nothing can be published.
    """

    __tablename__ = "consultation"

    reference: Mapped[str | None] = mapped_column(CODE, unique=True)
    state: Mapped[ConsultationState] = mapped_column(choice(ConsultationState), index=True)
    place_id: Mapped[str] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    language: Mapped[str] = mapped_column(CODE)
    created_by: Mapped[str]
    sections: Mapped[dict[str, Any]]
    discussed: Mapped[dict[str, Any]]
    is_illustration: Mapped[bool] = mapped_column(default=False)

    title: Mapped[str | None]
    purpose: Mapped[str | None]
    decision_it_informs: Mapped[str | None]
    prior_information_used: Mapped[str | None]
    other_place_ids: Mapped[list[Any]]
    place_is_approximate: Mapped[bool | None]
    held_edtf: Mapped[str | None]
    held_from: Mapped[date | None]
    held_until: Mapped[date | None]
    reference_period: Mapped[str | None]
    round_number: Mapped[int | None]
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    method: Mapped[Method | None] = mapped_column(choice(Method))
    instrument: Mapped[str | None]
    languages_used: Mapped[list[Any]]
    had_interpreter: Mapped[bool | None]
    facilitators: Mapped[str | None]
    note_taker: Mapped[str | None]
    duration_minutes: Mapped[int | None]
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))

    participants_total: Mapped[int | None]
    participants_basis: Mapped[CountBasis | None] = mapped_column(choice(CountBasis))
    participants_unknown: Mapped[bool] = mapped_column(default=False)
    participant_rows: Mapped[list[Any]]
    who_was_missing: Mapped[str | None]
    missing_groups: Mapped[list[Any]]

    nlc: Mapped[dict[str, Any]]
    attribution: Mapped[Attribution | None] = mapped_column(choice(Attribution))
    sensitivity: Mapped[Sensitivity | None] = mapped_column(choice(Sensitivity))
    consent_given: Mapped[bool | None]
    consent_version: Mapped[str | None]
    consent_language: Mapped[str | None] = mapped_column(CODE)
    consent_on: Mapped[date | None]
    consent_channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    consent_withdrawn_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    corrections: Mapped[str | None]
    validated_by: Mapped[str | None]
    spotlight: Mapped[dict[str, Any]]
    hub_note: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    previous: Mapped["Consultation | None"] = relationship(lazy="raise", remote_side="Consultation.id")
    event: Mapped["Event | None"] = relationship(lazy="raise")
    participants: Mapped[list["Participant"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Participant.position"
    )
    concerns: Mapped[list["Concern"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Concern.position"
    )
    approaches: Mapped[list["Approach"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Approach.position"
    )
    assets: Mapped[list["Asset"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Asset.position"
    )
    gaps: Mapped[list["Gap"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Gap.position"
    )
    needs: Mapped[list["Need"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Need.rank"
    )


class PartOfConsultation(Identified):
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
    """A key need, its rank within the city, and what became of it.

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


class ReferenceCounter(Base):
    """The last number given out in a series such as `MED-2026`: one row per series, counted up in place."""

    __tablename__ = "reference_counter"

    series: Mapped[str] = mapped_column(CODE, primary_key=True)
    last: Mapped[int]


class StoredAnswer(Identified, Base):
    """The answer to a request with an Idempotency-Key: the same key and body get it again.

    It goes when the consultation it tells of goes.
    """

    __tablename__ = "stored_answer"
    __table_args__ = (UniqueConstraint("actor", "route", "key"),)

    actor: Mapped[str] = mapped_column(CODE)
    route: Mapped[str] = mapped_column(CODE)
    key: Mapped[str]
    fingerprint: Mapped[str]
    status: Mapped[int]
    location: Mapped[str | None]
    body: Mapped[str]
    consultation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    stored_at: Mapped[datetime]
