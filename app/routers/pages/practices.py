"""The library: search, filter, list, download."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.features.search.commands.reading import Reading, allowed_codes, read_filter
from app.features.search.queries import every_practice, find_practices
from app.features.search.views import LibraryView
from app.web.deps import Index, Lang, Reads
from app.web.reference import Known, OnShelf
from app.web.render import page, words_of
from app.web.spreadsheet import csv_response

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)

ELSEWHERE = ("practice",)
"""Parameters of the list page that are not filters: practices chosen for a comparison."""


def _read(request: Request, known: Known) -> Reading:
    allowed = allowed_codes(known.vocabulary, known.gazetteer)
    return read_filter(request.query_params.multi_items(), allowed, ignored=ELSEWHERE)


@router.get("/practices", name="practices")
async def practices(
    request: Request,
    session: Reads,
    index: Index,
    known: Known,
    shelf: OnShelf,
    practice: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """The list for the filters in the address; what is not understood is left out with a notice."""
    reading = _read(request, known)
    found = await find_practices(session, index, reading.filter, shelf)
    words = words_of(request)
    view = LibraryView(
        found=found,
        notices=tuple(words.gettext(error.message, **error.params) for error in reading.errors),
        chosen=tuple(dict.fromkeys(practice or ()))[:4],
    )
    return page(request, "practices/list.html", view, blocks={"results": "results"})


@router.get("/practices.csv", name="practices.csv")
async def practices_csv(
    request: Request, session: Reads, index: Index, known: Known, shelf: OnShelf, lang: Lang
) -> Response:
    """The whole result list as a table."""
    cards = await every_practice(session, index, _read(request, known).filter, shelf)
    words = words_of(request)
    head = [
        words.gettext(title)
        for title in ("Practice", "In one line", "Themes", "Places", "Countries", "Evidence", "Started", "Address")
    ]
    rows = (
        [
            card.title.text,
            card.one_line.text if card.one_line else "",
            "; ".join(concept.label for concept in card.themes),
            "; ".join(place.name for place in card.places),
            "; ".join(name for _, name in card.countries),
            str(card.evidence),
            card.start or "",
            f"/{lang}/practices/{card.slug}",
        ]
        for card in cards
    )
    return csv_response([head, *rows], f"medina-practices-{lang}.csv")
