"""What may leave the hub: one pure function that every publisher asks."""

from enum import IntEnum

from app.models.base import Attribution, Sensitivity


class Visibility(IntEnum):
    """How much of a statement the public may learn; larger shows more."""

    HIDDEN = 0
    COUNTRY = 1
    CITY = 2
    ROLE = 3
    NAMED = 4


_BY_ATTRIBUTION = {
    Attribution.HUB_ONLY: Visibility.HIDDEN,
    Attribution.REGION: Visibility.HIDDEN,
    Attribution.COUNTRY: Visibility.COUNTRY,
    Attribution.CITY: Visibility.CITY,
    Attribution.ROLE: Visibility.ROLE,
    Attribution.NAMED: Visibility.NAMED,
}

_BY_SENSITIVITY = {
    Sensitivity.PUBLIC: Visibility.NAMED,
    Sensitivity.NETWORK: Visibility.HIDDEN,
    Sensitivity.PARTNERS: Visibility.HIDDEN,
    Sensitivity.HUB: Visibility.HIDDEN,
}


def effective_visibility(sensitivity: Sensitivity, attribution: Attribution) -> Visibility:
    """What the public may learn: the stricter of sensitivity and consent.

    Statements for a regional aggregate (A1) show only in the release grid, never one by one,
    so here they are hidden. Source of the levels: the domain model, section 2.4.
    """
    return min(_BY_SENSITIVITY[sensitivity], _BY_ATTRIBUTION[attribution])
