"""What else a question may mean: terms that find each other, and concepts by any of their labels.

Consulted when a question is asked, not when a practice is indexed, so an edit acts at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from app.features.search.rules.edits import allowed_edits, within_edits
from app.features.search.rules.stems import languages_of, stems
from app.features.search.rules.tokens import content_words

Key = tuple[str, ...]

_MOST_READINGS = 16
_LONGEST_TERM = 8
_MOST_OWNERS = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A word or several, in one language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term stands for.

    `concepts` are named by it, `related` have it as a part of their name; `terms` say the same
    (as stems, side by side).
    """

    concepts: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    terms: frozenset[Key] = frozenset()

    def __or__(self, other: "Meaning") -> "Meaning":
        return Meaning(self.concepts | other.concepts, self.related | other.related, self.terms | other.terms)

    def __bool__(self) -> bool:
        return bool(self.concepts or self.related or self.terms)


NOTHING = Meaning()


class Thesaurus:
    """Concepts by label and synonyms by term; both are found under their stems."""

    def __init__(
        self,
        names: Mapping[str, Sequence[Term]],
        aliases: Mapping[str, Sequence[Term]],
        synonyms: Iterable[Sequence[Term]],
    ) -> None:
        """`names` and `aliases` are labels by concept code; a synonym set is a group of terms."""
        self._meanings: dict[Key, Meaning] = {}
        self._words: dict[str, frozenset[str]] = {}
        for code, labels in (*names.items(), *aliases.items()):
            for label in labels:
                self._learn(self._key(label), Meaning(concepts=frozenset({code})))
        self._learn_parts(names)
        self._learn_synonyms(synonyms)
        self.longest = min(_LONGEST_TERM, max(map(len, self._meanings), default=0))

    def _key(self, term: Term) -> Key:
        """The best stem of each word of a term."""
        words = content_words(term.text)
        self._words.update((word, frozenset(word)) for word in words)
        return tuple((stems(word, term.language) or (word,))[0] for word in words)

    def _learn(self, key: Key, meaning: Meaning) -> None:
        if key:
            self._meanings[key] = self._meanings.get(key, NOTHING) | meaning

    def _learn_parts(self, names: Mapping[str, Sequence[Term]]) -> None:
        """Runs of words within names that point to one or two concepts only."""
        owners: dict[Key, set[str]] = {}
        for code, labels in names.items():
            for key in map(self._key, labels):
                for first, end in combinations(range(len(key) + 1), 2):
                    owners.setdefault(key[first:end], set()).add(code)
        for part, codes in owners.items():
            if len(codes) <= _MOST_OWNERS:
                self._learn(part, Meaning(related=frozenset(codes)))

    def _learn_synonyms(self, synonyms: Iterable[Sequence[Term]]) -> None:
        """Terms that find each other, and the concepts that any of them names."""
        named = {key: meaning.concepts for key, meaning in self._meanings.items()}
        for group in synonyms:
            keys = frozenset(map(self._key, group)) - {()}
            concepts = frozenset[str]().union(*(named.get(key, ()) for key in keys))
            for key in keys:
                self._learn(key, Meaning(concepts=concepts, terms=keys - {key}))

    def meaning(self, words: Key) -> Meaning:
        """What these words stand for together, in any language they may be meant in."""
        found = NOTHING
        for key in _readings(words):
            found |= self._meanings.get(key, NOTHING)
        return Meaning(found.concepts, found.related - found.concepts, found.terms)

    def nearest(self, word: str) -> str:
        """The word of the thesaurus that a misspelt word most likely stands for; itself if there is none."""
        most, letters = allowed_edits(word), frozenset(word)
        # An edit takes away one letter and brings another at most: a cheap test that spares most dear ones.
        alike = [known for known, others in self._words.items() if len(letters ^ others) <= 2 * most]
        for edits in range(1, most + 1):
            near = [known for known in alike if within_edits(word, known, edits)]
            if near:
                return min(near)
        return word


def _readings(words: Key) -> Iterator[Key]:
    """The keys under which a term of these words may be found."""
    scripts = {languages_of(word) for word in words}
    for language in sorted({language for script in scripts for language in script}):
        choices = [stems(word, language) or (word,) for word in words]
        yield from islice(product(*choices), _MOST_READINGS)
