"""What stood on a page when somebody began to write, as a short mark that their form sends along."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256


def mark_of_statement(
    reviewed_at: datetime | None,
    translations: Mapping[str, str],
    levels: tuple[object, object],
    status: object = None,
    status_on: date | None = None,
) -> str:
    """What the hub has said of a statement so far; another mark, where somebody has said something since."""
    said = (
        reviewed_at.isoformat() if reviewed_at else "",
        sorted(translations.items()),
        [str(level) for level in levels],
        str(status or ""),
        status_on.isoformat() if status_on else "",
    )
    return sha256(repr(said).encode()).hexdigest()[:16]
