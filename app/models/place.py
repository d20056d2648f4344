"""Countries and places, and dated facts about their part in the network."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, Identified, Versioned, choice


class PlaceKind(StrEnum):
    """Kinds of places, from the gazetteer's point of view."""

    CITY = "city"
    DISTRICT = "district"
    GOVERNORATE_OR_REGION = "governorate_or_region"
    COUNTRY = "country"
    SUB_CITY_AREA = "sub_city_area"


class MembershipStatus(StrEnum):
    """Whether a city belongs to the network."""

    MEMBER = "member"
    FORMER_MEMBER = "former member"


class Country(Base):
    """A country by its ISO 3166-1 code, with the names the United Nations use."""

    __tablename__ = "country"

    code: Mapped[str] = mapped_column(CODE, primary_key=True)
    name_en: Mapped[str]
    name_fr: Mapped[str]
    name_ar: Mapped[str]
    short_en: Mapped[str]
    short_fr: Mapped[str]
    short_ar: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")


class Place(Versioned, Base):
    """A place with a stable id such as `iq-mosul`; names are never used to tell places apart.

    `name_basis` says per language where a name comes from. The three yes/no facts are null
    where nobody has stated them. `hub_note` is for hub staff only.
    """

    __tablename__ = "place"

    id: Mapped[str] = mapped_column(CODE, primary_key=True)
    kind: Mapped[PlaceKind] = mapped_column(choice(PlaceKind))
    country_code: Mapped[str] = mapped_column(CODE, ForeignKey("country.code"), index=True)
    parent_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"))
    name_en: Mapped[str]
    name_fr: Mapped[str]
    name_ar: Mapped[str]
    name_basis: Mapped[dict[str, Any]]
    iso_3166_2: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    population_source: Mapped[str | None]
    geonames_id: Mapped[int | None]
    wikidata_id: Mapped[str | None]
    p_code: Mapped[str | None]
    is_border: Mapped[bool | None]
    is_host: Mapped[bool | None]
    is_conflict_affected: Mapped[bool | None]
    facts_source: Mapped[str | None]
    sources: Mapped[list[Any]]
    hub_note: Mapped[str] = mapped_column(default="")
    is_illustration: Mapped[bool] = mapped_column(default=False)


class PlaceAlias(Identified, Base):
    """Another spelling or name of a place, in any language."""

    __tablename__ = "place_alias"

    place_id: Mapped[str] = mapped_column(CODE, ForeignKey("place.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]


class Membership(Identified, Base):
    """A dated fact: the city belongs to the network. Separate from engagement."""

    __tablename__ = "membership"

    place_id: Mapped[str] = mapped_column(CODE, ForeignKey("place.id", ondelete="CASCADE"), index=True)
    status: Mapped[MembershipStatus] = mapped_column(choice(MembershipStatus))
    since_edtf: Mapped[str | None]
    since_start: Mapped[date | None]
    since_end: Mapped[date | None]
    source_key: Mapped[str | None] = mapped_column(CODE, ForeignKey("source.key"))
    note: Mapped[str] = mapped_column(default="")


class Engagement(Identified, Base):
    """A dated fact: the city works with the hub, member or not."""

    __tablename__ = "engagement"

    place_id: Mapped[str] = mapped_column(CODE, ForeignKey("place.id", ondelete="CASCADE"), index=True)
    since_edtf: Mapped[str | None]
    since_start: Mapped[date | None]
    since_end: Mapped[date | None]
    source_key: Mapped[str | None] = mapped_column(CODE, ForeignKey("source.key"))
    note: Mapped[str] = mapped_column(default="")


class Source(Base):
    """Where a fact was read: a short key, a title or address."""

    __tablename__ = "source"

    key: Mapped[str] = mapped_column(CODE, primary_key=True)
    title: Mapped[str]
    url: Mapped[str | None]
