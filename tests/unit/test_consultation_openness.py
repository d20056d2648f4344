"""What a city is told about publicity before it sends its answers."""

from typing import Any

import pytest

from app.features.consultations.rules.openness import openness_of

PUBLIC = {"attribution": "A3", "sensitivity": "public"}
WHOLE = {**PUBLIC, "consent_given": True}


def answers(privacy: dict[str, Any], *needs: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Answers with nothing but needs."""
    found: dict[str, dict[str, Any]] = {
        code: {"statements": []} for code in ("concerns", "approaches", "assets", "gaps", "needs")
    }
    found["needs"]["statements"] = list(needs)
    return {**found, "privacy": privacy}


@pytest.mark.parametrize(
    ("privacy", "need", "open_ones"),
    [
        (WHOLE, PUBLIC, 1),
        (WHOLE, {"attribution": "A3", "sensitivity": "network"}, 0),
        (WHOLE, {"attribution": "A2", "sensitivity": "public"}, 0),
        ({**WHOLE, "consent_given": False}, PUBLIC, 0),
        ({**WHOLE, "sensitivity": None}, PUBLIC, 0),
        ({**WHOLE, "attribution": "A1"}, PUBLIC, 0),
    ],
)
def test_the_stricter_answer_counts(privacy: dict[str, Any], need: dict[str, Any], open_ones: int) -> None:
    """Of the whole and of the statement, and nothing without consent."""
    found = openness_of(answers(privacy, need))
    assert (found.public, found.total) == (open_ones, 1)
