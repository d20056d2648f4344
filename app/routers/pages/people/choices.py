"""What the forms of roles offer: roles that the reader may give, and places where."""

from dataclasses import dataclass

from app.core.actor import Actor, Role
from app.core.text import sort_key
from app.features.accounts.commands.people import GiveRole
from app.features.accounts.rules.roles import EVERYWHERE_ALIKE, GRANTABLE, GRANTORS, RANK
from app.features.wording.views import Shelf
from app.web.forms import Form

Option = tuple[str, str]
CITIES = frozenset({"city", "district"})
"""Kinds of places that have officials of their own."""


@dataclass(frozen=True, slots=True)
class RoleChoices:
    """Options of the form, as pairs of code and word; beside a role stands what it may do."""

    roles: tuple[tuple[str, str, str], ...]
    cities: tuple[Option, ...]
    countries: tuple[Option, ...]


def role_choices(actor: Actor, shelf: Shelf) -> RoleChoices:
    """What `actor` may give. Leads of a city have one role and their cities to choose from."""
    is_admin = Role.HUB_ADMIN in actor.roles
    highest = max((RANK[role] for role in GRANTORS & actor.roles), default=0)
    area = actor.area_of(GRANTORS)
    below = [role for role in GRANTABLE if RANK[role] < highest] if is_admin else [Role.CITY_CONTRIBUTOR]
    roles = [role for role in below if area.is_everywhere or role not in EVERYWHERE_ALIKE]
    cities = [
        (id_, place.name(shelf.language))
        for id_, place in shelf.gazetteer.places.items()
        if place.kind in CITIES and area.covers(id_, place.country_code)
    ]
    countries = [
        (code, shelf.country(code))
        for code in shelf.gazetteer.countries
        if is_admin and (area.is_everywhere or code in area.countries)
    ]
    return RoleChoices(
        tuple(
            (str(role), shelf.word("account-role", str(role)), shelf.word("account-role-hint", str(role)))
            for role in roles
        ),
        tuple(sorted(cities, key=lambda option: sort_key(option[1]))),
        tuple(sorted(countries, key=lambda option: sort_key(option[1]))),
    )


def given(form: Form) -> dict[str, object]:
    """The role of a form, and where it holds."""
    return {"role": form.get("role"), "cities": form.all("cities"), "countries": form.all("countries")}


def where(shelf: Shelf, cities: tuple[str, ...], countries: tuple[str, ...]) -> tuple[str, ...]:
    """Places in words."""
    return (*(shelf.place(city).name for city in cities), *map(shelf.country, countries))


def check_places(command: GiveRole, choices: RoleChoices) -> bool:
    """Whether all places of a command exist among the choices."""
    known_cities, known_countries = dict(choices.cities), dict(choices.countries)
    return all(city in known_cities for city in command.cities) and all(
        country in known_countries for country in command.countries
    )
