"""Single sign-on in a real browser: to another site and back, with the policy of our pages as it is."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import uvicorn

from app.core.credentials import AccountState
from app.core.db import Database
from app.features.confidentiality import service as _walls  # noqa: F401 - without them no session opens
from app.main import create_app
from app.models.account import Account, ExternalIdentity
from app.web.security import SESSION_COOKIE
from tests.browser.conftest import Open
from tests.conftest import settings_for
from tests.databases import Templates
from tests.factories.provider import CLIENT, SECRET, FakeProvider


def _bound() -> socket.socket:
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    return found


class Serving:
    """A server on a socket that is bound already."""

    def __init__(self, app: Any, door: socket.socket) -> None:
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        door.listen(64)  # who comes before the server is up waits
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [door]}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop it."""
        self._server.should_exit = True
        self._thread.join(timeout=10)


async def _prepare(templates: Templates, issuer: str) -> str:
    """A database in which one account is linked."""
    url = await templates.copy("sqlite", "empty")
    database = Database(url)
    account_id, now = uuid4(), datetime.now(UTC)
    async with database.writing() as session:
        session.add(
            Account(
                id=account_id,
                email="amal@city.example",
                name="Amal",
                language="ar",
                pseudonym="p-amal",
                state=AccountState.ACTIVE,
                created_at=now,
            )
        )
        await session.flush()
        session.add(ExternalIdentity(account_id=account_id, issuer=issuer, subject="amal", created_at=now))
    await database.aclose()
    return url


@pytest.fixture
def places(templates: Templates, tmp_path: Path) -> Iterator[tuple[str, FakeProvider]]:
    """A site and its provider, which is another site: `127.0.0.1` is not `localhost`."""
    doors = _bound(), _bound()
    site, issuer = (
        f"http://localhost:{doors[0].getsockname()[1]}",
        f"http://127.0.0.1:{doors[1].getsockname()[1]}",
    )
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(asyncio.run(_prepare(templates, issuer))))
    thread.start()
    thread.join()
    fake = FakeProvider(issuer)
    app = create_app(
        settings_for(
            found[0],
            tmp_path / "index",
            demo=False,
            public_url=site,
            oidc_issuer=issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_name="City pass",
        )
    )
    servers = [Serving(app, doors[0]), Serving(fake.app, doors[1])]
    yield site, fake
    for server in servers:
        server.close()


@pytest.mark.parametrize("script", [True, False])
def test_there_and_back(places: tuple[str, FakeProvider], open_page: Open, script: bool) -> None:
    """One button leads out, the browser comes back by itself, one more button signs in."""
    site, fake = places
    fake.visitor = "amal"
    page = open_page(f"{site}/en/sign-in", width=390, script=script)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.get_by_role("button", name="Sign in with City pass").click()
    page.wait_for_url(f"{site}/en/sign-in/sso/back?*")
    assert "/authorize" not in page.url
    assert SESSION_COOKIE not in {cookie["name"] for cookie in page.context.cookies()}
    page.get_by_role("button", name="Sign in now").click()
    page.wait_for_url(f"{site}/en/account")
    assert page.get_by_text("amal@city.example").count() == 1
    assert SESSION_COOKIE in {cookie["name"] for cookie in page.context.cookies()}
    assert [text for text in said if "Security Policy" in text] == []
