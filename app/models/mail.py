"""Mails on their way out: written with the change they tell of, sent after it is committed."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import CODE, Base, Identified


class OutboxMail(Identified, Base):
    """One mail to one person. Its texts are blanked once it was sent or given up: they hold secrets.

    `due_at`: not before; `expires_at`: of no use after. `attempts` counts claims, so that a mail that
    ends its process is not tried for ever. While `lease_until` lies ahead, somebody is sending it.
    `last_error` is the name of an error class, never what a server said.
    """

    __tablename__ = "outbox_mail"

    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(CODE)
    kind: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str]
    body_text: Mapped[str]
    body_html: Mapped[str | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(CODE, default="")
