"""Numbers that may be compared, and those that may not.

A number is a value with its unit and its basis. Nothing is ever converted: 90,000 USD a year and
40,000 EUR for a project stand side by side without a word on which is less.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What stands beside the ends of a row of comparable numbers."""

    LOWEST = "lowest"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value; its unit (a currency, inhabitants); its basis (what it covers, who counted, as of when)."""

    value: float
    unit: str | None
    basis: str | None

    def is_comparable_with(self, other: "Quantity") -> bool:
        """Whether both say the same kind of thing: unit and basis are known and equal."""
        return None not in (self.unit, self.basis) and (self.unit, self.basis) == (other.unit, other.basis)


def marks(quantities: Sequence[Quantity | None]) -> tuple[Mark | None, ...]:
    """The lowest and the highest of a row, when all numbers that are reported can be compared.

    None where a number is not reported. Equal numbers share a mark; when all are equal there is none.
    """
    reported = [quantity for quantity in quantities if quantity is not None]
    if len(reported) < 2 or not all(one.is_comparable_with(reported[0]) for one in reported):
        return (None,) * len(quantities)
    lowest, highest = min(one.value for one in reported), max(one.value for one in reported)
    if lowest == highest:
        return (None,) * len(quantities)
    ends = {lowest: Mark.LOWEST, highest: Mark.HIGHEST}
    return tuple(ends.get(one.value) if one is not None else None for one in quantities)


def differ(keys: Sequence[Hashable]) -> bool:
    """Whether a row says different things of what is compared."""
    return len(set(keys)) > 1
