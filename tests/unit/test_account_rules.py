"""Roles, lives of sessions, secrets and throttles: the rules that every sign-in rests on."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actor import CITY_ROLES, HUB_ROLES, Actor, Grant, Role, TokenScope
from app.core.credentials import Strength
from app.core.scope import EVERYWHERE, NOWHERE, Area
from app.features.accounts.rules import sessions
from app.features.accounts.rules.roles import (
    EVERYWHERE_ALIKE,
    GRANTABLE,
    RANK,
    acts_now,
    area_for,
    may_grant,
    may_manage,
)
from app.features.accounts.rules.secrets import (
    API_PREFIX,
    CODE_LETTERS,
    form_token,
    hash_code,
    is_api_token,
    is_form_token,
    new_api_token,
    new_code,
    new_token,
    tidy_code,
)
from app.features.accounts.rules.sessions import (
    ABSOLUTE,
    CONFIRMED_FOR,
    IDLE,
    IDLE_HUB,
    adds_passkey,
    has_shown_passkey,
    is_confirmed,
    is_live,
)
from app.features.accounts.rules.throttling import (
    MAILS,
    SECOND_FACTOR,
    SIGN_IN,
    SIGN_IN_ALL,
    SIGN_IN_HERE,
    Limit,
)
from tests.factories.people import an_actor

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
MOSUL, AMMAN = Area(cities=frozenset({"iq-mosul"})), Area(cities=frozenset({"jo-amman"}))
BOTH, IRAQ = MOSUL | AMMAN, Area(countries=frozenset({"IQ"}))
AREAS = (EVERYWHERE, NOWHERE, MOSUL, AMMAN, BOTH, IRAQ, MOSUL | IRAQ)
GIVEN = [role for role in Role if RANK[role] > 0]

areas = st.builds(
    Area,
    st.frozensets(st.sampled_from(["iq-mosul", "iq-kirkuk", "jo-amman"])),
    st.frozensets(st.sampled_from(["IQ", "JO", "TN"])),
    st.just(value=False),
) | st.just(EVERYWHERE)
grants = st.builds(Grant, st.sampled_from(GIVEN), areas)


def somebody(*held: Grant, token: frozenset[TokenScope] | None = None) -> Actor:
    """An actor with these grants."""
    return Actor(an_actor("practitioner").account_id, "p", frozenset(held), token)


# --- roles ---------------------------------------------------------------------------------------


def test_every_role_has_a_rank() -> None:
    """A new role without a rank would be nobody's to give, or everybody's."""
    assert set(RANK) == set(Role)
    assert set(GRANTABLE) == set(GIVEN)


@pytest.mark.parametrize("role", GIVEN)
def test_who_gives_what(role: Role) -> None:
    """All triples of grantor, role and area: leads give one role, administrators what is below.

    What works everywhere alike comes from administrators of everything.
    """
    wrong = []
    for given_role, own, asked in product(Role, AREAS, AREAS):
        allowed = may_grant(somebody(Grant(role, own)), given_role, asked)
        is_within = own.is_everywhere or (
            not asked.is_everywhere and asked.cities <= own.cities and asked.countries <= own.countries
        )
        gives = {
            Role.HUB_ADMIN: set(Role) - {Role.HUB_ADMIN},
            Role.CITY_LEAD: {Role.CITY_CONTRIBUTOR},
        }.get(role, set())
        reaches = own.is_everywhere or given_role not in EVERYWHERE_ALIKE
        if allowed != (given_role in gives and is_within and reaches):
            wrong.append((given_role, own, asked))
    assert wrong == []


@given(st.lists(grants, max_size=4), st.sampled_from(list(Role)), areas)
def test_nobody_raises_themselves_or_reaches_further(held: list[Grant], role: Role, area: Area) -> None:
    """What is given lies below one single grant of the giver, in rank and area; programs give nothing."""
    actor = somebody(*held)
    if may_grant(actor, role, area):
        assert any(
            RANK[role] < RANK[grant.role] and (grant.area.is_everywhere or (area | grant.area) == grant.area)
            for grant in held
        )
    assert not may_grant(somebody(*held, token=frozenset(TokenScope)), role, area)


@given(st.lists(grants, max_size=3), st.lists(grants, max_size=3))
def test_managing_is_giving_every_role(held: list[Grant], theirs: list[Grant]) -> None:
    """One role beyond reach is enough to be left alone; nobody manages themselves or somebody above."""
    actor = somebody(*held)
    assert not may_manage(actor, theirs, is_self=True)
    assert not may_manage(somebody(*held, token=frozenset(TokenScope)), theirs, is_self=False)
    manages = may_manage(actor, theirs, is_self=False)
    if theirs:
        assert manages == all(may_grant(actor, one.role, one.area) for one in theirs)
        assert not manages or max(RANK[one.role] for one in theirs) < max(RANK[one.role] for one in held)
    else:
        assert manages == (Grant(Role.HUB_ADMIN, EVERYWHERE) in held)


@given(st.sampled_from(GIVEN), st.frozensets(st.sampled_from(["a", "b"])), st.frozensets(st.just("IQ")))
def test_only_city_roles_can_be_nowhere(
    role: Role, cities: frozenset[str], countries: frozenset[str]
) -> None:
    """Nothing named means everywhere, for a role of a city nowhere."""
    area = area_for(role, cities, countries)
    assert area.is_everywhere == (not cities and not countries and role not in CITY_ROLES)
    assert (area.cities, area.countries) == (cities, countries)


@pytest.mark.parametrize("role", list(Role))
def test_hub_roles_sleep_until_a_passkey_is_shown(role: Role) -> None:
    """Others act at once."""
    assert acts_now(role, has_shown_passkey=True)
    assert acts_now(role, has_shown_passkey=False) == (role not in HUB_ROLES)


# --- lives of sessions ---------------------------------------------------------------------------

moments = st.timedeltas(timedelta(0), timedelta(hours=14))


def lives(created: timedelta, seen: timedelta, now: timedelta, *roles: Role, ended: bool = False) -> bool:
    """Whether a session lives, with moments after `NOW`."""
    return is_live(
        created_at=NOW + created,
        seen_at=NOW + seen,
        ended_at=NOW if ended else None,
        roles=roles,
        now=NOW + now,
    )


@pytest.mark.parametrize(("role", "idle"), [(Role.HUB_ADMIN, IDLE_HUB), (Role.CITY_LEAD, IDLE)])
def test_a_session_ends_on_time(role: Role, idle: timedelta) -> None:
    """To the second: idle, and at last though it was used all the time."""
    start, second = timedelta(0), timedelta(seconds=1)
    assert lives(start, start, idle - second, role)
    assert not lives(start, start, idle, role)
    assert lives(start, ABSOLUTE - second, ABSOLUTE - second, role)
    assert not lives(start, ABSOLUTE - second, ABSOLUTE, role)


@given(moments, moments, moments, st.sets(st.sampled_from(list(Role))))
def test_what_ended_stays_ended(seen: timedelta, now: timedelta, later: timedelta, roles: set[Role]) -> None:
    """Time only takes away; an ended session lives at no time; a role more never makes a life longer."""
    start = timedelta(0)
    assert not lives(start, seen, now, *roles, ended=True)
    if seen <= now and not lives(start, seen, now, *roles):
        assert not lives(start, seen, now + later, *roles)
    if lives(start, seen, now, *roles, Role.REVIEWER):
        assert lives(start, seen, now, *roles)


@given(moments, moments)
def test_a_clock_put_back_revives_nothing(seen: timedelta, back: timedelta) -> None:
    """Before the moment it was last used, a session is none: somebody has moved the clock."""
    slack = sessions.SEEN_EVERY
    assert lives(timedelta(0), seen, seen - back) == (back <= slack and seen - back < ABSOLUTE)


@given(st.timedeltas(-timedelta(days=1), timedelta(days=1)), st.sampled_from(list(Strength)))
def test_a_proof_holds_five_minutes(age: timedelta, strength: Strength) -> None:
    """Neither longer nor before it was given; the demo proves nothing."""
    holds = strength is Strength.DEMO or timedelta(0) <= age < CONFIRMED_FOR
    assert is_confirmed(NOW - age, strength, NOW) == holds
    assert is_confirmed(None, strength, NOW) == (strength is Strength.DEMO)


def test_who_adds_a_passkey() -> None:
    """The whole table: strength, first one or not. Never without a fresh proof."""
    table = tuple(product(Strength, (True, False)))
    adds = {one for one in table if adds_passkey(one[0], is_first=one[1], is_confirmed=True)}
    mail_alone = {Strength.EMAIL, Strength.SINGLE_SIGN_ON}
    strong = {Strength.PASSKEY, Strength.RECOVERY}
    assert adds == {*product(mail_alone, (True,)), *product(strong, (True, False))}
    assert not any(adds_passkey(one[0], is_first=one[1], is_confirmed=False) for one in table)
    assert {one for one in Strength if has_shown_passkey(one)} == {Strength.PASSKEY, Strength.DEMO}


# --- secrets -------------------------------------------------------------------------------------

_FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_DIGITS = [str.maketrans("0123456789", digits) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789")]


@given(
    st.text(CODE_LETTERS, min_size=8, max_size=16),
    st.sampled_from([*_DIGITS, _FULL_WIDTH]),
    st.sampled_from(["", " ", "-", " - ", "\u00a0", "\u200f", "\n", "."]),
    st.booleans(),
)
def test_a_code_may_be_typed_in_any_way(code: str, digits: dict[int, str], gap: str, is_small: bool) -> None:
    """Digits of any script, capitals or not, with gaps, in full width: all the same, and nothing else is."""
    typed = gap.join((code.lower() if is_small else code).translate(digits))
    assert tidy_code(typed) == code
    assert hash_code(b"k", typed) == hash_code(b"k", code)
    assert hash_code(b"k", typed + "2") != hash_code(b"k", code)
    assert hash_code(b"other", typed) != hash_code(b"k", code)


@given(st.text(max_size=400))
def test_any_text_can_be_typed_as_a_code(typed: str) -> None:
    """Nothing breaks, and nothing grows."""
    assert len(tidy_code(typed)) <= 64
    assert re.fullmatch("[0-9a-f]{64}", hash_code(b"k", typed))


def test_codes_avoid_what_looks_alike() -> None:
    """And no two are the same."""
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("01ILOU")
    assert len({new_token() for _ in range(500)}) == 500
    assert all(len(new_token()) == 43 for _ in range(20))


@given(st.integers(0, 76), st.sampled_from("0123456789abcdefXyz "))
def test_a_mistyped_token_is_seen_without_the_database(place: int, letter: str) -> None:
    """One letter other than it was: its check sum says so."""
    token = new_api_token()
    assert is_api_token(token)
    assert token.startswith(API_PREFIX)
    changed = token[:place] + letter + token[place + 1 :]
    assert is_api_token(changed) == (changed == token)
    for other in (token[:-1], token + "0", token.upper(), "", API_PREFIX, token.replace("_", "-")):
        assert not is_api_token(other)


@given(st.text(max_size=100))
def test_any_text_may_come_as_a_token(text: str) -> None:
    """It is none of ours, and breaks nothing."""
    assert not is_api_token(text)
    assert not is_api_token(API_PREFIX + text)


def test_form_tokens_are_bound() -> None:
    """To the key and to the session; no two are alike."""
    tokens = {(key, of): form_token(key, of) for key in (b"k", b"l") for of in ("a", "b")}
    for made_for, token in tokens.items():
        assert [of for of in tokens if is_form_token(*of, token)] == [made_for]
        assert form_token(*made_for) != token
        assert not is_form_token(*made_for, "")
        assert not is_form_token(*made_for, token[1:])


# --- throttles -----------------------------------------------------------------------------------


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([*SIGN_IN, *SIGN_IN_HERE, *SIGN_IN_ALL, *SECOND_FACTOR, *MAILS]),
)
def test_every_moment_lies_in_one_span(now: datetime, limit: Limit) -> None:
    """Spans follow one another without a gap, the same for whoever counts."""
    begins = limit.begins(now)
    assert begins <= now < begins + limit.span
    assert limit.begins(begins) == begins
    assert limit.begins(begins + limit.span) == begins + limit.span
    assert limit.begins(begins - timedelta(seconds=1)) == begins - limit.span


def test_the_figures() -> None:
    """Those of PyPI."""
    told = {
        "here": [(one.most, one.span) for one in SIGN_IN_HERE],
        "account": [(one.most, one.span) for one in SIGN_IN],
        "all": [(one.most, one.span) for one in SIGN_IN_ALL],
        "codes": [(one.most, one.span) for one in SECOND_FACTOR],
    }
    five, hour, day = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
    assert told == {
        "here": [(10, five)],
        "account": [(20, hour)],
        "all": [(1000, five)],
        "codes": [(5, five), (20, hour), (50, day)],
    }
