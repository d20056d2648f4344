"""Accounts of the demo: one for every role, so that a newcomer can try them all."""

import re

from app.core.actor import CITY_ROLES, Grant, Role
from app.core.scope import EVERYWHERE, Area

DOMAIN = "demo.invalid"

_ROLES = {
    "practitioner": Role.PRACTITIONER,
    "partner": Role.PARTNER,
    "contributor": Role.CITY_CONTRIBUTOR,
    "official": Role.CITY_LEAD,
    "reviewer": Role.REVIEWER,
    "analyst": Role.HUB_ANALYST,
    "editor": Role.HUB_EDITOR,
    "admin": Role.HUB_ADMIN,
    "auditor": Role.AUDITOR,
}
OTHER_PERSONAS = {persona: role for persona, role in _ROLES.items() if role not in CITY_ROLES}
"""Accounts that are of no city in particular."""
_PERSONA = re.compile(r"(\w+)(?::([a-z]{2}-[a-z0-9-]{1,70}|[A-Z]{2}(?:,[A-Z]{2}){0,9}))?")


def grant_of(persona: str) -> Grant | None:
    """What an account of the demo may do (`editor`, `official:iq-mosul`, `analyst:IQ`); None for others.

    Officials need a city; others hold everywhere unless countries (or a city) are named.
    """
    found = _PERSONA.fullmatch(persona)
    if found is None or found[1] not in _ROLES:
        return None
    role, where = _ROLES[found[1]], found[2] or ""
    if role in CITY_ROLES:
        is_city = bool(where) and where[0].islower()
        return Grant(role, Area(cities=frozenset({where}))) if is_city else None
    if not where:
        return Grant(role, EVERYWHERE)
    if where[0].islower():
        return Grant(role, Area(cities=frozenset({where})))
    return Grant(role, Area(countries=frozenset(where.split(","))))


def address_of(persona: str) -> str:
    """The address of an account of the demo; no mail can go there."""
    return f"{re.sub('[^a-z0-9-]+', '.', persona.lower())}@{DOMAIN}"
