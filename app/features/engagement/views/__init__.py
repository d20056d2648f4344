"""Events, representations and statements as readers see them, in one language."""

from app.features.engagement.views.events import (
    Attendance,
    EventCard,
    EventOption,
    EventRecord,
    event_card,
    event_record,
)
from app.features.engagement.views.parts import EventMention
from app.features.engagement.views.voices import (
    OfficeLabel,
    RepresentationLine,
    StatementLine,
    representation_line,
    statement_line,
)

__all__ = [
    "Attendance",
    "EventCard",
    "EventMention",
    "EventOption",
    "EventRecord",
    "OfficeLabel",
    "RepresentationLine",
    "StatementLine",
    "event_card",
    "event_record",
    "representation_line",
    "statement_line",
]
