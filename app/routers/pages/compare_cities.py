"""Cities side by side: the page, the choice of cities, the files for spreadsheets."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.languages import direction
from app.features.cities.commands.filter import MAX_QUERY, CityFilter
from app.features.cities.queries.cards import city_cards
from app.features.cities.views.cards import CityResults
from app.features.comparisons.queries.cities import compare_cities
from app.features.comparisons.rules.selection import MOST
from app.features.comparisons.views.cities import CityComparison
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.sheet import Sheet, sheet_of
from app.features.comparisons.views.table import Table
from app.web.deps import Lang, Reads
from app.web.htmx import see_other
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of
from app.web.spreadsheet import csv_response, xlsx_response

router = APIRouter(prefix="/{lang:lang}/compare", include_in_schema=False)

DIFFERENCES = "differences"
OFFERED = 10
"""How many cities are offered to choose from."""


@dataclass(frozen=True, slots=True)
class CompareCitiesView:
    """The comparison, or the choice of what to compare. `query` keeps all that was chosen in every link."""

    found: CityComparison
    table: Table | None
    is_short: bool
    q: str
    offered: CityResults | None
    most: int = MOST

    @property
    def query(self) -> dict[str, Any]:
        """The address of this comparison."""
        return {"city": self.found.selection.chosen, "only": DIFFERENCES if self.is_short else None}

    def without(self, slug: str) -> dict[str, Any]:
        """The address of this comparison without one city."""
        return {**self.query, "city": self.found.selection.without(slug)}


async def compared(
    request: Request, session: Reads, shelf: OnShelf, city: Annotated[list[str] | None, Query()] = None
) -> CityComparison:
    """What the address asks for."""
    return await compare_cities(session, city or (), shelf, words_of(request))


Compared = Annotated[CityComparison, Depends(compared)]


@router.get("/cities", name="compare.cities")
async def compare(
    request: Request, session: Reads, shelf: OnShelf, found: Compared, q: str = "", only: str = ""
) -> Response:
    """Two to four cities side by side; with fewer, cities to choose from."""
    is_short = only == DIFFERENCES
    offered = None
    if found.table is None:
        offered = await city_cards(session, CityFilter(q=q[:MAX_QUERY], page=1, size=OFFERED), shelf)
    view = CompareCitiesView(
        found=found,
        table=found.table.differences() if found.table and is_short else found.table,
        is_short=is_short,
        q=q[:MAX_QUERY],
        offered=offered,
    )
    return page(request, "compare/cities.html", view, blocks={"comparison": "comparison"})


@router.get("/cities.xlsx", name="compare.cities.xlsx")
async def compare_xlsx(request: Request, shelf: OnShelf, lang: Lang, found: Compared) -> Response:
    """The comparison as a spreadsheet."""
    if found.table is None:
        return _choose(request, found)
    sheet = _sheet(request, found.table, shelf)
    return xlsx_response(
        sheet.rows,
        f"medina-cities-{lang}.xlsx",
        title=words_of(request).gettext("Comparison"),
        right_to_left=direction(lang) == "rtl",
        headings=sheet.headings,
    )


@router.get("/cities.csv", name="compare.cities.csv")
async def compare_csv(request: Request, shelf: OnShelf, lang: Lang, found: Compared) -> Response:
    """The comparison as CSV."""
    if found.table is None:
        return _choose(request, found)
    return csv_response(_sheet(request, found.table, shelf).rows, f"medina-cities-{lang}.csv")


def _sheet(request: Request, table: Table, shelf: OnShelf) -> Sheet:
    words = words_of(request)
    public_url = request.app.state.settings.public_url.rstrip("/")
    sheet = sheet_of(table, words.gettext("City"), Pen(shelf, words))
    addresses = [public_url + url_of(request, "city", slug=column.code) for column in table.columns]
    return replace(sheet, rows=(*sheet.rows, (words.gettext("Address"), *addresses)))


def _choose(request: Request, found: CityComparison) -> Response:
    """Too few to compare: to the page where one can choose."""
    return see_other(request, url_of(request, "compare.cities", query={"city": found.selection.chosen}))
