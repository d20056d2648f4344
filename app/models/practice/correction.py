"""What readers say is wrong."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, Identified, OfDesk


class CorrectionSuggestion(OfDesk, Identified, Base):
    """What a reader says is wrong in a published record; nothing about the reader is kept."""

    __tablename__ = "correction_suggestion"

    kind: Mapped[str] = mapped_column(CODE)
    slug: Mapped[str] = mapped_column(CODE)
    text: Mapped[str]
    language: Mapped[str] = mapped_column(CODE)
    suggested_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
