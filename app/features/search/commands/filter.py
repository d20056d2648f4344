"""What may be asked of the library, and what is given to the index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.paging import PAGE_SIZE

FACETS = (
    "theme",
    "threat",
    "need",
    "country",
    "city",
    "target_group",
    "intervention",
    "prevention_level",
    "evidence",
    "year",
    "language",
)
"""The filters of the library, in the order in which readers meet them."""

Codes = tuple[str, ...]


class Sort(StrEnum):
    """Orders of a result list."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"
    RECENTLY_CONFIRMED = "recently-confirmed"


class PracticeFilter(BaseModel):
    """A question to the library: words, codes per facet, order, page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    theme: Codes = ()
    threat: Codes = ()
    need: Codes = ()
    country: Codes = ()
    city: Codes = ()
    target_group: Codes = ()
    intervention: Codes = ()
    prevention_level: Codes = ()
    evidence: Codes = ()
    year: Codes = ()
    language: Codes = ()
    sort: Sort | None = None
    page: int = Field(1, ge=1)
    size: int = Field(PAGE_SIZE, ge=1, le=100_000)

    @property
    def order(self) -> Sort:
        """The order to use: relevance needs words; without a choice words decide."""
        if self.sort is None or (self.sort is Sort.RELEVANCE and not self.q):
            return Sort.RELEVANCE if self.q else Sort.NEWEST
        return self.sort

    @property
    def selected(self) -> dict[str, Codes]:
        """The facets that narrow the list, with their codes."""
        return {facet: codes for facet in FACETS if (codes := getattr(self, facet))}


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
    """How far an index follows the sequence of publications: the last change it holds.

    `happened_at` tells two databases apart that have counted equally far.
    """

    sequence: int = 0
    happened_at: str = ""
