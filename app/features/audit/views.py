"""What the auditor sees of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry, in codes. Texts that do not apply are empty."""

    sequence: int
    happened_at: datetime
    actor: str
    event: str
    route: str
    object_kind: str
    object_id: str
    outcome: str
    request_id: str


@dataclass(frozen=True, slots=True)
class AuditList:
    """Entries, newest first. `older` is the number to go on from, or None when these are the last."""

    lines: Sequence[AuditLine]
    older: int | None
