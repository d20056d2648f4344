"""Concepts as partners receive them."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from app.core.languages import Language
from app.features.vocabulary.views import Concept, ConceptLabel


class ConceptOut(BaseModel):
    """A concept: scheme, code, and its label in the language of the answer."""

    scheme: str
    code: str
    label: str

    @classmethod
    def of(cls, concept: ConceptLabel) -> "ConceptOut":
        """From a view."""
        return cls(scheme=concept.scheme, code=concept.code, label=concept.label)


class LabelsOut(BaseModel):
    """Preferred labels in the three languages."""

    ar: str
    fr: str
    en: str


class AlternativesOut(BaseModel):
    """Other labels in the three languages: they find the same concept."""

    ar: list[str]
    fr: list[str]
    en: list[str]


class VocabularyItemOut(ConceptOut):
    """A concept with all its labels; `broader` is the code of the wider concept of its scheme."""

    slug: str
    broader: str | None
    labels: LabelsOut
    alternatives: AlternativesOut


class VocabularyOut(BaseModel):
    """All concepts that were asked for, in order; `next` is always null."""

    items: list[VocabularyItemOut]
    total: int
    next: str | None

    @classmethod
    def of_concepts(
        cls,
        concepts: Sequence[Concept],
        alternatives: Mapping[tuple[str, str], Sequence[str]],
        language: Language,
    ) -> "VocabularyOut":
        """From concepts; `alternatives` by (concept code, language)."""
        items = [
            VocabularyItemOut(
                slug=concept.code,
                scheme=concept.scheme,
                code=concept.code,
                label=concept.label(language),
                broader=concept.broader,
                labels=LabelsOut(**concept.labels),
                alternatives=AlternativesOut(
                    ar=sorted(alternatives.get((concept.code, "ar"), ())),
                    fr=sorted(alternatives.get((concept.code, "fr"), ())),
                    en=sorted(alternatives.get((concept.code, "en"), ())),
                ),
            )
            for concept in concepts
        ]
        return cls(items=items, total=len(items), next=None)
