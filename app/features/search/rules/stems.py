"""Stems of folded words, in the three languages; words of other languages have none."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import local

import Stemmer

from app.features.search.rules.arabic import (
    close_ta_marbuta,
    is_arabic,
    light_stem,
    strip_article,
    strip_one_letter_clitic,
)

_SNOWBALL = {"en": "english", "fr": "french", "ar": "arabic"}
_REMEMBERED = 100_000

# Two spellings of English, made one before stemming.
_AMERICAN = (
    (re.compile(r"is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=\w{3})our(?=$|s$|ed$|ing$|ly$|al$|hood)"), "or"),
    (re.compile(r"(?<=\w{3})tre(?=$|s$)"), "ter"),
    (re.compile(r"^programme(?=$|s$)"), "program"),
)
# French participles lose their accents in folding, and with them what Snowball looks for.
_FEMININE_PARTICIPLE = re.compile(r"ees?$")


class _Stemmers(local):
    """Snowball stemmers of this thread: they keep state."""

    def __init__(self) -> None:
        self._made: dict[str, Stemmer.Stemmer] = {}

    def stem(self, word: str, language: str) -> str:
        """Snowball's stem."""
        if language not in self._made:
            self._made[language] = Stemmer.Stemmer(_SNOWBALL[language])
        return str(self._made[language].stemWord(word))


_stemmers = _Stemmers()


def _english(word: str) -> list[str]:
    for pattern, replacement in _AMERICAN:
        word = pattern.sub(replacement, word)
    return [_stemmers.stem(word, "en")]


def _french(word: str) -> list[str]:
    return [_stemmers.stem(_FEMININE_PARTICIPLE.sub("e", word), "fr")]


def _arabic(word: str) -> list[str]:
    bare = strip_article(word)
    candidates = [light_stem(bare), close_ta_marbuta(_stemmers.stem(bare, "ar"))]
    if bare == word:
        candidates.append(light_stem(strip_one_letter_clitic(word)))
    return candidates


_BY_LANGUAGE: Mapping[str, Callable[[str], list[str]]] = {"en": _english, "fr": _french, "ar": _arabic}


@lru_cache(maxsize=_REMEMBERED)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a folded word, the best one first; none where script and language do not fit."""
    if language not in _BY_LANGUAGE or is_arabic(word) != (language == "ar"):
        return ()
    return tuple(dict.fromkeys(filter(None, _BY_LANGUAGE[language](word)))) or (word,)


def languages_of(word: str) -> tuple[str, ...]:
    """The languages a word may be meant in, by its script."""
    return ("ar",) if is_arabic(word) else ("en", "fr")
