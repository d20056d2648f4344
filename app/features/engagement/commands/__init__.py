"""What may be asked of events, cities heard elsewhere and statements."""

from app.features.engagement.commands.filter import EventFilter, EventReading, read_event_filter
from app.features.engagement.commands.records import (
    AttendanceUnit,
    RecordEvent,
    RecordRepresentation,
    RecordStatement,
)

__all__ = [
    "AttendanceUnit",
    "EventFilter",
    "EventReading",
    "RecordEvent",
    "RecordRepresentation",
    "RecordStatement",
    "read_event_filter",
]
