"""What may leave the hub, and who may read it there: pure functions that every publisher asks."""

from enum import IntEnum

from app.core.scope import Scope
from app.core.sensitivity import Sensitivity
from app.models.base import Attribution


class Visibility(IntEnum):
    """How much of a statement somebody may learn; larger shows more."""

    HIDDEN = 0
    COUNTRY = 1
    CITY = 2
    ROLE = 3
    NAMED = 4


class Reader(IntEnum):
    """Who reads, as seen from one record; larger reads more.

    PUBLIC: everybody. NETWORK: whoever holds a role in Medina. PARTNER: partners responsible for the place.
    HUB: staff responsible for the place. OWN: officials of the city itself.
    """

    PUBLIC = 0
    NETWORK = 1
    PARTNER = 2
    HUB = 3
    OWN = 4


_BY_ATTRIBUTION = {
    Attribution.HUB_ONLY: Visibility.HIDDEN,
    Attribution.REGION: Visibility.HIDDEN,
    Attribution.COUNTRY: Visibility.COUNTRY,
    Attribution.CITY: Visibility.CITY,
    Attribution.ROLE: Visibility.ROLE,
    Attribution.NAMED: Visibility.NAMED,
}

AUDIENCE = {
    Sensitivity.PUBLIC: Reader.PUBLIC,
    Sensitivity.NETWORK: Reader.NETWORK,
    Sensitivity.PARTNERS: Reader.PARTNER,
    Sensitivity.HUB: Reader.HUB,
}
"""The first reader of each sensitivity; larger ones read it too."""


def effective_visibility(
    sensitivity: Sensitivity, attribution: Attribution, reader: Reader = Reader.PUBLIC
) -> Visibility:
    """What a reader may learn: the stricter of sensitivity and consent.

    Hub and city have the words themselves. For others statements for a regional aggregate (A1) show only
    in the release grid, never one by one, so here they are hidden. Source of the levels: the domain
    model, section 2.4.
    """
    if reader >= Reader.HUB:
        return Visibility.NAMED
    if reader < AUDIENCE[sensitivity]:
        return Visibility.HIDDEN
    return _BY_ATTRIBUTION[attribution]


def copied_visibility(sensitivity: Sensitivity, attribution: Attribution) -> Visibility:
    """How much a published copy says: what the furthest reader it is meant for may learn."""
    return effective_visibility(sensitivity, attribution, min(AUDIENCE[sensitivity], Reader.PARTNER))


def strictest(one: Sensitivity, other: Sensitivity) -> Sensitivity:
    """The stricter of two sensitivities: one of a consultation is a ceiling over its statements."""
    return max(one, other, key=AUDIENCE.__getitem__)


def reader_of(scope: Scope, place_id: str, country_code: str | None) -> Reader:
    """What somebody is to a record about a place."""
    if scope.is_system or scope.own.covers(place_id, country_code):
        return Reader.OWN
    if scope.hub.covers(place_id, country_code):
        return Reader.HUB
    if scope.partner.covers(place_id, country_code):
        return Reader.PARTNER
    return Reader.NETWORK if scope.is_network else Reader.PUBLIC
