"""The reviewed table and the app speak of the same routes, principals and fields."""

from uuid import UUID

import pytest
from fastapi import FastAPI

from app.core.actor import Actor, Grant, Role, TokenScope
from app.core.errors import Forbidden, NotFound
from app.web.origins import SAFE_METHODS
from app.web.policy import POLICY, authorize, check_every_route, walk
from tests.conftest import Library
from tests.factories.principals import PRINCIPALS
from tests.matrix.expected import COLUMN_OF, COLUMNS, FINDS, STANDING
from tests.matrix.judge import LETTERS

ROLE_OF = {
    "visitor": Role.VISITOR, "account": Role.SIGNED_IN, "practitioner": Role.PRACTITIONER,
    "partner": Role.PARTNER, "contributor": Role.CITY_CONTRIBUTOR, "lead": Role.CITY_LEAD,
    "reviewer": Role.REVIEWER, "analyst": Role.HUB_ANALYST, "editor": Role.HUB_EDITOR,
    "admin": Role.HUB_ADMIN, "auditor": Role.AUDITOR,
}  # fmt: skip
SCOPE_OF = {
    "library": TokenScope.LIBRARY, "aggregate": TokenScope.AGGREGATE,
    "own": TokenScope.OWN_CONSULTATIONS, "write": TokenScope.FILE_CONSULTATIONS,
}  # fmt: skip
DOORS = frozenset(
    {
        "csp.report", "demo.sign-in", "sign-in.ask", "sign-in.code.use", "sign-in.link.use", "sign-out",
        "passkey.sign-in.options", "passkey.sign-in", "invitation.accept", "correction.send",
        "sign-in.sso", "sign-in.sso.use",
    }
)  # fmt: skip
"""What everybody may send without an account. A new one is put here by somebody who has thought of it."""


def test_every_role_and_scope_has_a_column() -> None:
    """A new role or scope of tokens needs a column, and somebody who decides what is in it."""
    assert set(ROLE_OF.values()) == set(Role)
    assert set(SCOPE_OF.values()) == set(TokenScope)
    assert set(ROLE_OF) | set(SCOPE_OF) == set(COLUMNS)


def test_every_principal_has_a_column_and_a_standing() -> None:
    """At least twenty, the living and the dead."""
    assert set(PRINCIPALS) == set(COLUMN_OF) == set(STANDING)
    assert len(PRINCIPALS) >= 20


def test_no_route_is_undeclared(library: Library) -> None:
    """Every route of the app has its line, and no line is left over."""
    routes = {str(route.name) for route in walk(library.app)}
    assert routes == set(LETTERS)
    assert set(FINDS) <= routes


@pytest.mark.parametrize("route", sorted(LETTERS))
def test_the_app_says_the_same(route: str) -> None:
    """Two sources, one written for the app and one for the tests, agree on every role and scope."""
    access = POLICY[route]
    for column, role in ROLE_OF.items():
        roles = {Role.VISITOR, Role.SIGNED_IN, role} if column != "visitor" else {role}
        is_open = not roles.isdisjoint(access.roles) and route != "demo.sign-in"
        expected = "-" if not is_open else "c" if access.is_confirmed else "y"
        assert LETTERS[route][column] == expected, column
    for column, scope in SCOPE_OF.items():
        is_open = access.token is scope and Role.CITY_LEAD in access.roles | {Role.CITY_LEAD}
        assert LETTERS[route][column] == ("y" if is_open else "f"), column


def _writes(app: FastAPI) -> set[str]:
    return {str(route.name) for route in walk(app) if set(route.methods or ()) - SAFE_METHODS}


def test_who_may_only_read_cannot_send(library: Library) -> None:
    """A route that changes something is open to everybody only if it is one of the doors (V10)."""
    open_to_all = {route for route in _writes(library.app) if Role.VISITOR in POLICY[route].roles}
    assert open_to_all == DOORS
    silent = {route for route in _writes(library.app) if POLICY[route].event is None}
    assert silent == {
        "csp.report", "sign-in.ask", "passkey.sign-in.options", "passkey.new.options",
        "confirm.passkey.options", "sign-in.sso", "account.sso.link",
    }  # fmt: skip


def test_a_route_without_a_line_stops_the_app(library: Library) -> None:
    """And so does a line without a route; the app as it is may start."""
    app = FastAPI(openapi_url=None)
    for route in walk(library.app):
        app.add_api_route(f"/{route.name}", lambda: None, name=route.name)
    check_every_route(app)
    app.add_api_route("/new", lambda: None, name="nobody.said")
    with pytest.raises(RuntimeError, match=r"nobody\.said"):
        check_every_route(app)
    with pytest.raises(RuntimeError, match="policies without a route"):
        check_every_route(FastAPI(openapi_url=None))


@pytest.mark.parametrize("name", POLICY)
def test_who_may_knock(name: str) -> None:
    """Each role and each token by itself: through, or told that nothing is there."""
    access = POLICY[name]
    for role in set(Role) - {Role.VISITOR, Role.SIGNED_IN}:
        person = Actor(UUID(int=1), "x", frozenset({Grant(role)}))
        if person.roles.isdisjoint(access.roles):
            with pytest.raises(NotFound):
                authorize(access, person)
        else:
            authorize(access, person)
        for scope in TokenScope:
            program = Actor(UUID(int=1), "x", frozenset({Grant(role)}), frozenset({scope}))
            if scope is not access.token:
                with pytest.raises(Forbidden):
                    authorize(access, program)
