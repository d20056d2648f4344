"""The matrix on broken builds: the second wall holds without the first; without both, canaries come out."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine.url import make_url

from tests.databases import Templates
from tests.factories.principals import client_for
from tests.factories.walls import without_first_wall
from tests.matrix.world import Findings, World, world

READERS = ("visitor", "practitioner", "lead A", "lead C other country")
OWN = ("lead A", "lead C other country")
Build = Callable[[str], AbstractAsyncContextManager[World]]


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
    """Everybody and everything for a database URL, in a build without the first wall."""
    without_first_wall(monkeypatch)

    @asynccontextmanager
    async def build(url: str) -> AsyncIterator[World]:
        async with world("postgresql", url, templates, tmp_path, is_small=True) as made:
            yield made

    return build


async def _walk(made: World) -> Findings:
    """What comes out on every page and interface that is read."""
    found = Findings(made)
    for principal in READERS:
        async with client_for(made.app, principal) as client:
            for address in made.addresses("GET", ["en"]):
                found.take(principal, address, "whole", await client.get(address.path))
    for principal in OWN:
        assert len(found.seen[principal]) > 20, "the canaries sing for their own"
    return found


async def test_the_second_wall_holds_alone(broken: Build, filled_url: str) -> None:
    """No canary comes out although nobody narrows a statement."""
    async with broken(filled_url) as made:
        assert (await _walk(made)).leaks == set()


async def test_without_walls_canaries_come_out(broken: Build, as_owner: str) -> None:
    """The same build as a superuser leaks: so the test above can fail."""
    async with broken(as_owner) as made:
        leaks = (await _walk(made)).leaks
    assert any(leak.startswith("lead A") for leak in leaks), sorted(leaks)[:5]
