"""The library: which practices match, as cards with facets, highlights and chips."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Page
from app.core.text import sort_key
from app.features.practices.queries import practice_cards
from app.features.practices.rules.document import SCHEME_OF_FACET
from app.features.practices.views import PracticeCard
from app.features.search.commands.filter import FACETS, PracticeFilter
from app.features.search.gateway import SearchIndex
from app.features.search.rules.highlight import Segment, highlight
from app.features.search.rules.interpretation import Marks
from app.features.search.rules.thesaurus import Thesaurus
from app.features.search.views import Chip, FacetOption, PracticeResults
from app.features.wording.views import Shelf

EVERYTHING = 100_000
NAMED = frozenset({"evidence", "language"})
BY_CODE = frozenset({"evidence", "year"})
"""Facets whose options stand in the order of their codes, highest first; others by count."""


async def find_practices(
    session: AsyncSession,
    index: SearchIndex,
    wanted: PracticeFilter,
    shelf: Shelf,
    thesaurus: Thesaurus,
    *,
    is_marked: bool = True,
) -> PracticeResults:
    """One page of the library for `wanted`, in the words of the reader of `shelf`.

    `is_marked` asks for the found words of titles and one-line texts to be marked.
    """
    found = index.search(wanted, thesaurus)
    cards = await practice_cards(session, found.slugs, shelf)
    return PracticeResults(
        filter=wanted,
        page=Page(cards, found.total, wanted.page, wanted.size),
        facets={facet: _options(facet, found.facet_counts, wanted, shelf) for facet in FACETS},
        chips=_chips(wanted, shelf),
        marked={card.slug: _marked(card, found.marks) for card in cards} if is_marked and wanted.q else {},
        is_widened=found.is_widened,
    )


async def every_practice(
    session: AsyncSession, index: SearchIndex, wanted: PracticeFilter, shelf: Shelf, thesaurus: Thesaurus
) -> list[PracticeCard]:
    """All cards that match, whatever page `wanted` asks for."""
    found = index.search(wanted.model_copy(update={"page": 1, "size": EVERYTHING}), thesaurus)
    return await practice_cards(session, found.slugs, shelf)


def _options(
    facet: str, counts: Mapping[str, Mapping[str, int]], wanted: PracticeFilter, shelf: Shelf
) -> tuple[FacetOption, ...]:
    """The codes of a facet that some practice carries, and those chosen even at 0."""
    counted = dict(counts.get(facet, {}))
    for code in wanted.chosen(facet):
        counted.setdefault(code, 0)
    options = [FacetOption(code, facet_label(facet, code, shelf), n) for code, n in counted.items()]
    if facet in BY_CODE:
        return tuple(sorted(options, key=lambda option: option.code, reverse=True))
    return tuple(sorted(options, key=lambda option: (-option.count, sort_key(option.label))))


def _chips(wanted: PracticeFilter, shelf: Shelf) -> tuple[Chip, ...]:
    return tuple(
        Chip(
            facet,
            code,
            facet_label(facet, code, shelf),
            wanted.query(**{facet: [other for other in codes if other != code], "page": None}),
        )
        for facet, codes in wanted.selected().items()
        for code in codes
    )


def facet_label(facet: str, code: str, shelf: Shelf) -> str:
    """A code of a facet in words."""
    if facet in SCHEME_OF_FACET:
        return shelf.vocabulary.label(code, shelf.language)
    if facet == "country":
        return shelf.gazetteer.country_name(code, shelf.language)
    if facet == "city":
        return shelf.gazetteer.place_name(code, shelf.language)
    return shelf.word(facet, code) if facet in NAMED else code


def _marked(card: PracticeCard, marks: Marks) -> Mapping[str, tuple[Segment, ...]]:
    texts = {"title": card.title, "one_line": card.one_line}
    return {field: highlight(text.text, text.language, marks) for field, text in texts.items() if text}
