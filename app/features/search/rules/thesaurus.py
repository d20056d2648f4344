"""What else a question may mean: terms that find each other, and concepts by any of their labels.

Consulted when a question is asked, not when a practice is indexed, so an edit acts at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from app.features.search.rules.stems import languages_of, stems
from app.features.search.rules.tokens import content_words

Key = tuple[str, ...]

_MOST_READINGS = 16
_LONGEST_TERM = 8


@dataclass(frozen=True, slots=True)
class Term:
    """A word or several, in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term stands for: concepts that it names, and other terms for the same thing (as words)."""

    concepts: frozenset[str] = frozenset()
    terms: frozenset[Key] = frozenset()

    def __or__(self, other: "Meaning") -> "Meaning":
        return Meaning(self.concepts | other.concepts, self.terms | other.terms)

    def __bool__(self) -> bool:
        return bool(self.concepts or self.terms)


NOTHING = Meaning()


class Thesaurus:
    """Concepts by label and synonyms by term; both are found under their stems."""

    def __init__(self, labels: Mapping[str, Iterable[Term]], synonyms: Iterable[Iterable[Term]]) -> None:
        """`labels` maps concept codes to labels; a synonym set is a group of terms."""
        self._meanings: dict[Key, Meaning] = {}
        for code, terms in labels.items():
            for term in terms:
                self._learn(term, Meaning(concepts=frozenset({code})))
        named = {key: meaning.concepts for key, meaning in self._meanings.items()}
        for group in map(list, synonyms):
            keys = {_key(term) for term in group}
            concepts = frozenset[str]().union(*(named.get(key, ()) for key in keys))
            phrases = frozenset(tuple(content_words(term.text)) for term in group) - {()}
            for term in group:
                self._learn(term, Meaning(concepts, phrases))
        self.longest = min(_LONGEST_TERM, max(map(len, self._meanings), default=0))

    def _learn(self, term: Term, meaning: Meaning) -> None:
        key = _key(term)
        if key:
            self._meanings[key] = self._meanings.get(key, NOTHING) | meaning

    def meaning(self, words: Key) -> Meaning:
        """What these words stand for together, in any language they may be meant in."""
        found = NOTHING
        for key in _readings(words):
            found |= self._meanings.get(key, NOTHING)
        return Meaning(found.concepts, found.terms - {words})


def _key(term: Term) -> Key:
    """The best stem of each word of a term."""
    return tuple((stems(word, term.language) or (word,))[0] for word in content_words(term.text))


def _readings(words: Key) -> Iterator[Key]:
    """The keys under which a term of these words may be found."""
    scripts = {languages_of(word) for word in words}
    for language in sorted({language for script in scripts for language in script}):
        choices = [stems(word, language) or (word,) for word in words]
        yield from islice(product(*choices), _MOST_READINGS)
