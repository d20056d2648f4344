"""A token never reads more than its owner, than its ceiling, than its places."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.core.actor import Actor, Grant, Role, TokenScope
from app.core.scope import EVERYWHERE, NOWHERE, Area, Scope
from app.core.sensitivity import Sensitivity
from app.features.accounts.rules.tokens import bounds_of, may_be_bound_to, narrowed, places_of, uses_of
from app.features.confidentiality.rules import Copied, Filed, may_read, may_read_copy
from tests.factories.accounts import MOSUL

BASRA = "iq-basra"
PLACES = ((MOSUL, "IQ"), (BASRA, "IQ"), ("ma-rabat", "MA"))
ROLES = [role for role in Role if role not in (Role.VISITOR, Role.SIGNED_IN)]

areas = st.builds(
    Area,
    st.frozensets(st.sampled_from([place for place, _ in PLACES])),
    st.frozensets(st.sampled_from(["IQ", "MA"])),
    st.booleans(),
)
grants = st.frozensets(st.builds(Grant, st.sampled_from(ROLES), areas), max_size=4)
ceilings = st.sampled_from(list(Sensitivity))
uses = st.frozensets(st.sampled_from(list(TokenScope)))


Held = frozenset[Grant]
Uses = frozenset[TokenScope]


def _token(held: Held, scopes: Uses, bounds: Area, ceiling: Sensitivity) -> Scope:
    return Actor(None, "x", narrowed(held, bounds), uses_of(scopes, ceiling), ceiling).scope


def _whole(scope: Scope) -> set[tuple[str, bool]]:
    """The consultations of a small world that a scope reads, by place and whether they were sent."""
    return {
        (place, was_sent)
        for (place, country), was_sent in product(PLACES, (True, False))
        if may_read(scope, Filed(place, country, was_sent))
    }


def _copies(scope: Scope) -> set[tuple[Sensitivity, str]]:
    """The published copies that it reads, by audience and place."""
    return {
        (audience, place[0])
        for audience, place in product(Sensitivity, PLACES)
        if may_read_copy(scope, Copied(audience, [place]))
    }


def _is_less(one: Scope, other: Scope) -> bool:
    return _whole(one) <= _whole(other) and _copies(one) <= _copies(other)


@given(grants, uses, areas, ceilings)
def test_never_above_the_owner(held: Held, scopes: Uses, bounds: Area, ceiling: Sensitivity) -> None:
    """Whatever a token says, its owner reads it too; nothing of it comes from a role of the hub."""
    of_token = _token(held, scopes, bounds, ceiling)
    assert _is_less(of_token, Actor(None, "x", held).scope)
    assert (of_token.hub, of_token.is_desk, of_token.may_edit) == (NOWHERE, False, False)


@given(grants, uses, areas, ceilings, ceilings)
def test_a_lower_ceiling_reads_no_more(
    held: Held, scopes: Uses, bounds: Area, one: Sensitivity, other: Sensitivity
) -> None:
    """Monotone; and nothing above the ceiling is read at all."""
    order = list(Sensitivity)
    low, high = sorted((one, other), key=order.index)
    of_token = _token(held, scopes, bounds, low)
    assert _is_less(of_token, _token(held, scopes, bounds, high))
    assert all(order.index(audience) <= order.index(low) for audience, _ in _copies(of_token))
    assert low is Sensitivity.HUB or not _whole(of_token)


@given(grants, uses, areas, areas)
def test_bounds_only_take_away(held: Held, scopes: Uses, bounds: Area, more: Area) -> None:
    """More bounds, fewer rights; a token bound to places of nobody has none."""
    within = _token(held, scopes, bounds & more, Sensitivity.HUB)
    assert _is_less(within, _token(held, scopes, bounds, Sensitivity.HUB))
    assert narrowed(held, NOWHERE) == frozenset()


def test_what_tokens_are_good_for() -> None:
    """By hand, a lead of one city with a partner's role in a country."""
    held = frozenset(
        {
            Grant(Role.CITY_LEAD, Area(frozenset({MOSUL}))),
            Grant(Role.PARTNER, Area(frozenset(), frozenset({"IQ"}))),
        }
    )
    own = frozenset({TokenScope.OWN_CONSULTATIONS})
    whole = _token(held, own, EVERYWHERE, Sensitivity.HUB)
    assert (whole.own.cities, whole.is_network) == (frozenset({MOSUL}), True)
    assert not _token(held, frozenset({TokenScope.LIBRARY}), EVERYWHERE, Sensitivity.HUB).own
    assert not _token(held, own, EVERYWHERE, Sensitivity.PARTNERS).own
    assert _token(held, own, EVERYWHERE, Sensitivity.PARTNERS).partner == Area(
        frozenset({MOSUL}), frozenset({"IQ"})
    )
    assert _token(held, own, EVERYWHERE, Sensitivity.PUBLIC) == Scope()
    assert _token(held, own, bounds_of([BASRA], []), Sensitivity.HUB) == Scope()
    assert _token(held, own, bounds_of([], ["IQ"]), Sensitivity.HUB).own == NOWHERE
    assert uses_of(TokenScope, Sensitivity.PARTNERS) == frozenset(TokenScope) - {
        TokenScope.FILE_CONSULTATIONS
    }
    assert uses_of(TokenScope, Sensitivity.HUB) == frozenset(TokenScope)
    lead = Actor(None, "x", held | {Grant(Role.HUB_ADMIN, Area(frozenset(), frozenset({"MA"})))})
    assert places_of(lead) == Area(frozenset({MOSUL}), frozenset({"IQ"})), "not those of the hub's roles"
    assert may_be_bound_to(lead, [MOSUL], ["IQ"])
    assert not may_be_bound_to(lead, [BASRA], [])
    assert not may_be_bound_to(lead, [], ["MA"])
