"""A mail to send, a mail server on this machine, and what became of the outbox."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from app.core.db import Database
from app.features.mail.commands import Letter, SendMail
from app.features.mail.gateway import SmtpGateway
from app.features.mail.service import enqueue
from app.models.mail import OutboxMail

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HOST = "127.0.0.1"
SECRET = "K7QM-2XWD"


def a_mail(**say: Any) -> SendMail:
    """A mail with a code to sign in with, unless told otherwise."""
    values: dict[str, Any] = {
        "recipient": "reader@example.org",
        "language": "en",
        "kind": "sign-in",
        "subject": "Sign in to Medina",
        "body_text": f"Your code:\n\n{SECRET}\n",
    }
    return SendMail(**{**values, **say})


async def put(database: Database, *mails: SendMail, now: datetime = NOW) -> None:
    """Put mails into the outbox, committed."""
    async with database.writing() as session:
        for mail in mails:
            enqueue(session, mail, now=now)


async def outbox(database: Database) -> list[OutboxMail]:
    """All rows, by recipient."""
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxMail).order_by(OutboxMail.recipient)))


class Inbox:
    """Handler of the mail server: keeps what it accepts; refuses recipients whose address says so."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.is_open = True

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept or refuse one recipient."""
        if not self.is_open or address.startswith("refused"):
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail."""
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        """To whom mails came, each as often as it came."""
        return sorted(address for one in self.envelopes for address in one.rcpt_tos)

    def messages(self) -> list[EmailMessage]:
        """What came, decoded."""
        return [decoded(one.original_content or b"") for one in self.envelopes]


def decoded(content: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


class ImplicitTls(Controller):
    """A server that speaks TLS from the first byte; what asks whether it is up accepts any certificate."""

    def _trigger_server(self) -> None:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        with (
            socket.create_connection((self.hostname, self.port), 5) as plain,
            trusting.wrap_socket(plain) as wrapped,
        ):
            wrapped.recv(1024)


@contextmanager
def mail_server(inbox: Inbox, certificate: Path | None = None, *, implicit: bool = False) -> Iterator[int]:
    """A mail server on a free port of this machine; with a certificate it speaks TLS, now or when asked."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    with socket.create_server((HOST, 0)) as probe:
        port = int(probe.getsockname()[1])
    if implicit:
        controller: Controller = ImplicitTls(inbox, hostname=HOST, port=port, ssl_context=context)
    else:
        controller = Controller(
            inbox, hostname=HOST, port=port, tls_context=context, require_starttls=context is not None
        )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def gateway_to(port: int, security: Any = "none") -> SmtpGateway:
    """A gateway to a server of this machine."""
    return SmtpGateway(HOST, port, sender="Medina <medina@example.org>", security=security)


def self_signed(path: Path) -> Path:
    """A certificate for this machine that nobody has vouched for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server of the tests")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return path


class Carrier:
    """A gateway that keeps letters, or does with them what it is told."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> None:
        """Keep it."""
        self.letters.append(letter)
