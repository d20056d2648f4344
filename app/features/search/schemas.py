"""A search of the library as partners receive it."""

from pydantic import BaseModel

from app.features.practices.schemas import PracticeItemOut
from app.features.search.views import PracticeResults


class FacetOptionOut(BaseModel):
    """A code of a filter, its label, and how many practices it would find."""

    code: str
    label: str
    count: int


class PracticeListOut(BaseModel):
    """One page of practices; `next` is the path of the next page, or null at the end."""

    items: list[PracticeItemOut]
    total: int
    next: str | None
    facets: dict[str, list[FacetOptionOut]]

    @classmethod
    def of(cls, found: PracticeResults, following: str | None) -> "PracticeListOut":
        """From results."""
        return cls(
            items=[PracticeItemOut.of(card) for card in found.page.items],
            total=found.page.total,
            next=following,
            facets={
                facet: [FacetOptionOut(code=o.code, label=o.label, count=o.count) for o in options]
                for facet, options in found.facets.items()
            },
        )
