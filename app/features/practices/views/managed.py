"""Practices as the hub works on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.languages import LocalText


@dataclass(frozen=True, slots=True)
class ManagedLine:
    """A practice in the hub's list. `is_ahead` says that readers still see an earlier version."""

    slug: str
    title: LocalText
    publication: str
    origin: str
    updated_at: datetime
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class ManagedPractice:
    """A practice to edit: its answers to the snapshot form, by the names of the fields."""

    slug: str
    title: LocalText
    version: int
    publication: str
    origin: str
    source_language: str
    updated_at: datetime
    is_ahead: bool
    has_rights_review: bool
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reader says is wrong in a published practice."""

    id: UUID
    slug: str
    title: LocalText
    text: str
    language: str
    suggested_at: datetime
    handled_at: datetime | None
