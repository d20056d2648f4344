"""From a letter to an internet message (RFC 5322)."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from app.features.mail.commands import Letter
from app.features.mail.rules import is_one_line


def sender_of(text: str) -> Address:
    """A sender from `name@example.org` or `Name <name@example.org>`. Raises ValueError for anything else."""
    name, address = parseaddr(text)
    user, at, domain = address.rpartition("@")
    if not (user and at and domain and is_one_line(text)):
        raise ValueError("The sender of mails is no e-mail address")
    return Address(name, user, domain)


def message_of(letter: Letter, sender: Address, *, encoding: str) -> EmailMessage:
    """The message of a letter. `encoding` is the content transfer encoding of its texts.

    Message-ID and date are the same with every attempt, so that a second copy can be recognised.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = letter.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = f"<{letter.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body_text, cte=encoding)
    message["Content-Language"] = letter.language  # setting the content removes such headers
    if letter.body_html is not None:
        message.add_alternative(letter.body_html, subtype="html", cte=encoding)
    return message
