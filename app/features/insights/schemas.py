"""Figures as partners receive them. No field has a default: a promise is always kept."""

from collections.abc import Sequence

from pydantic import BaseModel

from app.features.insights.views import FigureLine
from app.features.support.schemas import HubTextOut, SourceOut


class FigureItemOut(BaseModel):
    """A figure as reported. `qualifier` is exact, at least, estimate, or null where no source says.

    `as_of` is what the source says of its date, `as_of_edtf` the same as EDTF; `caution` says what
    must not be concluded from it.
    """

    slug: str
    label: HubTextOut | None
    value: int
    qualifier: str | None
    as_of: str
    as_of_edtf: str | None
    caution: HubTextOut | None
    note: str | None
    sources: list[SourceOut]

    @classmethod
    def of(cls, figure: FigureLine) -> "FigureItemOut":
        """From a view."""
        return cls(
            slug=figure.slug,
            label=HubTextOut.of(figure.label),
            value=figure.value,
            qualifier=figure.qualifier,
            as_of=figure.as_of,
            as_of_edtf=figure.as_of_edtf,
            caution=HubTextOut.of(figure.caution),
            note=figure.note,
            sources=[SourceOut.of(source) for source in figure.sources],
        )


class FigureListOut(BaseModel):
    """All figures in the order the hub gives them; `next` is always null."""

    items: list[FigureItemOut]
    total: int
    next: str | None

    @classmethod
    def of(cls, figures: Sequence[FigureLine]) -> "FigureListOut":
        """From views."""
        items = [FigureItemOut.of(figure) for figure in figures]
        return cls(items=items, total=len(items), next=None)
