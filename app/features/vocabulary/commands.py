"""What may be asked of the vocabulary: importing concepts and synonyms."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.languages import Language
from app.core.values import Command, Line, Tidy


class ImportConcept(BaseModel):
    """A controlled term as the project's vocabulary file gives it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    slug: str
    broader: str | None
    pref_label: dict[str, str] = Field(alias="prefLabel")
    alt_label: dict[str, list[str]] = Field(alias="altLabel")
    note_en: str = ""


class SynonymTerm(BaseModel):
    """One term of a synonym set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(pattern="^(ar|fr|en)$")
    text: str = Field(min_length=1, max_length=80)


class TermRow(Command):
    """A term as an editor types it."""

    language: Language
    text: Annotated[Annotated[str, StringConstraints(min_length=1, max_length=80)], Tidy]


class SaveSynonyms(Command):
    """Terms that find each other: two at least."""

    terms: Annotated[tuple[TermRow, ...], Field(min_length=2, max_length=60)]
    note: Line = None
