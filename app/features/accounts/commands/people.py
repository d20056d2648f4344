"""What may be asked about people: to invite, to give and end roles, to change one's own account."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from app.core.actor import CITY_ROLES, Role, TokenScope
from app.core.languages import Language
from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.core.values import Command, Needed, Tidy
from app.features.accounts.rules.roles import GRANTABLE
from app.features.mail.rules import is_address

NOT_AN_ADDRESS = noop("Write an e-mail address such as name@example.org.")
NO_SUCH_ROLE = noop("Choose one of the roles")
ONE_CITY = noop("Choose the city of this role")
MOST_PLACES = 50


def _address(value: str) -> str:
    """An address in lower case. Raises ValueError for what is none."""
    plain = value.lower()
    if not is_address(plain):
        raise ValueError(NOT_AN_ADDRESS)
    return plain


def _role(value: Any) -> Any:
    if value not in {str(role) for role in GRANTABLE}:
        raise ValueError(NO_SUCH_ROLE)
    return Role(value)


Email = Annotated[
    Annotated[str, StringConstraints(min_length=3, max_length=254)], Tidy, AfterValidator(_address)
]
Granted = Annotated[Role, BeforeValidator(_role)]
Places = Annotated[tuple[str, ...], Field(max_length=MOST_PLACES)]


class GiveRole(Command):
    """A role and where it holds. A city role needs its cities; for others nothing named means everywhere."""

    role: Granted
    cities: Places = ()
    countries: Places = ()

    @property
    def lacks_city(self) -> bool:
        """Whether a city role names no city, or whole countries."""
        return self.role in CITY_ROLES and (not self.cities or bool(self.countries))


class InvitePerson(GiveRole):
    """An invitation to one address."""

    email: Email
    name: Needed
    language: Language


class AskForLink(Command):
    """Somebody wants to sign in."""

    email: Email


class SaveAccount(Command):
    """Name and language of one's own account."""

    name: Needed
    language: Language


class MakeToken(Command):
    """A token for a program. Nothing named: wherever its owner may act. `ceiling`: the most it reads."""

    name: Needed
    scopes: Annotated[tuple[TokenScope, ...], Field(min_length=1)] = (TokenScope.LIBRARY,)
    cities: Places = ()
    countries: Places = ()
    ceiling: Sensitivity = Sensitivity.PUBLIC
    days: Annotated[int, Field(ge=1, le=365)] = 90
