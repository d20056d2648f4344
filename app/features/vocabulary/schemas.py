"""Concepts as partners receive them."""

from pydantic import BaseModel

from app.features.vocabulary.views import ConceptLabel


class ConceptOut(BaseModel):
    """A concept: scheme, code, and its label in the language of the answer."""

    scheme: str
    code: str
    label: str

    @classmethod
    def of(cls, concept: ConceptLabel) -> "ConceptOut":
        """From a view."""
        return cls(scheme=concept.scheme, code=concept.code, label=concept.label)
