"""Mails reach a real mail server of this machine, encrypted, or a folder."""

import os
import stat
from collections.abc import Iterator, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from app.core.db import Database
from app.features.mail.gateway import FolderGateway, SmtpGateway
from app.features.mail.service import deliver_due
from tests.factories.mail import (
    HOST,
    NOW,
    SECRET,
    Inbox,
    a_mail,
    decoded,
    gateway_to,
    mail_server,
    outbox,
    put,
    self_signed,
)

ARABIC = "تسجيل الدخول إلى «مدينة»"
TEXT = "\u200fافتح هذا الرابط في المتصفّح الذي طلبت منه الدخول:\n\nhttps://medina.example.org/ar/x?a=b\n"


async def test_an_arabic_mail_arrives_as_written(empty_database: Database) -> None:
    """Subject and text decode; headers say that a machine wrote it, and in which language."""
    inbox = Inbox()
    await put(empty_database, a_mail(language="ar", subject=ARABIC, body_text=TEXT))
    with mail_server(inbox) as port:
        assert await deliver_due(empty_database, gateway_to(port), now=NOW) == 1
    (message,) = inbox.messages()
    (mail,) = await outbox(empty_database)
    assert message["Subject"] == ARABIC
    assert message.get_content().replace("\r\n", "\n") == TEXT
    assert (message["From"], message["To"]) == ("Medina <medina@example.org>", "reader@example.org")
    assert message["Message-ID"] == f"<{mail.id}@example.org>"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "ar")
    assert message["Date"].datetime == NOW
    assert message.get_content_type() == "text/plain"
    assert (inbox.envelopes[0].original_content or b"\xff").isascii()


async def test_a_mail_with_html_has_both_parts(empty_database: Database) -> None:
    """Plain text first."""
    inbox = Inbox()
    await put(empty_database, a_mail(body_html="<p>é</p>"))
    with mail_server(inbox) as port:
        await deliver_due(empty_database, gateway_to(port), now=NOW)
    parts = [part.get_content_type() for part in inbox.messages()[0].iter_parts()]
    assert parts == ["text/plain", "text/html"]


async def test_a_refused_mail_comes_once_the_server_takes_it(empty_database: Database) -> None:
    """With the same Message-ID in every attempt; the others are not kept waiting."""
    inbox = Inbox()
    await put(empty_database, a_mail(recipient="refused@example.org"), a_mail())
    with mail_server(inbox) as port:
        assert await deliver_due(empty_database, gateway_to(port), now=NOW) == 1
    assert inbox.recipients == ["reader@example.org"]
    sent, waits = await outbox(empty_database)
    assert sent.sent_at is not None
    assert (waits.last_error, waits.attempts, waits.sent_at) == ("SMTPRecipientsRefused", 1, None)


async def test_a_mail_waits_while_the_server_is_away(empty_database: Database) -> None:
    """Nobody listens; later somebody does."""
    inbox = Inbox()
    await put(empty_database, a_mail())
    with mail_server(inbox) as port:
        pass
    assert await deliver_due(empty_database, gateway_to(port), now=NOW) == 0
    (mail,) = await outbox(empty_database)
    assert mail.last_error == "SMTPConnectError"
    with mail_server(inbox) as port:
        assert await deliver_due(empty_database, gateway_to(port), now=NOW + timedelta(minutes=5)) == 1
    assert len(inbox.envelopes) == 1


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
async def test_an_unknown_certificate_is_refused_and_the_mail_kept(
    empty_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, implicit: bool
) -> None:
    """Nothing is said to a server that cannot prove who it is; once its authority is known, the mail goes."""
    certificate = self_signed(tmp_path / "certificate.pem")
    security = "tls" if implicit else "starttls"
    inbox = Inbox()
    await put(empty_database, a_mail())
    with mail_server(inbox, certificate, implicit=implicit) as port:
        assert await deliver_due(empty_database, gateway_to(port, security), now=NOW) == 0
        (mail,) = await outbox(empty_database)
        assert (mail.sent_at, mail.failed_at, inbox.envelopes) == (None, None, [])
        assert SECRET in mail.body_text
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusting = gateway_to(port, security)
        assert await deliver_due(empty_database, trusting, now=NOW + timedelta(minutes=5)) == 1
    assert inbox.recipients == ["reader@example.org"]


async def test_a_certificate_for_another_name_is_refused(
    empty_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even of a known authority."""
    certificate = self_signed(tmp_path / "certificate.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    inbox = Inbox()
    await put(empty_database, a_mail())
    with mail_server(inbox, certificate) as port:
        elsewhere = SmtpGateway("localhost", port, sender="medina@example.org")
        assert await deliver_due(empty_database, elsewhere, now=NOW) == 0
    assert inbox.envelopes == []


async def test_a_server_without_encryption_gets_nothing(empty_database: Database) -> None:
    """Somebody between may have taken the offer of STARTTLS out."""
    inbox = Inbox()
    await put(empty_database, a_mail())
    with mail_server(inbox) as port:
        assert await deliver_due(empty_database, gateway_to(port, "starttls"), now=NOW) == 0
    assert inbox.envelopes == []
    (mail,) = await outbox(empty_database)
    assert mail.last_error == "SMTPException"


@pytest.mark.parametrize("host", ["mail.example.org", "127.0.0.1.example.org", "10.0.0.1", ""])
def test_only_this_machine_is_spoken_to_in_the_open(host: str) -> None:
    """A gateway that would send secrets unencrypted cannot be made."""
    with pytest.raises(ValueError, match="encrypted"):
        SmtpGateway(host, 25, sender="medina@example.org", security="none")
    assert SmtpGateway(HOST, 25, sender="medina@example.org", security="none")


@pytest.mark.parametrize(
    "sender", ["", "medina", "@example.org", "medina@", "M <m@example.org>\r\nBcc: x@y.org"]
)
def test_a_sender_is_an_address(sender: str) -> None:
    """A mistake shows at start."""
    with pytest.raises(ValueError, match="sender"):
        SmtpGateway(HOST, 25, sender=sender, security="none")


@pytest.fixture
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """Everything that is logged during a test."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with capture_logs() as logs:
        yield logs
    structlog.configure(wrapper_class=before)


async def test_mails_go_into_the_folder(
    empty_database: Database, tmp_path: Path, logged: list[MutableMapping[str, Any]]
) -> None:
    """One readable file each, for its owner only; the log names it and says nothing of what is in it."""
    await put(empty_database, a_mail(language="ar", subject=ARABIC, body_text=TEXT + SECRET))
    folder = tmp_path / "var" / "mail"
    assert await deliver_due(empty_database, FolderGateway(folder), now=NOW) == 1
    (path,) = folder.iterdir()
    assert path.name.startswith("20261125-093000-sign-in-")
    assert path.suffix == ".eml"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert ARABIC in path.read_text(encoding="utf-8")
    assert "https://medina.example.org/ar/x?a=b" in path.read_text(encoding="utf-8")
    message = decoded(path.read_bytes())
    assert message["Subject"] == ARABIC
    assert message.get_content() == TEXT + SECRET + "\n"
    said = str(logged)
    assert str(path) in said
    assert SECRET not in said
    assert ARABIC not in said
    assert "reader@example.org" not in said
