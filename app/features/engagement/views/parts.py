"""What copies of events, representations and statements have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.languages import LocalText
from app.features.wording.views import Shelf


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event as other records name it; `held` is EDTF."""

    slug: str
    title: LocalText
    held: str


def event_mention(dumped: Mapping[str, Any] | None, shelf: Shelf) -> EventMention | None:
    """The event that a copy names."""
    title = shelf.text(dumped["title"]) if dumped else None
    return EventMention(dumped["slug"], title, dumped["held"]) if dumped and title else None


def in_source(text: str | None, dumped: Mapping[str, Any], shelf: Shelf) -> LocalText | None:
    """A small text that is kept only in the language in which the record was written."""
    return LocalText(text, dumped["source"], shelf.language) if text else None
