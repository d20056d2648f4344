"""Which records to compare: two to four, in the order asked for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

FEWEST, MOST = 2, 4
MOST_ASKED = 20
"""How many addresses of records are looked at; a longer list is cut."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for: compared (`kept`), beyond the limit (`over`), not there (`unknown`)."""

    kept: tuple[str, ...]
    over: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there is something to compare."""
        return len(self.kept) >= FEWEST

    @property
    def chosen(self) -> tuple[str, ...]:
        """All records that exist: nothing that was asked for is lost."""
        return self.kept + self.over

    def without(self, slug: str) -> tuple[str, ...]:
        """The records chosen, but one."""
        return tuple(one for one in self.chosen if one != slug)


def asked_for(slugs: Iterable[str]) -> tuple[str, ...]:
    """What an address asks for: no empty ones, no repeats, at most `MOST_ASKED`."""
    stripped = (slug.strip() for slug in slugs)
    return tuple(dict.fromkeys(slug for slug in stripped if slug))[:MOST_ASKED]


def select_known(asked: Iterable[str], known: Collection[str]) -> Selection:
    """The first four known records are compared; the others are kept beside them."""
    asked = tuple(asked)
    found = tuple(slug for slug in asked if slug in known)
    return Selection(found[:MOST], found[MOST:], tuple(slug for slug in asked if slug not in known))
