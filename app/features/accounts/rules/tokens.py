"""What a token leaves of the rights of its owner."""

from collections.abc import Iterable

from app.core.actor import CITY_ROLES, HUB_ROLES, Actor, Grant, TokenScope
from app.core.scope import EVERYWHERE, Area
from app.core.sensitivity import Sensitivity


def bounds_of(cities: Iterable[str], countries: Iterable[str]) -> Area:
    """Where a token is good, as stored: nothing named means wherever its owner may act."""
    return Area(frozenset(cities), frozenset(countries)) or EVERYWHERE


def narrowed(grants: Iterable[Grant], bounds: Area) -> frozenset[Grant]:
    """The grants that a token carries: none of the hub, none outside its bounds."""
    kept = (Grant(one.role, _place(one) & bounds) for one in grants if one.role not in HUB_ROLES)
    return frozenset(one for one in kept if one.area)


def _place(grant: Grant) -> Area:
    """Where a grant holds; city roles hold in the cities they name, so bounds cannot name one for them."""
    return Area(cities=grant.area.cities) if grant.role in CITY_ROLES else grant.area


def uses_of(scopes: Iterable[TokenScope], ceiling: Sensitivity) -> frozenset[TokenScope]:
    """What a token may be used for. Whoever files a consultation holds it whole, whatever is said in it."""
    return frozenset(one for one in scopes if files_within(one, ceiling))


def files_within(scope: TokenScope, ceiling: Sensitivity) -> bool:
    """Whether a scope goes with a ceiling."""
    return scope is not TokenScope.FILE_CONSULTATIONS or ceiling is Sensitivity.HUB


def places_of(actor: Actor) -> Area:
    """The places that a token of somebody can be bound to: those that their roles name, but for the hub."""
    roles = {grant.role for grant in actor.grants} - HUB_ROLES
    area = actor.area_of(roles)
    return Area(area.cities, area.countries)


def may_be_bound_to(actor: Actor, cities: Iterable[str], countries: Iterable[str]) -> bool:
    """Whether all these are places of the roles of somebody."""
    places = places_of(actor)
    return places.cities.issuperset(cities) and places.countries.issuperset(countries)
