"""What may be asked of places: importing countries, places, and their part in the network."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from app.models.place import MembershipStatus, PlaceKind


class Import(BaseModel):
    """Base of imports: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ImportCountry(Import):
    """A country as the project's file gives it."""

    code: str
    name: dict[str, str]
    short: dict[str, str]
    basis: str


class ImportPlace(Import):
    """A place as the project's file gives it."""

    id: str
    kind: PlaceKind
    name: dict[str, str]
    name_basis: dict[str, Any]
    aliases: list[str]
    country: str
    iso_3166_2: str | None
    lat: float | None
    lon: float | None
    population: int | None
    population_year: int | None
    population_source: str | None
    geonames_id: int | None
    parent: str | None
    sources: list[str]
    wikidata_id: str | None = None
    is_illustration: bool = False


class ImportMembership(Import):
    """A dated fact about a city and the network; `status` None means engaged without being a member."""

    place_id: str
    status: MembershipStatus | None
    since: str | None
    source_key: str | None
    note: str = ""


class ImportSource(Import):
    """Where facts were read."""

    key: str
    title: str
    url: str | None
