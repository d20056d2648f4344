"""May a scope read or write a row? `queries` says the same in SQL, and so do the policies of PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass

from app.core.scope import Area, Scope
from app.core.sensitivity import Sensitivity


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


@dataclass(frozen=True, slots=True)
class Copied:
    """What decides about a published copy: its readers, and the places it is about with their countries."""

    audience: Sensitivity
    places: Collection[tuple[str, str | None]] = ()


def may_read_copy(scope: Scope, copy: Copied) -> bool:
    """Everybody reads what is public, the network what is for it, partners what is about their places."""
    if scope.is_system or copy.audience is Sensitivity.PUBLIC:
        return True
    if copy.audience is Sensitivity.NETWORK:
        return scope.is_network
    return copy.audience is Sensitivity.PARTNERS and _is_about(partners_area(scope), copy)


def may_change_copy(scope: Scope, copy: Copied) -> bool:
    """The desk of the hub publishes; a city may take its own copies away."""
    return may_touch_desk(scope) or _is_about(scope.own, copy)


def partners_area(scope: Scope) -> Area:
    """Where somebody reads what is for partners: partners, staff and officials of the place."""
    return scope.own | scope.hub | scope.partner


def _is_about(area: Area, copy: Copied) -> bool:
    return any(area.covers(place_id, country) for place_id, country in copy.places)


def may_touch_desk(scope: Scope) -> bool:
    """Practices as the hub writes them, its own record, who held which office, corrections suggested."""
    return scope.is_system or scope.is_desk
