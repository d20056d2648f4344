"""How often who may ask, and what those hear who ask too often."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from limits import parse

from app.web import rates
from app.web.security import SESSION_COOKIE
from tests.conftest import As, Client, client_of, running, settings_for
from tests.databases import Templates

SECRET = "a-secret-of-a-server-that-is-no-demonstration"
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#notice"}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pages a minute, one list an hour."""
    monkeypatch.setattr(rates, "PAGES", parse("3/minute"))
    monkeypatch.setattr(rates, "INTERFACE", parse("3/minute"))
    monkeypatch.setattr(rates, "LISTS", parse("1/hour"))


@pytest.fixture
async def counting(
    few: None, request: pytest.FixtureRequest, engine: str, templates: Templates, tmp_path: Path
) -> AsyncIterator[FastAPI]:
    """The app outside demo mode; a parameter names trusted proxies."""
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    settings = settings_for(
        templates.url(engine, "shared"),
        tmp_path / "index",
        demo=False,
        secret_key=SECRET,
        trusted_proxies=getattr(request, "param", ""),
    )
    async with running(settings) as app:
        yield app


async def test_too_many_requests(counting: FastAPI) -> None:
    """429 and the time to wait, for page, htmx and program; files of the site and health stay free."""
    async with client_of(counting) as client:
        for _ in range(3):
            assert (await client.get("/fr/about")).status_code == 200
        page = await client.get("/fr/about")
        part = await client.get("/ar/about", headers=FRAGMENT)
        for _ in range(3):
            assert (await client.get("/api/v1/vocabulary")).status_code == 200
        problem = await client.get("/api/v1/vocabulary")
        for answer in (page, part, problem):
            assert answer.status_code == 429
            assert 1 <= int(answer.headers["retry-after"]) <= 60
            assert answer.headers["content-security-policy"]
        assert '<html lang="fr"' in page.text
        assert "<html" not in part.text
        assert problem.json()["type"] == "/docs#problem-too-many-requests"
        for path in ("/static/app.js", "/health/live", "/health/ready"):
            assert (await client.get(path)).status_code == 200


async def test_sessions_and_tokens_count_for_themselves(counting: FastAPI) -> None:
    """A network that asked too often does not shut out who is signed in."""
    async with client_of(counting) as client:
        for _ in range(4):
            last = await client.get("/en/about")
        assert last.status_code == 429
        one, other = ({"Cookie": f"{SESSION_COOKIE}={value}"} for value in ("one", "other"))
        statuses = [(await client.get("/en/about", headers=one)).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert (await client.get("/en/about", headers=other)).status_code == 200
        token = {"Authorization": "Bearer x"}
        for _ in range(4):
            last = await client.get("/api/v1/vocabulary", headers=token)
        assert last.status_code == 429
        assert (await client.get("/api/v1/vocabulary")).status_code == 200


@pytest.mark.parametrize("counting", ["", "10.0.0.0/8"], indirect=True)
async def test_a_claimed_address_changes_nothing(counting: FastAPI) -> None:
    """Headers of somebody who is no trusted proxy do not move the key."""
    async with client_of(counting) as client:
        statuses = [
            (await client.get("/en/about", headers=claim)).status_code
            for number in range(5)
            for claim in [{"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=203.0.113.{number}"}]
        ]
    assert statuses == [200, 200, 200, 429, 429]


@pytest.mark.parametrize("counting", ["127.0.0.0/8"], indirect=True)
async def test_a_proxy_tells_clients_apart(counting: FastAPI) -> None:
    """By the last address that it added; what a client wrote itself stands before it."""
    async with client_of(counting) as client:
        for number in range(5):
            told = {"X-Forwarded-For": f"1.2.3.4, 198.51.100.{number}"}
            assert (await client.get("/en/about", headers=told)).status_code == 200
        statuses = [
            (await client.get("/en/about", headers={"X-Forwarded-For": f"{n}.2.3.4, 192.0.2.1"})).status_code
            for n in range(1, 6)
        ]
    assert statuses == [200, 200, 200, 429, 429]


async def test_lists_as_files(counting: FastAPI) -> None:
    """Fewer than pages."""
    async with client_of(counting) as client:
        assert (await client.get("/en/practices.csv")).status_code == 200
        again = await client.get("/en/practices.csv")
        assert again.status_code == 429
        assert int(again.headers["retry-after"]) > 3000
        assert (await client.get("/en/about")).status_code == 200


async def test_the_demo_counts_nothing(few: None, as_persona: As) -> None:
    """It serves one machine."""
    client: Client = as_persona("visitor")
    for _ in range(5):
        assert (await client.get("/en/about")).status_code == 200
