"""Putting mails into the outbox, and sending what is due."""

from app.features.mail.service.delivery import deliver_due, delivering
from app.features.mail.service.outbox import enqueue, has_mail

__all__ = ["deliver_due", "delivering", "enqueue", "has_mail"]
