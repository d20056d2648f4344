"""Concepts as readers meet them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.core.languages import Language


@dataclass(frozen=True, slots=True)
class Concept:
    """A controlled term with its label in each language."""

    scheme: str
    code: str
    broader: str | None
    labels: Mapping[str, str]

    def label(self, language: Language) -> str:
        """The preferred label."""
        return self.labels[language]


@dataclass(frozen=True, slots=True)
class ConceptLabel:
    """A concept in one reader's language: what templates and the API show."""

    scheme: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts by code, in the order of the vocabulary file."""

    concepts: Mapping[str, Concept]

    def scheme(self, scheme: str) -> list[Concept]:
        """The concepts of one scheme, in order."""
        return [concept for concept in self.concepts.values() if concept.scheme == scheme]

    def labelled(self, codes: list[str] | tuple[str, ...], language: Language) -> tuple[ConceptLabel, ...]:
        """Known `codes` with their labels; codes that no longer exist are left out."""
        found = (self.concepts.get(code) for code in codes)
        return tuple(ConceptLabel(c.scheme, c.code, c.label(language)) for c in found if c is not None)

    def label(self, code: str, language: Language) -> str:
        """The label of a code; the code itself where there is no such concept."""
        concept = self.concepts.get(code)
        return concept.label(language) if concept else code

    def top(self, code: str) -> str:
        """The broadest term above `code`: for a need, one of the three Hub priorities."""
        concept = self.concepts.get(code)
        while concept is not None and concept.broader is not None:
            code = concept.broader
            concept = self.concepts.get(code)
        return code


@dataclass(frozen=True, slots=True)
class SynonymSetView:
    """Terms that find each other, as pairs (language, text)."""

    id: UUID
    version: int
    terms: tuple[tuple[str, str], ...]
    note: str

    @property
    def words(self) -> str:
        """A few of the terms, to know the set by."""
        return " / ".join(text for _, text in self.terms[:5])
