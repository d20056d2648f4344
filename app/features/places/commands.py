"""What may be asked of places: importing countries, places, and their part in the network."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.core.values import (
    Address,
    Code,
    Command,
    Edtf,
    Line,
    Needed,
    Prose,
    Tidy,
    Year,
    YesNo,
    decimal,
    whole,
)
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


class Names(Command):
    """A name in each of the three languages."""

    ar: Needed
    fr: Needed
    en: Needed


class NameBasis(Command):
    """Where a name in a language comes from."""

    ar: Code = None
    fr: Code = None
    en: Code = None


class EngagementRow(Command):
    """A dated fact: the city works with the hub."""

    since: Edtf = None
    source_key: Code = None
    note: Prose = None


class MembershipRow(EngagementRow):
    """A dated fact: the city belongs, or belonged, to the network."""

    status: MembershipStatus


_Latitude = Annotated[Annotated[float, Field(ge=-90, le=90)] | None, BeforeValidator(decimal)]
_Longitude = Annotated[Annotated[float, Field(ge=-180, le=180)] | None, BeforeValidator(decimal)]
_Population = Annotated[Annotated[int, Field(ge=0, le=2_000_000_000)] | None, BeforeValidator(whole)]
_GeonamesId = Annotated[Annotated[int, Field(ge=1, le=2_000_000_000)] | None, BeforeValidator(whole)]
_Subdivision = Annotated[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")] | None, Tidy]
_Wikidata = Annotated[Annotated[str, StringConstraints(pattern=r"^Q[0-9]{1,12}$")] | None, Tidy]


class SavePlace(Command):
    """A place as an editor of the hub describes it. `aliases` and `sources` have one entry a line."""

    names: Names
    name_basis: NameBasis = NameBasis()
    aliases: Prose = None
    kind: PlaceKind = PlaceKind.CITY
    parent: Code = None
    iso_3166_2: _Subdivision = None
    latitude: _Latitude = None
    longitude: _Longitude = None
    population: _Population = None
    population_year: Year = None
    population_source: Line = None
    geonames_id: _GeonamesId = None
    wikidata_id: _Wikidata = None
    p_code: Code = None
    is_border: YesNo = None
    is_host: YesNo = None
    is_conflict_affected: YesNo = None
    facts_source: Line = None
    sources: Prose = None
    memberships: Annotated[tuple[MembershipRow, ...], Field(max_length=20)] = ()
    engagements: Annotated[tuple[EngagementRow, ...], Field(max_length=20)] = ()
    hub_note: Prose = None


class CreatePlace(SavePlace):
    """A new place; its country stays what it is."""

    country: Needed


class SaveSource(Command):
    """A document that facts are read in."""

    title: Needed
    url: Address = None
