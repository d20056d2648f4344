"""Which practices are related, and why: by what they share, so that the reason can always be said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WEIGHTS: Mapping[str, int] = {"need": 4, "intervention": 3, "threat": 2, "theme": 2, "country": 1}
"""What a shared code of each facet counts. A shared need says more than a shared country."""

MOST_RELATED = 4


@dataclass(frozen=True, slots=True)
class Relation:
    """A related practice and the codes it shares, by facet."""

    slug: str
    shared: Mapping[str, tuple[str, ...]]

    @property
    def weight(self) -> int:
        """How much is shared."""
        return sum(WEIGHTS[facet] * len(codes) for facet, codes in self.shared.items())


def relate(shared: Iterable[tuple[str, str, str]], *, most: int = MOST_RELATED) -> tuple[Relation, ...]:
    """Relations from triples (slug, facet, code), closest first; facets without a weight do not count."""
    by_slug: dict[str, dict[str, set[str]]] = {}
    for slug, facet, code in shared:
        if facet in WEIGHTS:
            by_slug.setdefault(slug, {}).setdefault(facet, set()).add(code)
    relations = [
        Relation(slug, {facet: tuple(sorted(facets[facet])) for facet in WEIGHTS if facet in facets})
        for slug, facets in by_slug.items()
    ]
    return tuple(sorted(relations, key=lambda one: (-one.weight, one.slug))[:most])
