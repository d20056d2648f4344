"""What may be asked of people and offices: importing them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Import(BaseModel):
    """Base of imports: frozen, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NameVariant(Import):
    """A spelling of a name, and the source that uses it."""

    text: str = Field(min_length=1)
    source_key: str | None = None


class ImportPerson(Import):
    """A person who speaks or acts in an office."""

    slug: Slug
    name: str = Field(min_length=1)
    name_variants: tuple[NameVariant, ...] = ()


class ImportOffice(Import):
    """An office of a place, or of a country where no place is stated.

    `title` maps languages to the title as sources give it; `title_code` is a concept of the
    scheme `office-title`, if one fits.
    """

    slug: Slug
    title: dict[str, str] = Field(min_length=1)
    title_language: str = "en"
    title_code: str | None = None
    place_id: str | None = None
    country_code: str | None = None


class ImportHolding(Import):
    """Who held an office; `held` is EDTF, None where no source says from when to when."""

    office: Slug
    person: Slug
    held: str | None = None
    source_key: str | None = None
