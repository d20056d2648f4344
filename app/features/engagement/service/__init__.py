"""Recording, publishing and archiving events, representations and statements."""

from app.features.engagement.service.publishing import (
    archive_event,
    archive_representation,
    archive_statement,
    publish_event,
    publish_representation,
    publish_statement,
)
from app.features.engagement.service.recording import (
    change_event,
    change_representation,
    change_statement,
    record_event,
    record_representation,
    record_statement,
)

__all__ = [
    "archive_event",
    "archive_representation",
    "archive_statement",
    "change_event",
    "change_representation",
    "change_statement",
    "publish_event",
    "publish_representation",
    "publish_statement",
    "record_event",
    "record_representation",
    "record_statement",
]
