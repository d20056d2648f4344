"""Time and shares of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

MILLISECOND = 1e-3


@dataclass(frozen=True, slots=True)
class Spread:
    """Medians and 95th percentiles, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """From measured seconds, at least two."""
        cuts = quantiles(seconds, n=100, method="inclusive")
        return cls(cuts[49] / MILLISECOND, cuts[94] / MILLISECOND)

    def __str__(self) -> str:
        return f"{self.p50:.2f} / {self.p95:.2f}"


def ratios(one: Spread, floor: Spread) -> str:
    """How many times the floor, at the median and at the 95th percentile."""
    return f"{one.p50 / floor.p50:.2f} / {one.p95 / floor.p95:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
