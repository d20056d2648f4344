"""What all tables share: names of constraints, times in UTC, keys, versions."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Date, DateTime, Enum, MetaData, String, Text, TypeDecorator, Uuid
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """A moment in UTC; aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives the zone up; put it back."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: Utc,
        date: Date,
        UUID: Uuid,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


def choice(kind: type[StrEnum]) -> Enum:
    """A column type for a `StrEnum`, stored by value as plain text on both databases."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda k: [m.value for m in k],
    )


CODE = String(80)
"""Length of codes, slugs and place ids."""


class Confidential:
    """Rows that only some scopes may touch; `app.features.confidentiality` says which, and PostgreSQL too."""


class OfDesk(Confidential):
    """Rows of the hub's desk: for those who edit there, whatever city or country they are about."""


class Identified:
    """A random key made by us."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Versioned:
    """A counter that refuses a save on top of somebody else's (optimistic lock)."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Dated:
    """When a row was made and last changed."""

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Publication(StrEnum):
    """How far a record is on its way to readers."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Attribution(StrEnum):
    """What others may learn of who said something."""

    HUB_ONLY = "A0"
    REGION = "A1"
    COUNTRY = "A2"
    CITY = "A3"
    ROLE = "A4"
    NAMED = "A5"


class CountBasis(StrEnum):
    """How a number of people is meant."""

    EXACT = "exact"
    AT_LEAST = "at least"
    ESTIMATE = "estimate"
