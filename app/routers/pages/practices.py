"""The library: search, filter, list, download."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.languages import Language
from app.core.messages import noop
from app.features.search.commands.filter import SORTS, PracticeFilter, Sort
from app.features.search.commands.reading import Reading, allowed_codes, read_filter
from app.features.search.queries.library import every_practice, find_practices
from app.features.search.views import PracticeResults
from app.web.deps import Index, Lang, Reads
from app.web.labels import label
from app.web.reference import Known, OnShelf
from app.web.render import page, url_of, words_of
from app.web.spreadsheet import csv_response

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)

NOT_FILTERS = ("practice",)
"""Parameters of the list that are no filters: practices picked for a comparison."""

COLUMNS = (
    noop("Practice"),
    noop("In one line"),
    noop("Themes"),
    noop("Places"),
    noop("Countries"),
    noop("Evidence"),
    noop("Started"),
    noop("Address"),
)


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The library page. `chosen` are practices picked for a comparison, some perhaps on another page."""

    found: PracticeResults
    notices: tuple[str, ...]
    chips: tuple[Mapping[str, str], ...]
    clear_href: str
    sorts: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]

    @property
    def chosen_elsewhere(self) -> tuple[str, ...]:
        """Picked practices that are not on this page."""
        here = {card.slug for card in self.found.page.items}
        return tuple(slug for slug in self.chosen if slug not in here)


def _read(request: Request, known: Known) -> Reading:
    allowed = allowed_codes(known.vocabulary, known.gazetteer)
    return read_filter(request.query_params.multi_items(), allowed, ignored=NOT_FILTERS)


@router.get("/practices", name="practices")
async def practices(
    request: Request,
    session: Reads,
    index: Index,
    known: Known,
    shelf: OnShelf,
    lang: Lang,
    practice: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """The list for the filters in the address; what is not understood is left out with a notice."""
    reading = _read(request, known)
    found = await find_practices(session, index, reading.filter, shelf, known.thesaurus)
    words = words_of(request)
    chosen = tuple(dict.fromkeys(practice or ()))[:4]
    kept = {"practice": list(chosen)}
    view = LibraryView(
        found=found,
        notices=tuple(words.gettext(error.message, **error.params) for error in reading.errors),
        chips=tuple(
            {"label": chip.label, "href": url_of(request, "practices", query={**chip.query, **kept})}
            for chip in found.chips
        ),
        clear_href=url_of(request, "practices", query={"q": found.filter.q, **kept}),
        sorts=_sorts(found.filter, lang),
        chosen=chosen,
    )
    return page(request, "practices/list.html", view, blocks={"results": "results"})


def _sorts(wanted: PracticeFilter, lang: Language) -> tuple[tuple[str, str], ...]:
    """Orders to choose from. The usual one has no code, so that new words are sorted by relevance."""
    return tuple(
        ("" if code == wanted.usual_order else str(code), label(lang, "sort", code))
        for code in SORTS
        if wanted.q or code != Sort.RELEVANCE
    )


@router.get("/practices.csv", name="practices.csv")
async def practices_csv(
    request: Request, session: Reads, index: Index, known: Known, shelf: OnShelf, lang: Lang
) -> Response:
    """The whole result list as a table."""
    wanted = _read(request, known).filter
    cards = await every_practice(session, index, wanted, shelf, known.thesaurus)
    words = words_of(request)
    between = words.gettext("; ")
    rows = [
        [
            card.title.text,
            card.one_line.text if card.one_line else "",
            between.join(concept.label for concept in card.themes),
            between.join(place.name for place in card.places),
            between.join(name for _, name in card.countries),
            label(lang, "evidence", card.evidence),
            card.start or "",
            request.app.state.settings.public_url + url_of(request, "practice", slug=card.slug),
        ]
        for card in cards
    ]
    return csv_response([[words.gettext(title) for title in COLUMNS], *rows], f"medina-practices-{lang}.csv")
