"""Nobody gives themselves or others more than they may: every grantor, role and area."""

from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.actor import CITY_ROLES, Actor, Grant, Role, TokenScope
from app.core.scope import EVERYWHERE, Area
from app.features.accounts.rules.roles import may_grant, may_manage
from app.models.account import Invitation, RoleGrant
from tests.databases import Templates
from tests.factories.principals import FAR, INVITATION, NEAR, OWN, PRINCIPALS, client_for
from tests.matrix.expected import GRANTS
from tests.matrix.world import world

GIVEN = (
    Role.PRACTITIONER, Role.PARTNER, Role.CITY_CONTRIBUTOR, Role.CITY_LEAD, Role.REVIEWER,
    Role.HUB_ANALYST, Role.AUDITOR, Role.HUB_EDITOR, Role.HUB_ADMIN,
)  # fmt: skip
AREAS = {
    "own": Area(cities=frozenset({OWN})),
    "near": Area(cities=frozenset({NEAR})),
    "own and far": Area(cities=frozenset({OWN, FAR})),
    "country": Area(countries=frozenset({"IQ"})),
    "own and country": Area(frozenset({OWN}), frozenset({"IQ"})),
    "everywhere": EVERYWHERE,
}


def _table() -> dict[Role, dict[Role, str]]:
    rows = [line.split() for line in GRANTS.strip().splitlines()[1:]]
    found = {}
    for words in rows:
        name, letters = " ".join(words[: -len(GIVEN)]), words[-len(GIVEN) :]
        found[Role(name)] = dict(zip(GIVEN, letters, strict=True))
    return found


TABLE = _table()


def _actor(role: Role, token: frozenset[TokenScope] | None = None) -> Actor:
    area = AREAS["own"] if role in CITY_ROLES else EVERYWHERE
    account = None if role is Role.VISITOR else PRINCIPALS["lead A"].account_id
    grants = frozenset() if role in (Role.VISITOR, Role.SIGNED_IN) else frozenset({Grant(role, area)})
    return Actor(account, "somebody", grants, token)


def test_every_role_has_its_line() -> None:
    """A new role needs a line and a column."""
    assert set(TABLE) == set(Role)
    assert set(GIVEN) == set(Role) - {Role.VISITOR, Role.SIGNED_IN}


@pytest.mark.parametrize("grantor", Role)
def test_who_may_give_what_where(grantor: Role) -> None:
    """All triples; never by a token, and never a role of one's own rank or above."""
    for role, (name, area) in product(GIVEN, AREAS.items()):
        letter = TABLE[grantor][role]
        expected = letter == "a" or (letter == "o" and name == "own")
        assert may_grant(_actor(grantor), role, area) is expected, (role, name)
        assert not may_grant(_actor(grantor, frozenset(TokenScope)), role, area)


@pytest.mark.parametrize("grantor", Role)
def test_who_may_manage_whom(grantor: Role) -> None:
    """Only accounts all of whose roles one may give; nobody manages themselves."""
    actor = _actor(grantor)
    for role, (name, area) in product(GIVEN, AREAS.items()):
        letter = TABLE[grantor][role]
        expected = letter == "a" or (letter == "o" and name == "own")
        assert may_manage(actor, [Grant(role, area)], is_self=False) is expected, (role, name)
        assert not may_manage(actor, [Grant(role, area)], is_self=True)
        both = [Grant(role, area), Grant(Role.HUB_ADMIN)]
        assert not may_manage(actor, both, is_self=False), "one role out of reach is enough"
    assert may_manage(actor, [], is_self=False) is (grantor is Role.HUB_ADMIN)


@pytest.mark.parametrize("countries", [("IQ",), ("MA",)])
def test_an_administrator_of_a_country_stays_within(countries: tuple[str, ...]) -> None:
    """Bounds of the grantor hold for what is given; the library and the log have none to be given within."""
    admin = Actor(
        PRINCIPALS["admin"].account_id,
        "a",
        frozenset({Grant(Role.HUB_ADMIN, Area(countries=frozenset(countries)))}),
    )
    for role, (name, area) in product(GIVEN, AREAS.items()):
        is_within = name == "country" and countries == ("IQ",)
        is_theirs = role not in {Role.HUB_ADMIN, Role.HUB_EDITOR, Role.AUDITOR}
        assert may_grant(admin, role, area) is (is_within and is_theirs), (role, name)


async def test_pages_give_no_more_than_the_table(
    engine: str, filled_url: str, templates: Templates, tmp_path: Path
) -> None:
    """Every role and area, sent to every page that gives roles, by everybody who may open one."""
    async with world(engine, filled_url, templates, tmp_path, is_small=True) as made:
        async with made.database.reading() as session:
            before = {row.id for row in await session.scalars(select(RoleGrant))}
        for key in ("contributor A", "editor", "lead A", "lead B same country", "admin"):
            await made.refresh(key)
            async with client_for(made.app, key) as client:
                for number, (role, (name, area)) in enumerate(product(GIVEN, AREAS.items())):
                    where = {
                        "role": str(role), "cities": sorted(area.cities), "countries": sorted(area.countries),
                    }  # fmt: skip
                    person = {
                        "email": f"n{number}.{key[:4].strip()}@example.org",
                        "name": "N",
                        "language": "en",
                    }
                    await client.post("/en/people/invitations/new", data={**person, **where})
                    for other in (key, "editor asleep", "contributor A", "auditor"):
                        path = f"/en/people/{PRINCIPALS[other].account_id}/roles"
                        answer = await client.post(path, data=where)
                        assert answer.status_code in (303, 404, 422), (key, role, name, answer.status_code)
        async with made.database.reading() as session:
            grants = [one for one in await session.scalars(select(RoleGrant)) if one.id not in before]
            invitations = [one for one in await session.scalars(select(Invitation)) if one.id != INVITATION]
    by = {PRINCIPALS[key].account_id.hex[:16]: key for key in PRINCIPALS}
    for one in grants:
        assert by[one.granted_by] in ("lead A", "admin")
        assert one.account_id != PRINCIPALS[by[one.granted_by]].account_id, "nobody gives to themselves"
        assert one.role != "hub admin"
        if by[one.granted_by] == "lead A":
            assert (one.role, one.cities, one.countries) == ("city contributor", [OWN], [])
    made_by = {by[one.invited_by] for one in invitations}
    assert made_by == {"lead A", "lead B same country", "admin"}
    for invitation in invitations:
        key = by[invitation.invited_by]
        assert invitation.role != "hub admin"
        if key != "admin":
            city = OWN if key == "lead A" else NEAR
            assert (invitation.role, invitation.cities, invitation.countries) == (
                "city contributor",
                [city],
                [],
            )
    assert len([one for one in invitations if by[one.invited_by] == "admin"]) > 20
