"""Mails by SMTP. The certificate of the server is checked; there is no way to switch that off."""

import asyncio
import ssl
from contextlib import suppress
from typing import Literal

from aiosmtplib import SMTP, SMTPException

from app.features.mail.commands import Letter
from app.features.mail.gateway.messages import message_of, sender_of
from app.settings import LOOPBACK_HOSTS

Security = Literal["starttls", "tls", "none"]

ANSWER_SECONDS = 20.0
GOODBYE_SECONDS = 2.0


class SmtpGateway:
    """Hands mails to one server.

    `security`: `starttls` (refuses to go on when the server does not offer it), `tls` (from the first
    byte), or `none`, which is for a server on this machine only: ValueError for any other.
    Authorities are those of the system, or of the file that SSL_CERT_FILE names.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        sender: str,
        security: Security = "starttls",
        user: str = "",
        password: str = "",
    ) -> None:
        if security == "none" and host not in LOOPBACK_HOSTS:
            raise ValueError("Mails leave this machine encrypted or not at all")
        self._host, self._port, self._security = host, port, security
        self._user, self._password = user, password
        self._sender = sender_of(sender)
        self._context = ssl.create_default_context()

    async def send(self, letter: Letter) -> None:
        """Hand one mail over in a connection of its own. Raises SMTPException, OSError or TimeoutError."""
        client = SMTP(
            hostname=self._host,
            port=self._port,
            use_tls=self._security == "tls",
            start_tls=self._security == "starttls",
            tls_context=None if self._security == "none" else self._context,
            username=self._user or None,
            password=self._password or None,
            local_hostname=self._sender.domain,
            timeout=ANSWER_SECONDS,
        )
        try:
            await client.connect()
            await client.send_message(message_of(letter, self._sender, encoding="quoted-printable"))
            with suppress(SMTPException, OSError, TimeoutError):  # the mail is accepted, whatever follows
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await client.quit()
        finally:
            client.close()
