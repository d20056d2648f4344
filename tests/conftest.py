"""Fixtures: both databases, the app, clients for every persona, sessions; counts per database."""

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from gettext import NullTranslations
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import pytest
import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.db import Database, ReadSession, WriteSession
from app.core.scope import SYSTEM
from app.main import create_app
from app.settings import Settings
from app.web.failures import FAILURE
from app.web.i18n import catalogue
from tests.databases import ENGINES, Templates, drop_templates, make_templates, start
from tests.factories.people import SignedIn
from tests.guards import take_away

Client = httpx.AsyncClient
Found = TypeVar("Found")
_STATE = pytest.StashKey[dict[str, Any]]()


class _Unknown(NullTranslations):
    """Stands behind the catalogues: a text that reaches it was never written down for translators."""

    def gettext(self, message: str) -> str:
        raise AssertionError(f"No translation of {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise AssertionError(f"No translation of {msgid1!r}")


for _language in ("ar", "fr"):
    catalogue(_language).add_fallback(_Unknown())

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


# --- one server and one set of templates per run -------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL and make the templates, once, in the process that leads the run."""
    if guard := os.environ.get("MEDINA_GUARD"):
        take_away(guard)
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if kept := os.environ.get("MEDINA_TEST_TEMPLATES"):  # of SQLite only; whoever made them takes them away
        config.stash[_STATE] = {"templates": Templates(Path(kept), "", "kept"), "stop": None}
        return
    folder = Path(tempfile.mkdtemp(prefix="medina-test-"))
    url, stop = start(folder / "server")
    templates = Templates(folder, url, uuid4().hex[:8])
    asyncio.run(make_templates(templates))
    config.stash[_STATE] = {"templates": templates, "stop": stop}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    state = config.stash.get(_STATE, None)
    if state is None or state["stop"] is None:
        return
    asyncio.run(drop_templates(state["templates"]))
    state["stop"]()
    shutil.rmtree(state["templates"].folder, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker where the templates are."""
    templates: Templates = node.config.stash[_STATE]["templates"]
    node.workerinput["templates"] = (str(templates.folder), templates.postgresql_url, templates.run)


@pytest.fixture(scope="session")
def templates(pytestconfig: pytest.Config) -> Templates:
    """The databases this run copies from."""
    workerinput = getattr(pytestconfig, "workerinput", None)
    if workerinput is not None:
        folder, url, run = workerinput["templates"]
        return Templates(Path(folder), url, run)
    found: Templates = pytestconfig.stash[_STATE]["templates"]
    return found


# --- databases -----------------------------------------------------------------------------------


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.sqlite),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the database engine; a test that asks for it runs on both."""
    name: str = request.param
    return name


@pytest.fixture
async def empty_url(engine: str, templates: Templates) -> AsyncIterator[str]:
    """A migrated database without content."""
    url = await templates.copy(engine, "empty")
    yield url
    await templates.drop(engine, url)


@pytest.fixture
async def filled_url(engine: str, templates: Templates) -> AsyncIterator[str]:
    """A database with the demo content."""
    url = await templates.copy(engine, "filled")
    yield url
    await templates.drop(engine, url)


@pytest.fixture
async def empty_database(empty_url: str) -> AsyncIterator[Database]:
    """An empty database, open."""
    database = Database(empty_url)
    yield database
    await database.aclose()


@pytest.fixture
async def database(filled_url: str) -> AsyncIterator[Database]:
    """A database with the demo content, open."""
    database = Database(filled_url)
    yield database
    await database.aclose()


@pytest.fixture
async def reads(database: Database) -> AsyncIterator[ReadSession]:
    """A reading session on the demo content."""
    async with database.reading(SYSTEM) as session:
        yield session


@pytest.fixture
async def writes(database: Database) -> AsyncIterator[WriteSession]:
    """A writing session on the demo content; committed when the test ends well."""
    async with database.writing(SYSTEM) as session:
        yield session


# --- the app -------------------------------------------------------------------------------------


def settings_for(url: str, index: Path, **changes: Any) -> Settings:
    """Settings of a test app: demo mode unless told otherwise."""
    values: dict[str, Any] = {
        "database_url": url,
        "index_path": index,
        "mail_folder": index.with_name("mail"),
        "demo": True,
        "public_url": "http://localhost",
        "secret_key": "tests-only-tests-only-tests-only-tests-only",
    }
    return Settings(_env_file=None, **{**values, **changes})


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[FastAPI]:
    """An app with its database and index open."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


def loud_app(app: FastAPI) -> ASGIApp:
    """The app, but errors that it answers with 500 are raised: a test shall say what broke."""

    async def loud(scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})
        await app(scope, receive, send)
        if FAILURE in state:
            raise state[FAILURE]

    return loud


def client_of(app: FastAPI, persona: str = "visitor", **headers: str) -> Client:
    """A client that speaks to the app in memory, signed in as the persona. Errors of the app are raised."""
    return Client(
        transport=httpx.ASGITransport(loud_app(app)),
        base_url="http://localhost",
        headers=headers,
        auth=None if persona == "visitor" else SignedIn(app, persona),
    )


@pytest.fixture
async def app(filled_url: str, templates: Templates, engine: str, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """The app on a copy of the demo content of its own: for tests that change something."""
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    async with running(settings_for(filled_url, tmp_path / "index")) as app:
        yield app


As = Callable[[str], Client]


@pytest.fixture
async def as_persona(app: FastAPI) -> AsyncIterator[As]:
    """Clients by persona: `as_persona("editor")`."""
    async with AsyncExitStack() as stack:
        opened: list[Client] = []

        def open_client(persona: str) -> Client:
            client = client_of(app, persona)
            opened.append(client)
            stack.push_async_callback(client.aclose)
            return client

        yield open_client


@pytest.fixture
async def client(as_persona: As) -> Client:
    """A visitor."""
    return as_persona("visitor")


# --- an app that tests share because they only read ------------------------------------------------

_SHARED: dict[str, tuple[FastAPI, Callable[[], Awaitable[None]]]] = {}


@pytest.fixture(scope="session")
def loop_of_readers() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop that lives as long as the shared apps."""
    loop = asyncio.new_event_loop()
    yield loop
    for _, close in _SHARED.values():
        loop.run_until_complete(close())
    _SHARED.clear()
    loop.close()


class Library:
    """A visitor of the shared app on the demo content: for tests that only read. Not async."""

    def __init__(self, app: FastAPI, loop: asyncio.AbstractEventLoop) -> None:
        self.app = app
        self._loop = loop

    def get(self, path: str, persona: str = "visitor", **headers: str) -> httpx.Response:
        """GET a path of the app as a persona; header names with `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._loop.run_until_complete(self._get(path, persona, named))

    def run(self, work: Coroutine[Any, Any, Found]) -> Found:
        """Do something with the shared app that takes more than a GET; it must change nothing."""
        return self._loop.run_until_complete(work)

    async def _get(self, path: str, persona: str, headers: dict[str, str]) -> httpx.Response:
        async with client_of(self.app, persona, **headers) as client:
            return await client.get(path)


@pytest.fixture
def library(engine: str, templates: Templates, loop_of_readers: asyncio.AbstractEventLoop) -> Library:
    """The shared, read-only app on the demo content."""
    if engine not in _SHARED:
        stack = AsyncExitStack()

        async def open_app() -> FastAPI:
            index = templates.folder / f"index-{engine}"
            settings = settings_for(templates.url(engine, "shared"), index)
            return await stack.enter_async_context(running(settings))

        _SHARED[engine] = (loop_of_readers.run_until_complete(open_app()), stack.aclose)
    return Library(_SHARED[engine][0], loop_of_readers)


# --- counts per database -------------------------------------------------------------------------


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many tests passed and failed on each database."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ENGINES}
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, []):
            for name in ENGINES:
                if name in getattr(report, "keywords", {}):
                    counts[name]["passed" if outcome == "passed" else "failed"] += 1
    for name, counted in counts.items():
        terminalreporter.write_line(f"{name}: {counted['passed']} passed, {counted['failed']} failed")
