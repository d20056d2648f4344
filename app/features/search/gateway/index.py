"""The index on disk or in memory: searched by everybody, written by one at a time."""

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import Lock

from tantivy import DocAddress, Index, IndexWriter, Order, Query, Searcher, SearchResult

from app.features.search.commands.filter import FACETS, Codes, PracticeFilter, Sort
from app.features.search.commands.indexed import IndexedPractice, Position
from app.features.search.gateway.questions import Questions, narrow
from app.features.search.gateway.schema import (
    SLUG,
    SPACES,
    analyzer,
    build_document,
    build_schema,
    facet_field,
    order_field,
    version,
)
from app.features.search.rules.interpretation import correct, interpret, marks_of
from app.features.search.rules.thesaurus import Thesaurus
from app.features.search.views import Found

_HEAP = 30_000_000
_MOST_CODES = 65_000
_FEW = 5
"""With fewer practices that hold every word of a question, those that hold most of them join."""
_TIES_LOOKED_AT = 100


class Batch:
    """Changes to the index that become visible together, with `commit`."""

    def __init__(self, writer: IndexWriter, index: "SearchIndex") -> None:
        self._writer = writer
        self._index = index

    def clear(self) -> None:
        """Forget every practice."""
        self._writer.delete_all_documents()

    def put(self, practices: Iterable[IndexedPractice]) -> None:
        """Add practices, in place of earlier ones with the same slug."""
        for practice in practices:
            self.remove((practice.slug,))
            self._writer.add_document(build_document(practice))

    def remove(self, slugs: Iterable[str]) -> None:
        """Take practices out."""
        for slug in slugs:
            self._writer.delete_documents_by_term(SLUG, slug)

    def commit(self, position: Position) -> None:
        """Show the changes to everybody and note how far the index has come."""
        self._writer.commit()
        self._index.moved_to(position)


class SearchIndex:
    """The index of published practices. `open` it once per process."""

    def __init__(self, index: Index, folder: Path | None) -> None:
        self._index = index
        self._folder = folder
        self._schema = index.schema
        self._position = Position()
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> "SearchIndex":
        """The index in a folder below `path`, empty where there is none that this version can read."""
        folder = path / version()
        try:
            return cls(_make(folder), folder)
        except (OSError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
            return cls(_make(folder), folder)

    @classmethod
    def in_memory(cls) -> "SearchIndex":
        """An index for tests."""
        return cls(_make(None), None)

    def close(self) -> None:
        """Nothing is kept open between changes; here for symmetry with `open`."""

    @property
    def position(self) -> Position:
        """How far the index follows the publications."""
        if self._folder is None:
            return self._position
        try:
            return Position(**json.loads((self._folder / "position.json").read_text()))
        except (OSError, ValueError, TypeError):
            return Position()

    def moved_to(self, position: Position) -> None:
        """Note how far the index has come; written after the commit, so never too far."""
        self._position = position
        if self._folder is not None:
            new = self._folder / "position.json.new"
            new.write_text(json.dumps({"sequence": position.sequence, "happened_at": position.happened_at}))
            new.replace(self._folder / "position.json")
        self._index.reload()

    @contextmanager
    def writing(self) -> Iterator[Batch]:
        """Change the index; waits until nobody else, in any process, does."""
        with self._lock, self._locked_file():
            writer = self._index.writer(_HEAP, 1)
            try:
                yield Batch(writer, self)
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()

    def _locked_file(self) -> AbstractContextManager[None]:
        return nullcontext() if self._folder is None else _flock(self._folder / "writer.lock")

    def search(self, filter_: PracticeFilter, thesaurus: Thesaurus) -> Found:
        """One page of what the filter asks for, with counts; `thesaurus` says what words may mean."""
        searcher = self._index.searcher()
        question = interpret(filter_.q, thesaurus)
        if filter_.q and not question:
            return Found((), 0, {facet: {} for facet in FACETS})
        text, is_widened = None, False
        if question:
            questions = Questions(self._schema, searcher)
            if unknown := questions.unknown(question):
                question = correct(question, unknown, thesaurus)
            asked = questions.ask(question)
            is_widened = len(question.words) > 1 and _total(searcher.search(asked.strict, 1)) < _FEW
            text = asked.wide if is_widened else asked.strict
        selected = filter_.selected()
        query = narrow(self._schema, text, selected)
        slugs, total = _page(searcher, query, filter_)
        return Found(
            slugs,
            total,
            self._facets(searcher, text, query, selected),
            is_widened,
            marks_of(question),
        )

    def _facets(
        self, searcher: Searcher, text: Query | None, query: Query, selected: Mapping[str, Codes]
    ) -> dict[str, dict[str, int]]:
        """Counts by code: one pass for all facets without a selection, one for each with one."""
        counts = _counts(searcher, query, [facet for facet in FACETS if facet not in selected])
        for facet in selected:
            others = {other: codes for other, codes in selected.items() if other != facet}
            counts |= _counts(searcher, narrow(self._schema, text, others), [facet])
        return {facet: counts[facet] for facet in FACETS}


def _make(folder: Path | None) -> Index:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    index = Index(build_schema(), str(folder) if folder else None)
    index.register_tokenizer(SPACES, analyzer())
    index.reload()
    return index


@contextmanager
def _flock(path: Path) -> Iterator[None]:
    """Hold a lock that other processes respect; it ends with the process, whatever happens."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _total(found: SearchResult) -> int:
    """How many practices match in all; the library's own types leave it out."""
    return int(found.count)  # type: ignore[attr-defined]


def _page(searcher: Searcher, query: Query, filter_: PracticeFilter) -> tuple[tuple[str, ...], int]:
    """The slugs of the page asked for, and how many there are in all."""
    start = (filter_.page - 1) * filter_.size
    if start >= searcher.num_docs:
        return (), _total(searcher.search(query, 1))
    if filter_.order is Sort.RELEVANCE:
        return _by_relevance(searcher, query, start, start + filter_.size)
    found = searcher.search(
        query, filter_.size, offset=start, order_by_field=order_field(filter_.order), order=Order.Asc
    )
    return tuple(str(key).rsplit(" ", 1)[1] for key, _ in found.hits), _total(found)


def _by_relevance(searcher: Searcher, query: Query, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """Best first; equally good ones by slug, so that their order does not hang on the index's past."""
    found = searcher.search(query, end + _TIES_LOOKED_AT)
    page: list[str] = []
    position = 0
    for _, tied in groupby(found.hits, key=itemgetter(0)):
        addresses = [address for _, address in tied]
        if position < end and position + len(addresses) > start:
            slugs = sorted(_slug(searcher, address) for address in addresses)
            page += slugs[max(0, start - position) : end - position]
        position += len(addresses)
    return tuple(page), _total(found)


def _slug(searcher: Searcher, address: DocAddress) -> str:
    return str(searcher.doc(address).get_first(SLUG))


def _counts(searcher: Searcher, query: Query, facets: Sequence[str]) -> dict[str, dict[str, int]]:
    if not facets:
        return {}
    wanted = {facet: {"terms": {"field": facet_field(facet), "size": _MOST_CODES}} for facet in facets}
    answer = searcher.aggregate(query, wanted)
    return {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in answer[facet]["buckets"]} for facet in facets
    }
