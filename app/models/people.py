"""Offices and the persons who hold them: offices outlive people, names vary."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, Identified, OfDesk


class Person(OfDesk, Identified, Base):
    """A person who speaks or acts in an office, with the spellings sources use."""

    __tablename__ = "person"

    slug: Mapped[str] = mapped_column(CODE, unique=True)
    name: Mapped[str]
    name_variants: Mapped[list[Any]]


class Office(OfDesk, Identified, Base):
    """An office of a place or body. `title_code` is a concept of the scheme `office-title`, if one fits."""

    __tablename__ = "office"

    slug: Mapped[str] = mapped_column(CODE, unique=True)
    title: Mapped[dict[str, Any]]
    title_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("concept.code"))
    place_id: Mapped[str | None] = mapped_column(CODE, ForeignKey("place.id"), index=True)
    country_code: Mapped[str | None] = mapped_column(CODE, ForeignKey("country.code"))


class OfficeHolding(OfDesk, Identified, Base):
    """Who held an office, from when to when; null where the source does not say."""

    __tablename__ = "office_holding"

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    held_edtf: Mapped[str | None]
    held_from: Mapped[date | None]
    held_until: Mapped[date | None]
    source_key: Mapped[str | None] = mapped_column(CODE, ForeignKey("source.key"))
