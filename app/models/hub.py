"""The hub's own record: events, voices, support, plans, bodies, needs as reported, figures.

Texts in several languages are dumped `MultiText`s; `source_keys` name rows of `source`.
"""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.sensitivity import Sensitivity
from app.models.base import (
    CODE,
    Attribution,
    Base,
    CountBasis,
    Dated,
    Identified,
    OfDesk,
    Publication,
    Versioned,
    choice,
)


class HubRecord(OfDesk, Identified, Versioned, Dated):
    """What all records of the hub have. `hub_note` never leaves the hub."""

    slug: Mapped[str] = mapped_column(CODE, unique=True)
    publication: Mapped[Publication] = mapped_column(choice(Publication), index=True)
    source_keys: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(default="")
    hub_note: Mapped[str] = mapped_column(default="")


class EventFormat(StrEnum):
    """What sort of meeting an event was."""

    WORKSHOP = "workshop"
    ROUNDTABLE = "roundtable"
    ONLINE_ROUNDTABLE = "online-roundtable"
    PEER_EXCHANGE = "peer-exchange"
    SUMMIT = "summit"
    VOICE_ELEVATION = "voice-elevation"


class Event(HubRecord, Base):
    """An event, in a place, in a country with the place not stated, or online.

    `attendance` counts `attendance_unit` (people, or cities where people are not stated);
    `attendance_note` says what the number includes.
    """

    __tablename__ = "event"

    title: Mapped[dict[str, Any]]
    summary: Mapped[dict[str, Any]]
    format: Mapped[EventFormat] = mapped_column(choice(EventFormat))
    held_edtf: Mapped[str]
    held_from: Mapped[date | None]
    held_until: Mapped[date | None]
    place_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    place_basis: Mapped[str | None]
    country_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("country.code"))
    is_online: Mapped[bool] = mapped_column(default=False)
    hosts: Mapped[list[Any]]
    partners: Mapped[list[Any]]
    funders: Mapped[list[Any]]
    attendance: Mapped[int | None]
    attendance_basis: Mapped[CountBasis | None] = mapped_column(choice(CountBasis))
    attendance_unit: Mapped[str | None] = mapped_column(CODE)
    attendance_note: Mapped[str | None]


class Representation(HubRecord, Base):
    """A city whose voice the hub carried to somebody else's event.

    `place_id` is null when the source counts officials without naming their cities.
    """

    __tablename__ = "representation"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"), index=True)
    place_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    people: Mapped[int | None]
    people_basis: Mapped[CountBasis | None] = mapped_column(choice(CountBasis))
    purpose: Mapped[dict[str, Any]]


class Statement(HubRecord, Base):
    """What an office holder said, in the hub's own words (never a word-for-word quotation)."""

    __tablename__ = "statement"

    paraphrase: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(CODE)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    said_edtf: Mapped[str | None]
    attribution: Mapped[Attribution] = mapped_column(choice(Attribution))
    sensitivity: Mapped[Sensitivity] = mapped_column(choice(Sensitivity))
    consent_basis: Mapped[str | None]


class Support(HubRecord, Base):
    """Help that a city (or a group of places not named) got or gave; `subject_code` says in what.

    `possible_modality_codes` is filled where the source does not say which modality it was: the
    ones that may be meant. `modality_code` is then the hub's reading, or null.
    """

    __tablename__ = "support"

    place_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    country_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("country.code"))
    is_giver: Mapped[bool] = mapped_column(default=False)
    modality_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"))
    possible_modality_codes: Mapped[list[Any]]
    partners: Mapped[list[Any]]
    subject_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"))
    scope_note: Mapped[dict[str, Any]]
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
    need_id: Mapped[UUID | None] = mapped_column(ForeignKey("need.id"))
    given_edtf: Mapped[str | None]
    given_from: Mapped[date | None]
    given_until: Mapped[date | None]


class LocalActionPlan(HubRecord, Base):
    """A local plan; `area_count` where the source counts areas without naming them."""

    __tablename__ = "local_action_plan"

    title: Mapped[dict[str, Any]]
    place_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    country_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("country.code"))
    area_count: Mapped[int | None]
    state: Mapped[str | None] = mapped_column(CODE)
    adopted_edtf: Mapped[str | None]
    partners: Mapped[list[Any]]


class NationalBody(HubRecord, Base):
    """A national body for prevention, with the spellings and abbreviations sources use."""

    __tablename__ = "national_body"

    name: Mapped[dict[str, Any]]
    abbreviation: Mapped[str | None]
    name_variants: Mapped[list[Any]]
    country_code: Mapped[str] = mapped_column(CODE, ForeignKey("country.code"))


class NationalStrategy(HubRecord, Base):
    """A national strategy and what it says of local government."""

    __tablename__ = "national_strategy"

    name: Mapped[dict[str, Any]]
    country_code: Mapped[str] = mapped_column(CODE, ForeignKey("country.code"))
    period_edtf: Mapped[str | None]
    mandate_for_cities: Mapped[bool | None]
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("national_body.id"))


class Figure(HubRecord, Base):
    """A figure as reported: value, what qualifies it, as of when, by whom."""

    __tablename__ = "figure"

    label: Mapped[dict[str, Any]]
    value: Mapped[int]
    qualifier: Mapped[CountBasis | None] = mapped_column(choice(CountBasis))
    as_of: Mapped[str]
    as_of_edtf: Mapped[str | None]
    caution: Mapped[dict[str, Any]]
    position: Mapped[int]


class ReportedNeed(HubRecord, Base):
    """A need or priority as published by a source, at the scope the source gives.

    Region: neither country nor place. `kind` is `need` or `concern`.
    """

    __tablename__ = "reported_need"

    kind: Mapped[str] = mapped_column(CODE)
    concept_code: Mapped[str] = mapped_column(CODE, ForeignKey("concept.code"), index=True)
    country_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("country.code"))
    place_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id"))
