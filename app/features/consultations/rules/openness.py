"""What a city allows to become public, told before it sends its answers."""

from collections.abc import Mapping
from typing import Any

from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.publication.rules import Visibility, effective_visibility
from app.models.base import Attribution, Sensitivity


def openness_of(answers: Mapping[str, Mapping[str, Any]]) -> tuple[int, int]:
    """How many statements may become public one by one once the hub has read them, out of how many."""
    statements = [
        row
        for code, section in SECTIONS.items()
        if section.has_statements
        for row in answers[code]["statements"]
    ]
    privacy = answers["privacy"]
    if not privacy["consent_given"]:
        return 0, len(statements)
    whole = _visibility(privacy)
    return sum(min(whole, _visibility(row)) >= Visibility.CITY for row in statements), len(statements)


def _visibility(levels: Mapping[str, Any]) -> Visibility:
    if levels["sensitivity"] is None or levels["attribution"] is None:
        return Visibility.HIDDEN
    return effective_visibility(Sensitivity(levels["sensitivity"]), Attribution(levels["attribution"]))
