"""What is given to the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.features.search.commands.filter import Codes


@dataclass(frozen=True, slots=True)
class IndexedPractice:
    """A published practice as the index takes it.

    `texts` maps a language to texts by field (`title`, `one_line`, `summary`, `body`).
    `published`, `started` and `confirmed` only need to grow with time (days, for example).
    """

    slug: str
    texts: Mapping[str, Mapping[str, str]]
    place_names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    facets: Mapping[str, Codes] = field(default_factory=dict)
    evidence: int = 0
    published: int = 0
    started: int | None = None
    confirmed: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index follows the sequence of changes.

    `sequence` is the last change it holds; `happened_at` of that change tells two databases apart
    that have counted equally far. `seen` has the last few changes one by one: a transaction may take
    its number early and commit late.
    """

    sequence: int = 0
    happened_at: str = ""
    seen: tuple[int, ...] = ()
