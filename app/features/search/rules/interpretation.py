"""Reading a question: its words, each with its forms, and what runs of words stand for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.features.search.rules.arabic import without_preposition
from app.features.search.rules.edits import allowed_edits, within_edits
from app.features.search.rules.thesaurus import Key, Meaning, Thesaurus
from app.features.search.rules.tokens import STEM, all_forms, content_words, known_forms, word_form

MOST_WORDS = 24
"""Longer questions are cut: they would cost more than they find."""
MOST_CORRECTED = 6
"""So many misspelt words of a question are forgiven: looking for near ones is dear."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of a question, from `first` up to but without `end`, and their meaning."""

    first: int
    end: int
    meaning: Meaning

    def __len__(self) -> int:
        return self.end - self.first


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question as words that carry meaning, and the runs among them that a thesaurus knows.

    `misspelt` maps positions of words that were read as another word to what was typed there.
    """

    words: Key
    runs: tuple[Run, ...] = ()
    misspelt: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words)

    def at(self, position: int) -> tuple[Run, ...]:
        """The runs that the word at a position is part of."""
        return tuple(run for run in self.runs if run.first <= position < run.end)


def interpret(question: str, thesaurus: Thesaurus) -> Interpretation:
    """Read a question. Never fails, whatever was typed; a question without words is false."""
    words = tuple(dict.fromkeys(content_words(question)))[:MOST_WORDS]
    return Interpretation(words, _runs(words, thesaurus))


def correct(question: Interpretation, unknown: Collection[int], thesaurus: Thesaurus) -> Interpretation:
    """Read the words at the `unknown` positions, which nothing holds, as the nearest words we know."""
    misspelt = dict.fromkeys(question.words[position] for position in unknown)
    nearest = {word: thesaurus.nearest(word) for word in list(misspelt)[:MOST_CORRECTED]}
    typed = {position: word for position in unknown if (word := question.words[position]) in nearest}
    words = tuple(nearest.get(word, word) for word in question.words)
    return Interpretation(words, _runs(words, thesaurus), typed)


def _runs(words: Key, thesaurus: Thesaurus) -> tuple[Run, ...]:
    found = (
        Run(first, end, thesaurus.meaning(words[first:end]))
        for first in range(len(words))
        for end in range(first + 1, min(first + thesaurus.longest, len(words)) + 1)
    )
    return tuple(run for run in found if run.meaning)


def place_forms(word: str) -> tuple[str, ...]:
    """The forms of a word as a place name: as typed, and without a preposition joined to it."""
    return tuple(dict.fromkeys((word_form(word), word_form(without_preposition(word)))))


@dataclass(frozen=True, slots=True)
class Marks:
    """What to highlight: forms, and misspelt words that stand for words near them."""

    forms: frozenset[str] = frozenset()
    misspelt: frozenset[str] = frozenset()

    def hits(self, word: str, language: str) -> bool:
        """Whether a word of a text in `language` is to be marked."""
        if not self.forms.isdisjoint(known_forms(word, language)):
            return True
        return any(within_edits(word, typed, allowed_edits(typed)) for typed in self.misspelt)


def marks_of(question: Interpretation) -> Marks:
    """The words of a question and their synonyms, as marks."""
    forms = {form for word in question.words for form in all_forms(word)}
    for run in question.runs:
        forms.update(STEM + stem for term in run.meaning.terms for stem in term)
    return Marks(frozenset(forms), frozenset(question.misspelt.values()))
