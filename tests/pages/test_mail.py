"""Mails as readers get them: worded in three languages, with links of this service, sent after the commit."""

import asyncio
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from pydantic import SecretStr, ValidationError

from app.core.errors import Invalid
from app.core.languages import LANGUAGES, Language
from app.features.mail.commands import Letter
from app.features.mail.gateway import FolderGateway, SmtpGateway
from app.main import create_app
from app.web.deps import Writes
from app.web.mail import KINDS, RIGHT_TO_LEFT_MARK, gateway_for, render_mail, send_mail
from app.web.policy import POLICY
from app.web.render import TEMPLATES
from tests.conftest import client_of, running, settings_for
from tests.databases import Templates
from tests.factories.mail import Carrier

PUBLIC = "https://medina.example.org"
PARAMS: dict[str, Any] = {
    "path": "/ar/sign-in/3q2-7w?a=b&c=d",
    "code": "K7QM2XWD",
    "role": "<b>City lead</b>",
    "place": "Mosul & Nineveh",
    "when": datetime(2026, 11, 2, 14, 5, tzinfo=UTC),
}


@pytest.fixture(scope="module")
def wording(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An app that only puts mails into words."""
    folder = tmp_path_factory.mktemp("wording")
    return create_app(settings_for("sqlite:///unused.db", folder / "index", public_url=f"{PUBLIC}/"))


def _params(kind: str, **changes: Any) -> dict[str, Any]:
    return {name: {**PARAMS, **changes}[name] for name in KINDS[kind]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_everything(wording: FastAPI, language: Language, kind: str) -> None:
    """A subject of one line; link and code on lines of their own; nothing escaped, nothing left over."""
    params = _params(kind)
    subject, text = render_mail(wording, language, kind, **params)
    assert 0 < len(subject) <= 100
    assert "\n" not in subject
    lines = text.splitlines()
    assert lines[0]
    assert "\n\n\n" not in text
    assert not re.search(r"%\(|[{}]|&amp;|&lt;|&#", text)
    assert ("path" in params) == (f"{PUBLIC}{PARAMS['path']}" in lines)
    assert ("code" in params) == (PARAMS["code"] in lines)
    assert all(params[name] in text for name in {"role", "place"} & params.keys())
    assert ("when" in params) == ("2026" in text)
    assert wording.state.settings.hub_email in lines
    assert PARAMS["code"] not in subject
    links = re.findall(r"\S*://\S*", text)
    assert all(link.startswith(f"{PUBLIC}/") for link in links)


@pytest.mark.parametrize("kind", KINDS)
def test_arabic_lines_read_from_the_right(wording: FastAPI, kind: str) -> None:
    """Prose begins with a mark, links and codes do not: they are copied as they are."""
    _, text = render_mail(wording, "ar", kind, **_params(kind))
    for line in filter(None, text.splitlines()):
        assert line.startswith(RIGHT_TO_LEFT_MARK) == (" " in line), line
    _, english = render_mail(wording, "en", kind, **_params(kind))
    assert RIGHT_TO_LEFT_MARK not in english


def test_an_invitation_without_a_place_names_none(wording: FastAPI) -> None:
    """Hub roles are for no city."""
    _, text = render_mail(wording, "en", "invitation", **_params("invitation", place=""))
    assert "Your role will be: <b>City lead</b>.\n" in text


def test_every_template_is_a_kind() -> None:
    """No mail that nobody can send."""
    assert {path.stem for path in (TEMPLATES / "mail").glob("*.txt")} == set(KINDS)


@pytest.mark.parametrize("path", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere", "x"])
def test_links_lead_to_this_service(wording: FastAPI, path: str) -> None:
    """A path that a browser could take elsewhere is refused."""
    with pytest.raises(ValueError, match="this site"):
        render_mail(wording, "en", "role-changed", path=path)


def test_mistakes_of_a_caller_are_errors(wording: FastAPI, tmp_path: Path) -> None:
    """An unknown kind, something missing, something too much, no address of this service."""
    for kind, params in (("newsletter", {}), ("sign-in", {"path": "/en/"}), ("role-changed", PARAMS)):
        with pytest.raises(ValueError, match="are told"):
            render_mail(wording, "en", kind, **params)
    nowhere = create_app(settings_for("sqlite:///unused.db", tmp_path / "index", public_url=""))
    with pytest.raises(ValueError, match="MEDINA_PUBLIC_URL"):
        render_mail(nowhere, "en", "role-changed", path="/en/")


# --- from a request to the mail -------------------------------------------------------------------


class Doorbell(Carrier):
    """A gateway that says when a mail came."""

    def __init__(self) -> None:
        super().__init__()
        self.rang = asyncio.Event()

    async def send(self, letter: Letter) -> None:
        """Keep it and ring."""
        await super().send(letter)
        self.rang.set()


async def test_a_mail_goes_out_after_the_commit_and_names_this_service(
    filled_url: str, templates: Templates, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, whatever host the request named; a request that fails sends nothing."""
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    door = Doorbell()
    monkeypatch.setattr("app.main.gateway_for", lambda _: door)

    async def mail(request: Request, session: Writes, to: str, fails: bool = False) -> dict[str, str]:
        now = datetime.now(UTC)
        send_mail(request.app, session, to, "ar", "sign-in", now=now, path="/ar/x", code="K7QM2XWD")
        await session.flush()
        if fails:
            raise Invalid([])
        return {}

    async with running(settings_for(filled_url, tmp_path / "index", public_url=PUBLIC)) as app:
        monkeypatch.setitem(POLICY, "test-mail", POLICY["home"])
        app.add_api_route("/api/test-mail", mail, methods=["POST"], name="test-mail")
        async with client_of(app, Host="evil.example") as client:
            assert (await client.post("/api/test-mail?to=reader@example.org", json={})).status_code == 400
        async with client_of(app, Host="127.0.0.1") as client:
            failed = await client.post("/api/test-mail?to=nobody@example.org&fails=true", json={})
            assert failed.status_code == 422
            injected = {"to": "a@example.org\r\nBcc: b@example.org"}
            assert (await client.post("/api/test-mail", params=injected, json={})).status_code == 422
            assert (await client.post("/api/test-mail?to=reader@example.org", json={})).status_code == 200
            await asyncio.wait_for(door.rang.wait(), 10)
    (letter,) = door.letters
    assert letter.recipient == "reader@example.org"
    assert f"{PUBLIC}/ar/x" in letter.body_text.splitlines()
    assert "evil" not in letter.body_text


# --- settings --------------------------------------------------------------------------------------


def test_the_settings_choose_the_gateway(tmp_path: Path) -> None:
    """A mail server where one is named, else the folder."""
    plain = settings_for("sqlite:///x.db", tmp_path)
    assert isinstance(gateway_for(plain), FolderGateway)
    served = settings_for(
        "sqlite:///x.db", tmp_path, smtp_host="mail.example.org", mail_from="Medina <medina@example.org>"
    )
    assert isinstance(gateway_for(served), SmtpGateway)


@pytest.mark.parametrize(
    "changes",
    [
        {"smtp_host": "mail.example.org", "mail_from": "m@example.org", "smtp_security": "none"},
        {"smtp_host": "mail.example.org"},
        {"smtp_host": "mail.example.org", "mail_from": "medina"},
        {"smtp_host": "mail.example.org", "mail_from": "m@example.org\r\nBcc: x@example.org"},
        {"smtp_host": "mail.example.org", "mail_from": "m@example.org", "smtp_security": "perhaps"},
    ],
)
def test_mails_in_the_open_or_from_nobody_are_refused_at_start(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    """A server with such settings does not start."""
    with pytest.raises(ValidationError):
        settings_for("sqlite:///x.db", tmp_path, **changes)


def test_a_server_of_this_machine_needs_no_encryption(tmp_path: Path) -> None:
    """What is said to it leaves no machine; the password is not shown by mistake."""
    settings = settings_for(
        "sqlite:///x.db",
        tmp_path,
        smtp_host="127.0.0.1",
        smtp_security="none",
        smtp_password=SecretStr("hidden-word"),
        mail_from="medina@example.org",
    )
    assert isinstance(gateway_for(settings), SmtpGateway)
    assert "hidden-word" not in repr(settings)
