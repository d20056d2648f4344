"""Which role stands above which, who may grant what, and what a role needs to be said with it."""

from collections.abc import Iterable, Mapping

from app.core.actor import CITY_ROLES, HUB_ROLES, Actor, Grant, Role
from app.core.scope import EVERYWHERE, Area

RANK: Mapping[Role, int] = {
    Role.VISITOR: 0,
    Role.SIGNED_IN: 0,
    Role.PRACTITIONER: 1,
    Role.PARTNER: 2,
    Role.CITY_CONTRIBUTOR: 3,
    Role.CITY_LEAD: 4,
    Role.REVIEWER: 5,
    Role.HUB_ANALYST: 5,
    Role.AUDITOR: 6,
    Role.HUB_EDITOR: 7,
    Role.HUB_ADMIN: 8,
}
"""A higher rank stands above a lower one; equals do not command each other."""

GRANTORS = frozenset({Role.CITY_LEAD, Role.HUB_ADMIN})
"""Roles that may invite, grant and end."""

EVERYWHERE_ALIKE = frozenset({Role.AUDITOR, Role.HUB_EDITOR})
"""Roles that work on what has no place, such as the library or the log, wherever they are given for."""

GRANTABLE = tuple(role for role in Role if RANK[role] > 0)


def may_grant(actor: Actor, role: Role, area: Area) -> bool:
    """Whether `actor` may give somebody `role` within `area`: below their rank, inside their area.

    What holds everywhere alike is given by those who administer everywhere.
    """
    return any(
        grant.role in GRANTORS
        and RANK[grant.role] > RANK[role]
        and _fits(grant, role)
        and (grant.area.is_everywhere or role not in EVERYWHERE_ALIKE)
        and _is_within(area, grant.area)
        for grant in actor.grants
        if actor.token is None
    )


def _fits(grant: Grant, role: Role) -> bool:
    """City leads invite people of their city only."""
    return grant.role is Role.HUB_ADMIN or role is Role.CITY_CONTRIBUTOR


def _is_within(inner: Area, outer: Area) -> bool:
    if outer.is_everywhere:
        return True
    if inner.is_everywhere:
        return False
    return inner.cities <= outer.cities and inner.countries <= outer.countries


def may_manage(actor: Actor, account_grants: Iterable[Grant], *, is_self: bool) -> bool:
    """Whether `actor` may change or suspend an account: not their own, and of roles they may give.

    An account without roles lies nowhere, so only administrators without bounds may change it.
    """
    grants = tuple(account_grants)
    if is_self:
        return False
    if not grants:
        return actor.token is None and actor.area_of({Role.HUB_ADMIN}).is_everywhere
    return all(may_grant(actor, grant.role, grant.area) for grant in grants)


def area_for(role: Role, cities: Iterable[str], countries: Iterable[str]) -> Area:
    """Where a role holds as stored: nothing named means everywhere, but a city role always names its city."""
    area = Area(frozenset(cities), frozenset(countries))
    if area or role in CITY_ROLES:
        return area
    return EVERYWHERE


def acts_now(role: Role, *, has_shown_passkey: bool) -> bool:
    """Whether a role may be used in this session: hub roles only after a passkey was shown."""
    return role not in HUB_ROLES or has_shown_passkey
