"""How mails leave this machine: by SMTP, or into a folder where there is no mail server."""

from typing import Protocol

from app.features.mail.commands import Letter
from app.features.mail.gateway.folder import FolderGateway
from app.features.mail.gateway.smtp import SmtpGateway

__all__ = ["FolderGateway", "MailGateway", "SmtpGateway"]


class MailGateway(Protocol):
    """Whoever carries mails."""

    async def send(self, letter: Letter) -> None:
        """Hand a mail over; returns when it was accepted, raises when it was not or may not have been."""
