"""Bookkeeping of what was filed: reference numbers, and answers to repeated requests."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, Confidential, Identified


class ReferenceCounter(Base):
    """The last number given out in a series such as `MED-2026`: one row per series, counted up in place."""

    __tablename__ = "reference_counter"

    series: Mapped[str] = mapped_column(CODE, primary_key=True)
    last: Mapped[int]


class StoredAnswer(Confidential, Identified, Base):
    """The answer to a request with an Idempotency-Key: the same key and body get it again.

    It goes when the consultation it tells of goes.
    """

    __tablename__ = "stored_answer"
    __table_args__ = (UniqueConstraint("actor", "route", "key"),)

    actor: Mapped[str] = mapped_column(CODE)
    route: Mapped[str] = mapped_column(CODE)
    key: Mapped[str]
    fingerprint: Mapped[str]
    status: Mapped[int]
    location: Mapped[str | None]
    body: Mapped[str]
    consultation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    stored_at: Mapped[datetime]
