"""The canary walk on broken builds: one wall holds without the other; without both canaries come out."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.engine.url import make_url

from app.core.db import Database
from app.core.scope import SYSTEM
from tests.conftest import client_of, running, settings_for
from tests.databases import Templates
from tests.factories.marks import plant
from tests.factories.walk import addresses, load_values
from tests.factories.walls import without_first_wall
from tests.pages.test_canaries import Walk

READERS = ("visitor", "practitioner", "official:iq-mosul", "official:iq-baghdad")
Build = Callable[[str], AbstractAsyncContextManager[FastAPI]]


@pytest.fixture(params=[pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> str:
    """SQLite has no second wall."""
    name: str = request.param
    return name


@pytest.fixture
def as_owner(filled_url: str, templates: Templates) -> str:
    """The same database as the superuser, whom no policy holds."""
    name = make_url(filled_url).database
    owner = make_url(templates.owner_url("postgresql", "filled")).set(database=name)
    return owner.render_as_string(hide_password=False)


@pytest.fixture
def broken(templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """The app for a database URL, in a build without the first wall."""
    without_first_wall(monkeypatch)
    shutil.copytree(templates.folder / "index-postgresql", tmp_path / "index")

    @asynccontextmanager
    async def build(url: str) -> AsyncIterator[FastAPI]:
        async with running(settings_for(url, tmp_path / "index")) as app:
            yield app

    return build


async def _leaks(app: FastAPI) -> list[str]:
    """Canaries that came out where they should not, on every page and interface that is read."""
    database: Database = app.state.database
    async with database.writing(SYSTEM) as session:
        owned = await plant(session)
    async with database.reading(SYSTEM) as session:
        values = await load_values(session)
    values = {**values, "consultations": [id_ for ids in owned.values() for id_ in ids]}
    walk = Walk()
    for persona in READERS:
        async with client_of(app, persona) as client:
            for address in addresses(app, values, ["en"]):
                if address.method == "GET":
                    walk.take(persona, address, await client.get(address.path))
    for city in ("iq-mosul", "iq-baghdad"):
        assert ("concern.text", city) in walk.seen[f"official:{city}"], "the canaries sing for their own"
    return walk.leaks


async def test_the_second_wall_holds_alone(broken: Build, filled_url: str) -> None:
    """No canary comes out although nobody narrows a statement."""
    async with broken(filled_url) as app:
        assert await _leaks(app) == []


async def test_without_walls_canaries_come_out(broken: Build, as_owner: str) -> None:
    """The same build as a superuser leaks: so the test above can fail."""
    async with broken(as_owner) as app:
        leaks = await _leaks(app)
    assert any("official:iq-mosul" in leak and "iq-baghdad" in leak for leak in leaks), leaks[:5]
