"""How mails are worded and by whom they are carried.

Mails say nothing of the content of consultations: only that something waits or has changed, and where.
Links begin with the configured address of this service, whatever host a request named.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from app.core.db import WriteSession
from app.core.languages import LANGUAGES, Language, direction
from app.features.accounts.commands.people import InvitePerson
from app.features.accounts.service.invitations import Invited
from app.features.mail.commands import SendMail
from app.features.mail.gateway import FolderGateway, MailGateway, SmtpGateway
from app.features.mail.service import enqueue
from app.settings import Settings
from app.web.labels import label
from app.web.redirects import safe_next
from app.web.render import Renderer

RIGHT_TO_LEFT_MARK = "\u200f"

KINDS: Mapping[str, frozenset[str]] = {
    "address-changed": frozenset({"when"}),
    "address-confirm": frozenset({"path"}),
    "invitation": frozenset({"path", "role", "place"}),
    "new-device": frozenset({"path", "when"}),
    "passkey-added": frozenset({"path", "when"}),
    "passkey-removed": frozenset({"path", "when"}),
    "recovery-used": frozenset({"path", "when"}),
    "role-changed": frozenset({"path"}),
    "sign-in": frozenset({"path", "code"}),
    "sso-linked": frozenset({"path", "when"}),
    "sso-unlinked": frozenset({"path", "when"}),
}
"""What each kind of mail has to be told: `path` is where its link leads, `when` a moment.

`role` and `place` are words in the reader's language; `place` may be empty.
"""


def gateway_for(settings: Settings) -> MailGateway:
    """The mail server of the settings, or the folder where there is none. ValueError for a bad sender."""
    if not settings.smtp_host:
        return FolderGateway(settings.mail_folder, settings.mail_from)
    return SmtpGateway(
        settings.smtp_host,
        settings.smtp_port,
        sender=settings.mail_from,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
    )


def render_mail(app: FastAPI, language: Language, kind: str, **params: Any) -> tuple[str, str]:
    """Subject and text of a mail, in plain text.

    `params` are those that `KINDS` names for the kind: ValueError for others, for a path that leads
    elsewhere, and where the address of this service is not set.
    """
    if kind not in KINDS or params.keys() != KINDS[kind]:
        raise ValueError(f"Mails of the kind {kind!r} are told {sorted(KINDS.get(kind, ()))}")
    renderer: Renderer = app.state.renderer
    settings: Settings = app.state.settings
    told = {name: value for name, value in params.items() if name != "path"}
    if "path" in params:
        told["link"] = _link(settings, params["path"])
    context = {"mail": {**told, "contact": settings.hub_email}}
    subject, body = (
        renderer.html(language, f"mail/{kind}.txt", context, block) for block in ("subject", "body")
    )
    return " ".join(subject.split()), _lines(language, body)


def send_mail(
    app: FastAPI,
    session: WriteSession,
    recipient: str,
    language: Language,
    kind: str,
    *,
    now: datetime,
    expires_at: datetime | None = None,
    **params: Any,
) -> UUID:
    """Word a mail and put it into the outbox, in the caller's transaction; gives its id.

    Raises `Invalid` for what is no address, ValueError as `render_mail`.
    """
    subject, text = render_mail(app, language, kind, **params)
    command = SendMail(recipient, language, kind, subject, text, expires_at=expires_at)
    return enqueue(session, command, now=now)


def mail_invitation(
    app: FastAPI, session: WriteSession, command: InvitePerson, invited: Invited, *, place: str, now: datetime
) -> UUID:
    """Word an invitation in the language of the invited person; `place`: where, in words."""
    renderer: Renderer = app.state.renderer
    language = next(one for one in LANGUAGES if one == command.language)
    return send_mail(
        app,
        session,
        command.email,
        language,
        "invitation",
        now=now,
        expires_at=invited.expires_at,
        path=renderer.url(language, "invitation", token=invited.token),
        role=label(language, "account-role", str(command.role)),
        place=place,
    )


def _link(settings: Settings, path: str) -> str:
    """An absolute address from a path of this site."""
    if not settings.public_url:
        raise ValueError("MEDINA_PUBLIC_URL is not set: links in mails would lead nowhere")
    if safe_next(path) is None:
        raise ValueError("Links in mails lead to pages of this site")
    return settings.public_url.rstrip("/") + path


def _lines(language: Language, body: str) -> str:
    """The lines of a mail, paragraphs apart by one empty line.

    Mail programs choose the direction of a line by its first strong letter: lines of prose in
    a language written from right to left begin with a mark, links and codes stand as they are.
    """
    lines: list[str] = []
    for line in (one.strip() for one in body.strip().splitlines()):
        if line or lines[-1]:
            is_prose = direction(language) == "rtl" and (" " in line)
            lines.append(RIGHT_TO_LEFT_MARK + line if is_prose else line)
    return "\n".join(lines) + "\n"
