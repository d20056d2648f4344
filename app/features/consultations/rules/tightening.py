"""The hub may show less of a statement than its city allows, never more."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from app.core.errors import FieldError
from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.models.base import Attribution

LOOSER = noop("The city has allowed less than this; choose the same level or a stricter one")

ATTRIBUTION_BY_STRICTNESS = (
    Attribution.NAMED,
    Attribution.ROLE,
    Attribution.CITY,
    Attribution.COUNTRY,
    Attribution.REGION,
    Attribution.HUB_ONLY,
)
SENSITIVITY_BY_STRICTNESS = (
    Sensitivity.PUBLIC,
    Sensitivity.NETWORK,
    Sensitivity.PARTNERS,
    Sensitivity.HUB,
)

Level = TypeVar("Level", bound=StrEnum)


def attributions_from(given: str) -> tuple[Attribution, ...]:
    """The given level and the stricter ones."""
    return _from(ATTRIBUTION_BY_STRICTNESS, given)


def sensitivities_from(given: str) -> tuple[Sensitivity, ...]:
    """The given level and the stricter ones."""
    return _from(SENSITIVITY_BY_STRICTNESS, given)


def _from(levels: Sequence[Level], given: str) -> tuple[Level, ...]:
    start = [str(level) for level in levels].index(given)
    return tuple(levels[start:])


def looser_levels(
    given: tuple[Attribution, Sensitivity], wanted: tuple[Attribution, Sensitivity]
) -> list[FieldError]:
    """One error per level that would show more than was given."""
    errors = []
    if wanted[0] not in attributions_from(given[0]):
        errors.append(FieldError("attribution", LOOSER))
    if wanted[1] not in sensitivities_from(given[1]):
        errors.append(FieldError("sensitivity", LOOSER))
    return errors
