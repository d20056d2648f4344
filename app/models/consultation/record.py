"""One consultation: where, when, how, with whom, and what the city allows to be shown."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.sensitivity import Sensitivity
from app.models.base import (
    CODE,
    Attribution,
    Base,
    Confidential,
    CountBasis,
    Dated,
    Identified,
    Versioned,
    choice,
)
from app.models.consultation.kinds import (
    Channel,
    ConsultationState,
    Method,
)

if TYPE_CHECKING:
    from app.models.consultation.consent import Consent
    from app.models.consultation.statements import Approach, Asset, Concern, Gap, Need, Participant


class Consultation(Confidential, Identified, Versioned, Dated, Base):
    """One consultation of one city (or several places), with its method, people and consent.

    `sections` remembers per section of the form whether the city has finished it, how often it was
    saved, and from which opened page. `discussed` maps a section (concerns, approaches, assets, gaps,
    needs) to a `Discussed` value. `attribution` and `sensitivity` are a ceiling for all statements;
    until the city has answered, nothing can be published. `return_note` is what the hub asked the city
    to change when it gave the consultation back; `hub_note` is for hub staff only.
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
    event_slug: Mapped[str | None] = mapped_column(CODE)

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
    return_note: Mapped[str] = mapped_column(default="")
    hub_note: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    previous: Mapped["Consultation | None"] = relationship(lazy="raise", remote_side="Consultation.id")
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
    consents: Mapped[list["Consent"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Consent.position"
    )
    needs: Mapped[list["Need"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True, order_by="Need.rank"
    )
