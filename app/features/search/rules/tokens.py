"""Words of a text with their places in it, and the forms under which they are indexed and found.

A form is a word or a stem with a mark in front, so that the two never collide:
`=الشباب` is the word as written (folded), `~شباب` a stem of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.features.search.rules.arabic import close_ta_marbuta
from app.features.search.rules.folding import fold, fold_with_origins
from app.features.search.rules.stems import languages_of, stems
from app.features.search.rules.stopwords import STOPWORDS

WORD, STEM = "=", "~"
GAP = "¦"
"""Stands between texts of one field, so that no phrase reaches over the border."""

_RUN = re.compile(r"[^\W_]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where it stands in the original text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order, each with its offsets."""
    folded = fold_with_origins(text)
    return [Token(run[0][:_LONGEST], *folded.span(*run.span())) for run in _RUN.finditer(folded.text)]


def words(text: str) -> list[str]:
    """The folded words of a text: `tokens` without offsets, faster."""
    return [run[:_LONGEST] for run in _RUN.findall(fold(text))]


def word_form(word: str) -> str:
    """The form of a word as written."""
    return WORD + close_ta_marbuta(word)


def stem_forms(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The forms of the stems of a word in these languages, the best one first."""
    return tuple(dict.fromkeys(STEM + stem for language in languages for stem in stems(word, language)))


def all_forms(word: str) -> tuple[str, ...]:
    """Every form of a word whose language is only known by its script."""
    return (word_form(word), *stem_forms(word, languages_of(word)))


def content_words(text: str) -> list[str]:
    """The words of a text that carry meaning; all words where none does."""
    found = words(text)
    return [word for word in found if word not in STOPWORDS] or found


def index_forms(text: str, language: str) -> Iterator[str]:
    """The forms to index for a text.

    Words as written come first, in order; then the best stem of each word that carries meaning,
    in order, so that phrases can be asked for without counting articles; then the other stems.
    """
    found = words(text)
    yield from map(word_form, found)
    yield GAP
    others: list[str] = []
    for word in found:
        if word not in STOPWORDS:
            best, *rest = stem_forms(word, (language,)) or (STEM + word,)
            yield best
            others += rest
    yield GAP
    yield from others
    yield GAP


def name_forms(name: str) -> Iterator[str]:
    """The forms to index for a proper name: never stemmed, never stripped of ال."""
    yield from map(word_form, words(name))
    yield GAP
