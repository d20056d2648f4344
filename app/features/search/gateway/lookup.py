"""Answering a question: which practices, in which order, and how many carry each code."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from tantivy import DocAddress, Order, Query, Schema, Searcher, SearchResult

from app.features.search.commands.filter import FACETS, Codes, PracticeFilter, Sort
from app.features.search.gateway.questions import Questions, narrow
from app.features.search.gateway.schema import SLUG, facet_field, order_field
from app.features.search.rules.interpretation import correct, interpret, marks_of
from app.features.search.rules.thesaurus import Thesaurus
from app.features.search.views import Found

_MOST_CODES = 65_000
_FEW = 5
"""With fewer practices that hold every word of a question, those that hold most of them join."""
_TIES_LOOKED_AT = 100


def look_up(schema: Schema, searcher: Searcher, filter_: PracticeFilter, thesaurus: Thesaurus) -> Found:
    """One page of what the filter asks for, with counts."""
    question, selected = interpret(filter_.q, thesaurus), filter_.selected()
    if filter_.q and not question:
        return Found((), 0, {facet: {} for facet in FACETS})
    if not question:
        query = narrow(schema, None, selected)
        return Found(*_page(searcher, query, filter_), _facets(schema, searcher, None, selected))
    questions = Questions(schema, searcher)
    if unknown := questions.unknown(question):
        question = correct(question, unknown, thesaurus)
    asked = questions.ask(question)
    text, is_widened = asked.strict, False
    slugs, total = _page(searcher, narrow(schema, text, selected), filter_)
    if total < _FEW and len(question.words) > 1 and _is_rare(searcher, text):
        text, is_widened = asked.wide, True
        slugs, total = _page(searcher, narrow(schema, text, selected), filter_)
    return Found(slugs, total, _facets(schema, searcher, text, selected), is_widened, marks_of(question))


def _is_rare(searcher: Searcher, text: Query) -> bool:
    """Whether hardly any practice answers; filters do not count, or a list would grow by filtering it."""
    return _total(searcher.search(text, 1)) < _FEW


def _facets(
    schema: Schema, searcher: Searcher, text: Query | None, selected: Mapping[str, Codes]
) -> dict[str, dict[str, int]]:
    """Counts by code: one pass for all facets without a selection, one for each with one."""
    free = [facet for facet in FACETS if facet not in selected]
    counts = _counts(searcher, narrow(schema, text, selected), free)
    for facet in selected:
        others = {other: codes for other, codes in selected.items() if other != facet}
        counts |= _counts(searcher, narrow(schema, text, others), [facet])
    return {facet: counts[facet] for facet in FACETS}


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
