"""Words of a text with their places in it, and the forms under which they are indexed and found.

A form is a word or a stem with a mark in front, so that the two never collide:
`=الشباب` is the word as written (folded), `~شباب` a stem of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.features.search.rules.arabic import close_ta_marbuta
from app.features.search.rules.folding import fold, fold_with_origins
from app.features.search.rules.stems import languages_of, stems
from app.features.search.rules.stopwords import STOPWORDS

WORD, STEM = "=", "~"
GAP = "¦"
"""Stands between texts of one field, so that no phrase reaches over the border."""

_RUN = re.compile(r"[^\W_]+")
_LONGEST = 60
_REMEMBERED = 100_000
_TEXTS_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where it stands in the original text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, each with its offsets."""
    folded = fold_with_origins(text)
    return tuple(Token(run[0][:_LONGEST], *folded.span(*run.span())) for run in _RUN.finditer(folded.text))


def words(text: str) -> list[str]:
    """The folded words of a text: `tokens` without offsets, faster."""
    return [run[:_LONGEST] for run in _RUN.findall(fold(text))]


def word_form(word: str) -> str:
    """The form of a word as written."""
    return WORD + close_ta_marbuta(word)


@lru_cache(maxsize=_REMEMBERED)
def known_forms(word: str, language: str) -> frozenset[str]:
    """The forms of a word of a text in a language, as written and by its stems."""
    return frozenset((word_form(word), *stem_forms(word, (language,))))


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


@lru_cache(maxsize=_REMEMBERED)
def _forms(word: str, language: str) -> tuple[str, str, tuple[str, ...]]:
    """A word of a text in a language: as written, its best stem ("" for a stop word), its other stems."""
    if word in STOPWORDS:
        return word_form(word), "", ()
    best, *others = stem_forms(word, (language,)) or (STEM + word,)
    return word_form(word), best, tuple(others)


def index_forms(text: str, language: str) -> str:
    """The forms to index for a text, separated by spaces.

    Words as written come first, in order; then the best stem of each word that carries meaning,
    in order, so that phrases can be asked for without counting articles; then the other stems.
    """
    found = [_forms(word, language) for word in words(text)]
    written = [word for word, _, _ in found]
    best = [stem for _, stem, _ in found if stem]
    others = [stem for _, _, rest in found for stem in rest]
    return " ".join((*written, GAP, *best, GAP, *others, GAP))


def name_forms(name: str) -> str:
    """The forms to index for a proper name: never stemmed, never stripped of ال."""
    return " ".join((*map(word_form, words(name)), GAP))
