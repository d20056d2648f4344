"""Reads the reviewed table: what a principal must get, and which canaries they may see."""

from collections.abc import Mapping

from tests.factories.canaries import Canary
from tests.factories.objects import Object
from tests.factories.principals import FAR, NEAR, OWN
from tests.matrix.expected import (
    ASLEEP,
    COLUMN_OF,
    COLUMNS,
    COPIES,
    FINDS,
    NEVER,
    NOT_FOR_OWN,
    OPEN,
    ROUTES,
    SEES_ACCOUNTS,
    SEES_DESK,
    SHOWN_OF_ACCOUNTS,
    SHOWN_TO_ONESELF,
    STANDING,
    UNCONFIRMED,
)

ORDER = ("public", "network", "partners", "hub")
"""Sensitivities, the mildest first."""
SPOKEN = frozenset({"need", "concern", "approach", "asset", "gap"})


def table() -> dict[str, dict[str, str]]:
    """The letters of each route by column."""
    lines = [line.split() for line in ROUTES.strip().splitlines()[1:]]
    return {route: dict(zip(COLUMNS, letters, strict=True)) for route, *letters in lines}


LETTERS = table()


def statuses(principal: str, route: str) -> frozenset[int] | None:
    """The refusals that a principal must get at a route; None where they may knock."""
    letter = LETTERS[route][COLUMN_OF[principal]]
    if letter == "-" and LETTERS[route].get(ASLEEP.get(principal, ""), "-") != "-":
        return frozenset({403})
    if letter == "-":
        return frozenset({404})
    if letter == "f" or (letter == "c" and principal in UNCONFIRMED):
        return frozenset({403})
    return None


def standing(principal: str, place: str) -> str:
    """What a principal is to consultations of a place."""
    return STANDING[principal][(OWN, NEAR, FAR).index(place)]


def finds(principal: str, route: str, one: Object) -> bool:
    """Whether a principal who may knock at a route finds a consultation behind it."""
    is_to_it = standing(principal, one.place)
    who = FINDS[route]
    if is_to_it == "own" and "own" in who:
        return True
    if is_to_it == "hub" and "hub" in who and one.was_sent:
        return one.state != "returned" or not route.startswith("manage.")
    return "copy" in who and _has_copy(is_to_it, one)


def _has_copy(is_to_it: str, one: Object) -> bool:
    """Whether something of a consultation was published for a standing."""
    return one.state == "published" and one.sensitivity in COPIES[is_to_it] and bool(OPEN[one.attribution])


def may_see(principal: str, canary: Canary, objects: Mapping[str, Object]) -> bool:
    """Whether a canary may stand in any answer to a principal."""
    if canary.field in NEVER:
        return False
    if canary.owner in objects:
        return _may_see_consultation(principal, canary, objects[canary.owner])
    if canary.owner == "desk":
        return principal in SEES_DESK
    if canary.owner == principal and canary.field in SHOWN_TO_ONESELF:
        return COLUMN_OF[principal] != "visitor"
    seen = SEES_ACCOUNTS.get(principal, ())
    return canary.field in SHOWN_OF_ACCOUNTS and (seen == "everybody" or canary.owner in seen)


def _may_see_consultation(principal: str, canary: Canary, one: Object) -> bool:
    is_to_it = standing(principal, one.place)
    if is_to_it == "own":
        return canary.field not in NOT_FOR_OWN
    if is_to_it == "hub" and one.was_sent:
        return True
    return _is_in_copy(is_to_it, canary, one)


def _is_in_copy(is_to_it: str, canary: Canary, one: Object) -> bool:
    table_name, _, column = canary.field.partition(".")
    if table_name not in SPOKEN or one.state != "published" or not canary.is_read:
        return False
    sensitivity = max(canary.sensitivity, one.sensitivity, key=ORDER.index)
    attribution = min(canary.attribution, one.attribution)
    return sensitivity in COPIES[is_to_it] and column in OPEN[attribution]


def must_see(principal: str, canary: Canary, objects: Mapping[str, Object]) -> bool:
    """Whether a canary has to stand in some answer: words of statements, and who said them in copies."""
    if canary.owner not in objects or LETTERS["api.consultation"][COLUMN_OF[principal]] != "y":
        return False
    table_name, _, column = canary.field.partition(".")
    return (
        table_name in SPOKEN
        and column in ("text", "office_title", "person_name")
        and may_see(principal, canary, objects)
    )
