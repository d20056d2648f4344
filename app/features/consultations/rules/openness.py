"""What a city allows to become public, told before it sends its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.sensitivity import Sensitivity
from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.publication.rules import Reader, Visibility, effective_visibility
from app.models.base import Attribution


@dataclass(frozen=True, slots=True)
class Openness:
    """How many statements others may read one by one once the hub has read them, of how many."""

    public: int
    members: int
    """Only by those who hold a role in Medina (the network, partners)."""
    total: int


def openness_of(answers: Mapping[str, Mapping[str, Any]]) -> Openness:
    """What the levels of the whole and of each statement let out; the stricter counts."""
    statements = [
        row
        for code, section in SECTIONS.items()
        if section.has_statements
        for row in answers[code]["statements"]
    ]
    privacy = answers["privacy"]
    if not privacy["consent_given"]:
        return Openness(0, 0, len(statements))
    public, members = (
        sum(min(_seen(privacy, reader), _seen(row, reader)) >= Visibility.CITY for row in statements)
        for reader in (Reader.PUBLIC, Reader.PARTNER)
    )
    return Openness(public, members - public, len(statements))


def _seen(levels: Mapping[str, Any], reader: Reader) -> Visibility:
    if levels["sensitivity"] is None or levels["attribution"] is None:
        return Visibility.HIDDEN
    sensitivity, attribution = Sensitivity(levels["sensitivity"]), Attribution(levels["attribution"])
    return effective_visibility(sensitivity, attribution, reader)
