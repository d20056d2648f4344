"""What may be asked of the library: words, filters, order, page."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.addresses import LAST_PAGE
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


SORTS = tuple(Sort)
MAX_QUERY = 300


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
    page: int = Field(1, ge=1, le=LAST_PAGE)
    size: int = Field(PAGE_SIZE, ge=1, le=100_000)

    @property
    def order(self) -> Sort:
        """The order to use: relevance needs words; without a choice words decide."""
        if self.sort is None or (self.sort is Sort.RELEVANCE and not self.q):
            return self.usual_order
        return self.sort

    @property
    def usual_order(self) -> Sort:
        """The order of those who choose none."""
        return Sort.RELEVANCE if self.q else Sort.NEWEST

    def chosen(self, facet: str) -> Codes:
        """The codes chosen in a facet."""
        codes: Codes = getattr(self, facet)
        return codes

    def selected(self) -> dict[str, Codes]:
        """The facets that narrow the list, with their codes."""
        return {facet: codes for facet in FACETS if (codes := self.chosen(facet))}

    def query(self, **changes: object) -> dict[str, object]:
        """The parameters of the address of this list, with `changes`; what is empty is left out."""
        page = self.page if self.page > 1 else None
        whole = {"q": self.q, **self.selected(), "sort": self.sort, "page": page, **changes}
        return {name: value for name, value in whole.items() if value}
