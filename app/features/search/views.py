"""What a search of the library finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.paging import Page
from app.features.practices.views import PracticeCard
from app.features.search.commands.filter import PracticeFilter
from app.features.search.rules.highlight import Segment
from app.features.search.rules.interpretation import Marks


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A code of a facet with its label and how many practices carry it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address of the list without it."""

    facet: str
    code: str
    label: str
    query: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PracticeResults:
    """One page of practices, all facets with their counts, and the filters in use.

    `marked` has the found words of titles and one-line texts, by slug.
    """

    filter: PracticeFilter
    page: Page[PracticeCard]
    facets: Mapping[str, tuple[FacetOption, ...]]
    chips: tuple[Chip, ...]
    marked: Mapping[str, Mapping[str, tuple[Segment, ...]]]
    is_widened: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the index answers: one page of slugs, in order, and counts over the whole list.

    A facet's own selection does not narrow its counts. `is_widened` says that hardly any practice
    holds every word, so that the list has those that hold most of them; `marks` is for highlights.
    """

    slugs: tuple[str, ...]
    total: int
    facet_counts: Mapping[str, Mapping[str, int]]
    is_widened: bool = False
    marks: Marks = field(default_factory=Marks)
