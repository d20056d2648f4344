"""Consultations in lists, and what the public sees of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.languages import LocalText, MultiText
from app.features.wording.views import PlaceLabel
from app.models.consultation import ConsultationState


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation in the list of its city or in the hub's inbox. `held` is an EDTF text."""

    id: UUID
    reference: str | None
    title: str | None
    place_id: str
    country_code: str
    state: ConsultationState
    language: str
    held: str | None
    method: str | None
    sections_done: int
    was_returned: bool
    is_illustration: bool
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicStatement:
    """A published statement, with as much of its speaker as may be shown. `audience`: who may read it."""

    id: str
    kind: str
    concept: str | None
    text: MultiText
    attribution: str
    office_title: str | None
    person_name: str | None
    priority: str | None
    rank: int | None
    status: str | None
    audience: str


@dataclass(frozen=True, slots=True)
class PublicNeed:
    """A published need of a city, for lists of needs of many cities. `audience`: who may read it."""

    consultation_id: UUID
    place: PlaceLabel
    text: LocalText | None
    concept: str | None
    priority: str | None
    status: str | None
    audience: str


@dataclass(frozen=True, slots=True)
class PublicConsultation:
    """A consultation as published: year instead of day, no title and no people.

    In lists `statements` is empty; `counts` says how many of each kind were published.
    """

    id: UUID
    reference: str | None
    place_id: str
    country_code: str
    year: int | None
    method: str | None
    language: str
    counts: Mapping[str, int]
    statements: tuple[PublicStatement, ...]
    is_illustration: bool
    published_at: datetime
