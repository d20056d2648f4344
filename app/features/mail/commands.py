"""What may be asked: to send a mail; and what a gateway is handed."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.errors import FieldError, Invalid
from app.core.languages import LANGUAGES, Language
from app.core.messages import noop
from app.features.mail.rules import NOBODY, is_address, is_one_line

NOT_AN_ADDRESS = noop("Write an e-mail address such as name@example.org.")
LONGEST_SUBJECT = 200

_KIND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class SendMail:
    """A mail to one person, in that person's language; of no use after `expires_at`, if that is given.

    To `NOBODY` it goes all the way but the last step.
    `kind` is a code such as `sign-in`. Raises `Invalid` for what is no address, ValueError for
    a subject of several lines or another mistake of the caller.
    """

    recipient: str
    language: Language
    kind: str
    subject: str
    body_text: str
    body_html: str | None = None
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what could end a header or a command of SMTP."""
        if self.recipient != NOBODY and not is_address(self.recipient):
            raise Invalid([FieldError("recipient", NOT_AN_ADDRESS)])
        if self.language not in LANGUAGES or not _KIND.fullmatch(self.kind) or len(self.kind) > 80:
            raise ValueError("A mail has one of our languages and a kind")
        if not is_one_line(self.subject) or not 0 < len(self.subject) <= LONGEST_SUBJECT:
            raise ValueError("The subject of a mail is one line")
        if not self.body_text:
            raise ValueError("A mail says something")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as a gateway carries it. `attempts` counts this one."""

    id: UUID
    recipient: str
    language: str
    kind: str
    subject: str
    body_text: str
    body_html: str | None
    created_at: datetime
    expires_at: datetime | None
    attempts: int
