"""Controlled terms in three languages, and the synonyms that staff add for search."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, Identified, Versioned


class Concept(Base):
    """A controlled term. `code` is unique over all schemes."""

    __tablename__ = "concept"

    code: Mapped[str] = mapped_column(CODE, primary_key=True)
    scheme: Mapped[str] = mapped_column(CODE, index=True)
    broader_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"))
    position: Mapped[int]
    label_en: Mapped[str]
    label_fr: Mapped[str]
    label_ar: Mapped[str]
    note_en: Mapped[str] = mapped_column(default="")


class ConceptAlias(Identified, Base):
    """An alternative label of a concept in one language."""

    __tablename__ = "concept_alias"

    concept_code: Mapped[str] = mapped_column(
        CODE, ForeignKey("concept.code", ondelete="CASCADE"), index=True
    )
    language: Mapped[str] = mapped_column(CODE)
    text: Mapped[str]


class SynonymSet(Identified, Versioned, Base):
    """Terms that find each other: `terms` is a list of {"language", "text"}."""

    __tablename__ = "synonym_set"

    terms: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime]
