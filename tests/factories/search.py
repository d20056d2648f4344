"""Practices as the index takes them, and small indexes in memory."""

from app.features.search.commands.filter import PracticeFilter
from app.features.search.commands.indexed import IndexedPractice, Position
from app.features.search.gateway import SearchIndex
from app.features.search.rules.thesaurus import Thesaurus

NOTHING = Thesaurus({}, {}, ())


def a_practice(slug: str, title: str = "", language: str = "en", **say: object) -> IndexedPractice:
    """A practice for the index; says only what the test is about."""
    return IndexedPractice(slug=slug, texts={language: {"title": title}}, **say)  # type: ignore[arg-type]


def an_index(*practices: IndexedPractice) -> SearchIndex:
    """An index in memory that holds these practices."""
    index = SearchIndex.in_memory()
    with index.writing() as batch:
        batch.put(practices)
        batch.commit(Position(1))
    return index


def slugs(index: SearchIndex, q: str, thesaurus: Thesaurus = NOTHING) -> tuple[str, ...]:
    """What a question finds, best first."""
    return index.search(PracticeFilter(q=q), thesaurus).slugs
