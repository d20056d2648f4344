"""Practices side by side: the page, the choice of practices, the files for spreadsheets."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.languages import direction
from app.features.comparisons.queries.practices import compare_practices
from app.features.comparisons.rules.selection import MOST
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.practices import PracticeComparison
from app.features.comparisons.views.sheet import Sheet, sheet_of
from app.features.comparisons.views.table import Table
from app.features.search.commands.filter import MAX_QUERY, PracticeFilter
from app.features.search.queries.library import find_practices
from app.features.search.views import PracticeResults
from app.web.deps import Index, Lang, Reads
from app.web.htmx import see_other
from app.web.reference import Known, OnShelf
from app.web.render import page, url_of, words_of
from app.web.spreadsheet import csv_response, xlsx_response

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)

DIFFERENCES = "differences"
OFFERED = 10
"""How many practices are offered to choose from."""


@dataclass(frozen=True, slots=True)
class CompareView:
    """The comparison, or the choice of what to compare. `query` keeps all that was chosen in every link."""

    found: PracticeComparison
    table: Table | None
    is_short: bool
    q: str
    offered: PracticeResults | None
    cities: tuple[tuple[str, str], ...]
    most: int = MOST

    @property
    def query(self) -> dict[str, Any]:
        """The address of this comparison."""
        return {
            "practice": self.found.selection.chosen,
            "city": self.found.city.place.id if self.found.city else None,
            "only": DIFFERENCES if self.is_short else None,
        }

    def without(self, slug: str) -> dict[str, Any]:
        """The address of this comparison without one practice, or without the city."""
        if self.found.city and slug == self.found.city.place.id:
            return {**self.query, "city": None}
        return {**self.query, "practice": self.found.selection.without(slug)}


async def compared(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    practice: Annotated[list[str] | None, Query()] = None,
    city: str | None = None,
) -> PracticeComparison:
    """What the address asks for."""
    return await compare_practices(session, practice or (), city, shelf, words_of(request))


Compared = Annotated[PracticeComparison, Depends(compared)]


@router.get("/compare", name="compare")
async def compare(
    request: Request,
    session: Reads,
    index: Index,
    known: Known,
    shelf: OnShelf,
    lang: Lang,
    found: Compared,
    q: str = "",
    only: str = "",
) -> Response:
    """Two to four practices side by side; with fewer, practices to choose from."""
    is_short = only == DIFFERENCES
    offered = None
    if found.table is None:
        wanted = PracticeFilter(q=q[:MAX_QUERY], size=OFFERED, page=1)
        offered = await find_practices(session, index, wanted, shelf, known.thesaurus)
    view = CompareView(
        found=found,
        table=found.table.differences() if found.table and is_short else found.table,
        is_short=is_short,
        q=q[:MAX_QUERY],
        offered=offered,
        cities=tuple((place.id, place.name(lang)) for place in known.gazetteer.cities(lang)),
    )
    return page(request, "compare/practices.html", view, blocks={"comparison": "comparison"})


@router.get("/compare.xlsx", name="compare.xlsx")
async def compare_xlsx(request: Request, shelf: OnShelf, lang: Lang, found: Compared) -> Response:
    """The comparison as a spreadsheet."""
    if found.table is None:
        return _choose(request, found)
    words = words_of(request)
    sheet = _sheet(request, found.table, shelf)
    return xlsx_response(
        sheet.rows,
        f"medina-comparison-{lang}.xlsx",
        title=words.gettext("Comparison"),
        right_to_left=direction(lang) == "rtl",
        headings=sheet.headings,
    )


@router.get("/compare.csv", name="compare.csv")
async def compare_csv(request: Request, shelf: OnShelf, lang: Lang, found: Compared) -> Response:
    """The comparison as CSV."""
    if found.table is None:
        return _choose(request, found)
    return csv_response(_sheet(request, found.table, shelf).rows, f"medina-comparison-{lang}.csv")


def _sheet(request: Request, table: Table, shelf: OnShelf) -> Sheet:
    words = words_of(request)
    public_url = request.app.state.settings.public_url.rstrip("/")
    sheet = sheet_of(table, words.gettext("Practice"), Pen(shelf, words))
    addresses = [
        public_url + url_of(request, route, slug=slug) if column.link else ""
        for column in table.columns
        for route, slug in [column.link or ("", "")]
    ]
    return replace(sheet, rows=(*sheet.rows, (words.gettext("Address"), *addresses)))


def _choose(request: Request, found: PracticeComparison) -> Response:
    """Too few to compare: to the page where one can choose."""
    query = {"practice": found.selection.chosen}
    return see_other(request, url_of(request, "compare", query=query))
