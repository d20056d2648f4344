"""What a search of the library finds."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.languages import Language
from app.core.paging import Page
from app.features.practices.views import PracticeCard
from app.features.search.commands.filter import PracticeFilter
from app.features.search.rules.highlight import Segment


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
    language: Language


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The library page. `chosen` are practices picked for a comparison."""

    found: PracticeResults
    notices: tuple[str, ...]
    chosen: tuple[str, ...]
