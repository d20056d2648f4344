"""What may leave the hub: every pair of levels, and never more for a stricter one."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.sensitivity import Sensitivity
from app.features.publication.rules import Visibility, effective_visibility
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
