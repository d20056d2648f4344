"""May a scope read or write a row? `queries` says the same in SQL, and so do the policies of PostgreSQL.

Published copies are not in here yet: everybody may read all of them. Once they are for an audience,
what `Scope.is_network` and `Scope.partner` let through belongs beside the consultations.
"""

from dataclasses import dataclass

from app.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Filed:
    """What decides about a consultation: its place, the country of that, whether the hub ever got it."""

    place_id: str
    country_code: str | None
    was_sent: bool


def may_read(scope: Scope, filed: Filed) -> bool:
    """Cities read all of their own; the hub what was sent at least once, never a city's unsent draft."""
    return may_read_answers(scope, filed) or _is_with_hub(scope, filed)


def may_write(scope: Scope, filed: Filed) -> bool:
    """Cities write all of their own; the hub what was sent, if it may edit."""
    return may_read_answers(scope, filed) or (scope.may_edit and _is_with_hub(scope, filed))


def may_read_answers(scope: Scope, filed: Filed) -> bool:
    """Answers to repeated requests are for the city that filed: they say what it sent, draft or not."""
    return scope.is_system or scope.own.covers(filed.place_id, filed.country_code)


def _is_with_hub(scope: Scope, filed: Filed) -> bool:
    return filed.was_sent and scope.hub.covers(filed.place_id, filed.country_code)


def may_touch_desk(scope: Scope) -> bool:
    """Practices as the hub writes them, its own record, who held which office, corrections suggested."""
    return scope.is_system or scope.is_desk
