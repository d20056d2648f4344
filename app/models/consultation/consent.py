"""Consent as a record: to what, in which wording and language, when, how, and until when."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, choice
from app.models.consultation.kinds import Channel
from app.models.consultation.statements import PartOfConsultation


class Consent(PartOfConsultation, Base):
    """One consent of a city to one purpose. It is never changed, only withdrawn; a new one is a new row.

    `recorded_by` and `withdrawn_by` are pseudonyms of the audit. `given_on` is the day people said yes,
    which may be before the day it was recorded.
    """

    __tablename__ = "consent"

    purpose: Mapped[str] = mapped_column(CODE)
    wording_version: Mapped[str] = mapped_column(CODE)
    language: Mapped[str] = mapped_column(CODE)
    given_on: Mapped[date]
    channel: Mapped[Channel | None] = mapped_column(choice(Channel))
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
