"""Figures in one reader's language, and what Medina counts itself."""

from dataclasses import dataclass

from app.core.languages import LocalText
from app.features.places.views import SourceLine, source_lines
from app.features.publication.queries import Published
from app.features.wording.views import Shelf


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as reported: value, what qualifies it, as of when, by whom."""

    slug: str
    label: LocalText
    value: int
    qualifier: str | None
    as_of: str
    as_of_edtf: str | None
    caution: LocalText | None
    note: str | None
    sources: tuple[SourceLine, ...]

    @property
    def after(self) -> str | None:
        """The day after which an undated source was written (EDTF); None for a dated one."""
        start, _, end = (self.as_of_edtf or "").partition("/")
        return start if start and end == ".." else None


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """What Medina counts from its published copies, without illustrations.

    `practices`: published practices. `countries`: countries where they are carried out or were
    taken up. `cities`: cities and districts where at least one of them is.
    """

    practices: int
    countries: int
    cities: int


def figure_line(published: Published, shelf: Shelf) -> FigureLine:
    """A published figure."""
    body = published.body
    return FigureLine(
        slug=published.slug,
        label=shelf.text(body["label"]) or LocalText(published.slug, shelf.language, shelf.language),
        value=body["value"],
        qualifier=body["qualifier"],
        as_of=body["as_of"],
        as_of_edtf=body["as_of_edtf"],
        caution=shelf.text(body["caution"]),
        note=body["note"],
        sources=source_lines(body["sources"]),
    )
