"""What may be asked of the list of cities: a name, filters, page."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.addresses import LAST_PAGE
from app.core.paging import PAGE_SIZE

FACETS = ("country", "kind", "membership")
"""The filters of the list, in the order in which readers meet them."""

MAX_QUERY = 100
Codes = tuple[str, ...]


class CityFilter(BaseModel):
    """A question to the list of cities."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    country: Codes = ()
    kind: Codes = ()
    membership: Codes = ()
    page: int = Field(1, ge=1, le=LAST_PAGE)
    size: int = Field(PAGE_SIZE, ge=1, le=100_000)

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
        whole = {"q": self.q, **self.selected(), "page": page, **changes}
        return {name: value for name, value in whole.items() if value}
