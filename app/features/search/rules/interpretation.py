"""Reading a question: its words, each with its forms, and what runs of words stand for."""

from dataclasses import dataclass

from app.features.search.rules.arabic import without_preposition
from app.features.search.rules.edits import allowed_edits, within_edits
from app.features.search.rules.thesaurus import Key, Meaning, Thesaurus
from app.features.search.rules.tokens import STEM, all_forms, content_words, stem_forms, word_form

MOST_WORDS = 24
"""Longer questions are cut: they would cost more than they find."""


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
    """A question as words that carry meaning, and the runs among them that a thesaurus knows."""

    words: Key
    runs: tuple[Run, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


def interpret(question: str, thesaurus: Thesaurus) -> Interpretation:
    """Read a question. Never fails, whatever was typed; a question without words is false."""
    words = tuple(content_words(question)[:MOST_WORDS])
    runs = []
    for first in range(len(words)):
        for end in range(first + 1, min(first + thesaurus.longest, len(words)) + 1):
            meaning = thesaurus.meaning(words[first:end])
            if meaning:
                runs.append(Run(first, end, meaning))
    return Interpretation(words, tuple(runs))


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
        if self.forms.intersection((word_form(word), *stem_forms(word, (language,)))):
            return True
        return any(within_edits(word, typed, allowed_edits(typed)) for typed in self.misspelt)


def marks_of(interpretation: Interpretation, misspelt: frozenset[str] = frozenset()) -> Marks:
    """The words of a question and their synonyms, as marks."""
    forms = {form for word in interpretation.words for form in all_forms(word)}
    for run in interpretation.runs:
        forms.update(STEM + stem for term in run.meaning.terms for stem in term)
    return Marks(frozenset(forms), misspelt)
