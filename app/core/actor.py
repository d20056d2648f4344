"""Who is asking: roles, where they hold, and what a token narrows them to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.core.scope import EVERYWHERE, NOWHERE, Area, Scope
from app.core.sensitivity import Sensitivity


class Role(StrEnum):
    """The kinds of people that Medina tells apart. The first two come by themselves, others are granted."""

    VISITOR = "visitor"
    SIGNED_IN = "signed in"
    PRACTITIONER = "practitioner"
    PARTNER = "partner"
    CITY_CONTRIBUTOR = "city contributor"
    CITY_LEAD = "city lead"
    REVIEWER = "reviewer"
    HUB_ANALYST = "hub analyst"
    HUB_EDITOR = "hub editor"
    HUB_ADMIN = "hub admin"
    AUDITOR = "auditor"


CITY_ROLES = frozenset({Role.CITY_CONTRIBUTOR, Role.CITY_LEAD})
HUB_ROLES = frozenset({Role.REVIEWER, Role.HUB_ANALYST, Role.HUB_EDITOR, Role.HUB_ADMIN, Role.AUDITOR})
"""These act only after a passkey was shown, never after a mail alone."""
READERS_OF_CONSULTATIONS = frozenset({Role.REVIEWER, Role.HUB_ANALYST, Role.HUB_EDITOR})


class TokenScope(StrEnum):
    """What an API token may be used for, within the present rights of its owner."""

    LIBRARY = "read:library"
    AGGREGATE = "read:aggregate"
    OWN_CONSULTATIONS = "read:own-consultations"
    FILE_CONSULTATIONS = "write:consultations"


ABOUT_CONSULTATIONS = frozenset({TokenScope.OWN_CONSULTATIONS, TokenScope.FILE_CONSULTATIONS})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role and where it holds."""

    role: Role
    area: Area = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody asking. `pseudonym` is how the audit knows them; a visitor has no account.

    `token` is None for people at a browser; for a program it is what its token may be used for, and
    `ceiling` the most sensitive that it reads: whole consultations with `hub`, else published copies.
    """

    account_id: UUID | None = None
    pseudonym: str = "visitor"
    grants: frozenset[Grant] = frozenset()
    token: frozenset[TokenScope] | None = None
    ceiling: Sensitivity = Sensitivity.HUB
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        """Note the roles, whatever their areas."""
        always = {Role.VISITOR} if self.account_id is None else {Role.VISITOR, Role.SIGNED_IN}
        object.__setattr__(self, "roles", frozenset({*always, *(grant.role for grant in self.grants)}))

    @property
    def key(self) -> str:
        """A stable name for the audit and for repeated requests."""
        return self.pseudonym

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody with an account."""
        return self.account_id is not None

    @property
    def is_editor(self) -> bool:
        """Whether this is hub staff who may edit and publish."""
        return Role.HUB_EDITOR in self.roles

    @property
    def is_reviewer(self) -> bool:
        """Whether this is hub staff who may say that a text was read."""
        return self.is_editor or Role.REVIEWER in self.roles

    @property
    def reads_for_hub(self) -> bool:
        """Whether this is hub staff who read what cities sent."""
        return not self.roles.isdisjoint(READERS_OF_CONSULTATIONS)

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that this is an official of, by place id."""
        return tuple(sorted(self.area_of(CITY_ROLES).cities))

    @property
    def place_id(self) -> str | None:
        """The city that this is an official of; the first of several."""
        return self.cities[0] if self.cities else None

    def area_of(self, roles: Iterable[Role]) -> Area:
        """Where any of the roles holds."""
        wanted = frozenset(roles)
        area = NOWHERE
        for grant in self.grants:
            if grant.role in wanted:
                area = area | grant.area
        return area

    def speaks_for(self, place_id: str) -> bool:
        """Whether this is an official of the given place."""
        return place_id in self.area_of(CITY_ROLES).cities

    def leads(self, place_id: str) -> bool:
        """Whether this official may send, withdraw and discard consultations of the place."""
        return place_id in self.area_of({Role.CITY_LEAD}).cities

    @property
    def scope(self) -> Scope:
        """Which private rows a database session of theirs may touch."""
        cities = Area(cities=self.area_of(CITY_ROLES).cities)  # never a whole country, never everywhere
        return Scope(
            own=cities if self._reads_whole else NOWHERE,
            hub=self.area_of(READERS_OF_CONSULTATIONS),
            may_edit=self.is_reviewer,
            is_desk=self.is_reviewer,
            is_network=bool(self.grants) and Sensitivity.NETWORK.is_within(self.ceiling),
            partner=self.area_of({Role.PARTNER}) | cities if self._reads_for_partners else NOWHERE,
        )

    @property
    def _reads_whole(self) -> bool:
        """Whether consultations of the own city are read whole: by people, and by tokens for that."""
        is_for_that = self.token is None or not self.token.isdisjoint(ABOUT_CONSULTATIONS)
        return is_for_that and Sensitivity.HUB.is_within(self.ceiling)

    @property
    def _reads_for_partners(self) -> bool:
        return Sensitivity.PARTNERS.is_within(self.ceiling)

    @property
    def reads_consultations(self) -> bool:
        """Whether there are consultations that this reads whole; others read what is published of them."""
        return bool(self.scope.own or self.scope.hub)


VISITOR = Actor()


def official_of(place_id: str, *, pseudonym: str = "system") -> Actor:
    """Somebody who leads a city: for content that is loaded in its name."""
    return Actor(None, pseudonym, frozenset({Grant(Role.CITY_LEAD, Area(cities=frozenset({place_id})))}))
