"""What readers may see: frozen copies, and the sequence of changes that the index follows.

Public pages, the API and the search index read these tables and no others.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.sensitivity import Sensitivity
from app.models.base import CODE, Base, Identified, choice


class PublishedRecord(Identified, Base):
    """A frozen copy of the allowed fields of one record.

    `kind` says of what (practice, event, support, figure, …); `card` is what lists show,
    `document` the whole. `audience` is who may read it: everybody, the network, or partners.
    `starts_on`/`ends_on` and `evidence` exist to sort and filter in SQL.
    """

    __tablename__ = "published_record"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        Index("ix_published_record_kind_starts_on", "kind", "starts_on"),
    )

    kind: Mapped[str] = mapped_column(CODE)
    slug: Mapped[str] = mapped_column(CODE)
    card: Mapped[dict[str, Any]]
    document: Mapped[dict[str, Any]]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    evidence: Mapped[int | None]
    confirmed_on: Mapped[date | None]
    is_illustration: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[Sensitivity] = mapped_column(choice(Sensitivity), default=Sensitivity.PUBLIC)
    first_published_at: Mapped[datetime]
    published_at: Mapped[datetime]


class PublishedFacet(Base):
    """One code of one facet of a published record; facets are filtered and counted by these."""

    __tablename__ = "published_facet"
    __table_args__ = (Index("ix_published_facet_facet_code", "facet", "code"),)

    record_id: Mapped[UUID] = mapped_column(
        ForeignKey("published_record.id", ondelete="CASCADE"), primary_key=True
    )
    facet: Mapped[str] = mapped_column(CODE, primary_key=True)
    code: Mapped[str] = mapped_column(CODE, primary_key=True)


class PublishedPlace(Base):
    """A place that a published record is about, with its role (home, venue, represented, …)."""

    __tablename__ = "published_place"

    record_id: Mapped[UUID] = mapped_column(
        ForeignKey("published_record.id", ondelete="CASCADE"), primary_key=True
    )
    place_id: Mapped[str] = mapped_column(CODE, primary_key=True, index=True)
    role: Mapped[str] = mapped_column(CODE, primary_key=True)


class PublicationChange(Base):
    """One publication or withdrawal; the growing key is the sequence that the index follows."""

    __tablename__ = "publication_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(CODE)
    slug: Mapped[str] = mapped_column(CODE)
    happened_at: Mapped[datetime]
