"""What may leave the hub: every pair of levels, and never more for a stricter one."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.scope import Area, Scope
from app.core.sensitivity import Sensitivity
from app.features.publication.rules import (
    Reader,
    Visibility,
    copied_visibility,
    effective_visibility,
    reader_of,
    strictest,
)
from app.models.base import Attribution

ATTRIBUTIONS = list(Attribution)
SENSITIVITIES = list(Sensitivity)  # from the mildest to the most severe


def test_the_whole_table() -> None:
    """Only public statements leave, and with no more than their attribution allows."""
    shown = {
        (sensitivity, attribution): effective_visibility(sensitivity, attribution)
        for sensitivity in Sensitivity
        for attribution in Attribution
    }
    assert {pair: level for pair, level in shown.items() if level} == {
        (Sensitivity.PUBLIC, Attribution.COUNTRY): Visibility.COUNTRY,
        (Sensitivity.PUBLIC, Attribution.CITY): Visibility.CITY,
        (Sensitivity.PUBLIC, Attribution.ROLE): Visibility.ROLE,
        (Sensitivity.PUBLIC, Attribution.NAMED): Visibility.NAMED,
    }


@given(
    st.sampled_from(SENSITIVITIES),
    st.sampled_from(SENSITIVITIES),
    st.sampled_from(ATTRIBUTIONS),
    st.sampled_from(ATTRIBUTIONS),
)
def test_stricter_never_shows_more(
    one: Sensitivity, other: Sensitivity, a: Attribution, b: Attribution
) -> None:
    """Monotone in both levels."""
    strict = max(one, other, key=SENSITIVITIES.index), min(a, b, key=ATTRIBUTIONS.index)
    assert effective_visibility(*strict) <= effective_visibility(one, a)


def test_the_stricter_of_two_counts() -> None:
    """In either order; and a thing is as strict as itself."""
    order = [Sensitivity.PUBLIC, Sensitivity.NETWORK, Sensitivity.PARTNERS, Sensitivity.HUB]
    for (i, one), (k, other) in product(enumerate(order), enumerate(order)):
        assert strictest(one, other) is order[max(i, k)]


COPIED = {
    Sensitivity.PUBLIC: dict(zip(Attribution, "HHC123", strict=True)),
    Sensitivity.NETWORK: dict(zip(Attribution, "HHC123", strict=True)),
    Sensitivity.PARTNERS: dict(zip(Attribution, "HHC123", strict=True)),
    Sensitivity.HUB: dict.fromkeys(Attribution, "H"),
}
_LETTERS = dict(zip("HC123", Visibility, strict=True))


@pytest.mark.parametrize(("sensitivity", "attribution"), list(product(Sensitivity, Attribution)))
def test_what_a_copy_says(sensitivity: Sensitivity, attribution: Attribution) -> None:
    """By hand: nothing that is for the hub is copied, and of the rest no more than consent allows."""
    assert copied_visibility(sensitivity, attribution) is _LETTERS[COPIED[sensitivity][attribution]]


def test_who_reads() -> None:
    """What somebody is to a record about a place, by what their scope names."""
    place, country = "iq-mosul", "IQ"
    here, there = Area(frozenset({place})), Area(frozenset({"jo-zarqa"}), frozenset({"JO"}))
    whole = Area(countries=frozenset({country}))
    for scope, reader in (
        (Scope(), Reader.PUBLIC),
        (Scope(is_network=True), Reader.NETWORK),
        (Scope(is_network=True, partner=there), Reader.NETWORK),
        (Scope(is_network=True, partner=whole), Reader.PARTNER),
        (Scope(hub=whole, partner=whole), Reader.HUB),
        (Scope(hub=there, is_network=True), Reader.NETWORK),
        (Scope(own=here, hub=whole), Reader.OWN),
        (Scope(own=there), Reader.PUBLIC),
        (Scope(is_system=True), Reader.OWN),
    ):
        assert reader_of(scope, place, country) is reader
