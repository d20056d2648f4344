"""Reports of browsers, and the health of the service."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from app.core.db import Database
from tests.conftest import As, client_of


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/csp-report", b'{"csp-report": {"violated-directive": "img-src"}}', 204),
        ("application/reports+json", b'[{"type": "csp-violation", "body": {}}]', 204),
        ("application/reports+json", b"[" * 100 + b"]" * 100, 422),
        ("application/csp-report", b"[" * 10_000, 400),
        ("application/csp-report", b"x", 400),
        ("application/json", b"{}", 415),
        ("text/plain", b"{}", 415),
        ("application/csp-report", b'{"csp-report": {"a": "' + b"x" * 16_384 + b'"}}', 413),
    ],
)
async def test_reports_of_browsers(as_persona: As, kind: str, content: bytes, status: int) -> None:
    """Taken from everywhere, as browsers send them, up to their size."""
    for origin in ({}, {"Sec-Fetch-Site": "cross-site", "Origin": "null", "Cookie": "a=b"}):
        headers = {"Content-Type": kind, **origin}
        answer = await as_persona("visitor").post("/csp-reports", content=content, headers=headers)
        assert answer.status_code == status
        assert status != 204 or answer.content == b""


async def test_health_hardly_asks_the_database(app: FastAPI) -> None:
    """A thousand questions at once are one statement, or two when a second goes by."""
    statements: list[str] = []
    engine = app.state.database.reads.sync_engine

    def count(*arguments: Any) -> None:
        if arguments[2].startswith("SELECT") and "outbox_mail" not in arguments[2]:  # mails go their own way
            statements.append(arguments[2])

    httpx_client = client_of(app)
    event.listen(engine, "before_cursor_execute", count)
    async with httpx_client as client:
        for path in ("/health/ready", "/health/live"):
            for _ in range(50):
                answers = await asyncio.gather(*(client.get(path) for _ in range(10)))
                assert {answer.status_code for answer in answers} == {200}
    event.remove(engine, "before_cursor_execute", count)
    assert set(statements) == {"SELECT 1"}
    assert len(statements) <= 5


async def test_ready_says_when_it_is_not(app: FastAPI, tmp_path: Path) -> None:
    """Without its database; live goes on."""
    await app.state.database.aclose()
    app.state.database = Database(f"sqlite+aiosqlite:///{tmp_path}/missing/nowhere.db")
    async with client_of(app) as client:
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.get("/health/live")).status_code == 200
