"""The library page and its interface against their floors, in one interleaved run.

Floor of the page: the bare query with the same aggregations + an empty page of the same app + rendering
the same template. Floor of the interface: the same query + writing the same answer, without and with an
empty answer of the same app. All in one process, over the same in-memory transport.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI
from tantivy import Query

from app.core.db import Database
from app.features.search.commands.filter import FACETS, PracticeFilter
from app.features.search.gateway import SearchIndex, lookup
from app.features.search.gateway.questions import Questions, narrow
from app.features.search.queries.indexing import facet_counts
from app.features.search.queries.library import find_practices
from app.features.search.queries.meanings import load_thesaurus
from app.features.search.rules.interpretation import interpret
from app.features.search.rules.thesaurus import Thesaurus
from app.features.search.schemas import PracticeListOut
from app.features.search.service import reindex
from app.features.search.views import PracticeResults
from app.main import create_app
from app.routers.api import practices as practices_api
from app.settings import Settings
from app.web.render import Renderer
from bench.corpus import WORDS, generate, invent
from bench.timing import Spread, ratios, table

ROUNDS = 12
QUERIES_PER_BAND = 6
RANKS = {"rare": (4_000, WORDS), "medium": (300, 900), "common": (30, 80), "broad": (0, 5)}
"""Which words of the corpus make a band, by their place in the order of frequency."""


@dataclass
class Case:
    """One question of a band and what was measured of it, in seconds."""

    band: str
    filter: PracticeFilter
    page: list[float] = field(default_factory=list)
    page_floor: list[float] = field(default_factory=list)
    api: list[float] = field(default_factory=list)
    api_floor: list[float] = field(default_factory=list)
    api_floor_empty: list[float] = field(default_factory=list)

    @property
    def query(self) -> str:
        """The question as a query string."""
        pairs = [("q", self.filter.q)] if self.filter.q else []
        pairs += [(facet, code) for facet, codes in self.filter.selected().items() for code in codes]
        return urlencode(pairs)


def cases(themes: Sequence[str], countries: Sequence[str]) -> list[Case]:
    """Six questions for each band, in English words."""
    random, words = Random("bands"), invent("en").words
    found: list[Case] = []
    for band, (first, last) in RANKS.items():
        for word in random.sample(words[first:last], k=min(QUERIES_PER_BAND, last - first)):
            found.append(Case(band, PracticeFilter(q=word)))
    for _ in range(QUERIES_PER_BAND):
        word, theme, country = random.choice(words[30:80]), random.choice(themes), random.choice(countries)
        found.append(Case("term + filter", PracticeFilter(q=word, theme=(theme,))))
        found.append(Case("filter only", PracticeFilter(theme=(theme,), country=(country,))))
    return found


class Bare:
    """The engine alone: the query of a question, built beforehand, with the aggregations of the page."""

    def __init__(self, index: SearchIndex, case: Case, thesaurus: Thesaurus) -> None:
        self._schema, self._index = index._schema, index._index
        searcher = self._index.searcher()
        question = interpret(case.filter.q, thesaurus)
        self._text: Query | None = (
            Questions(self._schema, searcher).ask(question).strict if question else None
        )
        self._filter = case.filter

    def __call__(self) -> None:
        """Run it once."""
        searcher, selected = self._index.searcher(), self._filter.selected()
        lookup._page(searcher, narrow(self._schema, self._text, selected), self._filter)
        lookup._facets(self._schema, searcher, self._text, selected)


class Recorder:
    """Keeps the last rendering and the last answer of the interface, to do the same again alone."""

    def __init__(self, app: FastAPI) -> None:
        self._renderer: Renderer = app.state.renderer
        self.rendering: tuple[Any, ...] = ()
        self.results: Any = None
        self._html = html = self._renderer.html

        def keep_html(*arguments: Any) -> str:
            self.rendering = arguments
            return str(html(*arguments))

        async def keep_results(*arguments: Any, **options: Any) -> PracticeResults:
            results = await find_practices(*arguments, **options)
            self.results = results
            return results

        setattr(self._renderer, "html", keep_html)  # noqa: B010
        setattr(practices_api, "find_practices", keep_results)  # noqa: B010

    def render(self) -> None:
        """The last page again, from its finished view."""
        self._html(*self.rendering)

    def write(self) -> None:
        """The last answer again, from its finished results."""
        PracticeListOut.of(self.results, None).model_dump_json()


def took(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


async def asked(client: httpx.AsyncClient, path: str) -> float:
    """Seconds until the whole answer is there."""
    start = perf_counter()
    answer = await client.get(path)
    seconds = perf_counter() - start
    answer.raise_for_status()
    return seconds


async def measure(settings: Settings, size: int) -> str:
    """Generate, index, measure; gives the results as Markdown."""
    database = Database(settings.async_database_url)
    start = perf_counter()
    await generate(database, size)
    generated, start = perf_counter() - start, perf_counter()
    index = SearchIndex.open(settings.index_path)
    async with database.reading() as session:
        await reindex(session, index)
    indexed = perf_counter() - start
    app = create_app(settings)
    async with app.router.lifespan_context(app), database.reading() as session:
        thesaurus = await load_thesaurus(session)
        everything = index.search(PracticeFilter(), thesaurus)
        found = cases(sorted(everything.facet_counts["theme"]), sorted(everything.facet_counts["country"]))
        agreed = await _counts_agree(session, index, found, thesaurus)
        recorder = Recorder(app)
        bare = {id(case): Bare(index, case, thesaurus) for case in found}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            for number in range(ROUNDS + 1):
                for case in found:
                    await _once(client, case, bare[id(case)], recorder, keep=number > 0)
    await database.aclose()
    return _report(size, generated, indexed, agreed, found)


async def _once(client: httpx.AsyncClient, case: Case, bare: Bare, recorder: Recorder, *, keep: bool) -> None:
    """Everything about one question, once, side by side."""
    empty = await asked(client, "/en/about")
    engine = took(bare)
    page = await asked(client, f"/en/practices?{case.query}")
    rendering = took(recorder.render)
    nothing = await asked(client, "/health/live")
    api = await asked(client, f"/api/v1/practices?{case.query}")
    writing = took(recorder.write)
    if keep:
        case.page.append(page)
        case.page_floor.append(engine + empty + rendering)
        case.api.append(api)
        case.api_floor.append(engine + writing)
        case.api_floor_empty.append(engine + nothing + writing)


async def _counts_agree(session: Any, index: SearchIndex, found: list[Case], thesaurus: Thesaurus) -> str:
    """Facet counts of the index against SQL's, for every question that is only filters."""
    filters = [case.filter for case in found if not case.filter.q] + [PracticeFilter()]
    checked = 0
    for filter_ in filters:
        counted = index.search(filter_, thesaurus).facet_counts
        for facet in FACETS:
            expected = await facet_counts(session, filter_, facet)
            if dict(counted[facet]) != expected:
                raise AssertionError(f"Counts of {facet} differ from SQL's for {filter_}")
            checked += 1
    return f"{checked} of {checked} facet counts equal to SQL's"


def _report(size: int, generated: float, indexed: float, agreed: str, found: list[Case]) -> str:
    rows = []
    for band in dict.fromkeys(case.band for case in found):
        of = [case for case in found if case.band == band]
        page, page_floor, api, bare, whole = (
            Spread.of([seconds for case in of for seconds in getattr(case, name)])
            for name in ("page", "page_floor", "api", "api_floor", "api_floor_empty")
        )
        line = [page, page_floor, ratios(page, page_floor), api, whole, ratios(api, whole), ratios(api, bare)]
        rows.append([band, *map(str, line)])
    head = ["band", "page, ms p50 / p95", "its floor", "ratio", "API, ms p50 / p95", "its floor", "ratio"]
    head.append("ratio without an empty answer")
    lines = [f"## {size:,} practices", "", table(head, rows), ""]
    lines.append(f"{agreed}. Generated in {generated:.0f} s, indexed in {indexed:.0f} s.")
    return "\n".join(lines)
