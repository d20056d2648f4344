"""Records of the hub as its editors see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.languages import LocalText


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list. `is_ahead` says that readers still see an earlier version."""

    slug: str
    title: LocalText
    publication: str
    updated_at: datetime
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class ManagedRecord:
    """A record to edit: its answers by the names of the fields of its command.

    `is_shown` says that there is a published copy; sensitivity or consent may keep one from being made.
    """

    slug: str
    title: LocalText
    version: int
    publication: str
    source_language: str
    updated_at: datetime
    is_shown: bool
    is_ahead: bool
    answers: Mapping[str, Any]
