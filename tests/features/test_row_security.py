"""The second wall, PostgreSQL's own: it holds without the first, for pooled connections and for the owner."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import cycle, islice
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from typer.testing import CliRunner

from app.__main__ import cli
from app.core.db import Database
from app.core.rowsecurity import is_above_row_security, set_up_app_role
from app.core.scope import EVERYWHERE, PUBLIC, SYSTEM, Area, Scope
from app.features.confidentiality.rules import may_read
from app.models import Base
from app.models.base import Confidential
from app.models.consultation import Consultation
from app.models.practice import Practice
from app.seeding import seed
from tests.databases import Templates
from tests.factories.filed import store_filed
from tests.factories.walls import without_first_wall

CROSSINGS = 2_000
ABREAST = 16
PRIVATE = {
    str(mapper.local_table) for mapper in Base.registry.mappers if issubclass(mapper.class_, Confidential)
}
COPIES = {"published_record"}
"""Not private, but each row has its audience."""
PRINCIPALS = (
    PUBLIC,
    Scope(own=Area(cities=frozenset({"iq-mosul"}))),
    Scope(own=Area(cities=frozenset({"jo-zarqa"}))),
    Scope(hub=Area(countries=frozenset({"IQ"}))),
    Scope(hub=EVERYWHERE, may_edit=True, is_desk=True),
    SYSTEM,
)


@pytest.fixture(params=[pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> str:
    """SQLite has no second wall."""
    name: str = request.param
    return name


async def test_a_pooled_connection_forgets_whom_it_served(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of transactions of alternating principals over a few connections: nobody sees another's."""
    filed = await store_filed(database)
    expected = {scope: {id_ for id_, one in filed.items() if may_read(scope, one)} for scope in PRINCIPALS}
    without_first_wall(monkeypatch)
    wanted = select(Consultation.id).where(Consultation.id.in_(filed))
    turns = iter(list(islice(cycle(PRINCIPALS), CROSSINGS)))
    crossings: list[tuple[Scope, set[UUID]]] = []

    async def serve() -> None:
        for number, scope in enumerate(turns):
            opened = database.reading(scope) if number % 3 else database.writing(scope)
            async with opened as session:
                seen = set(await session.scalars(wanted))
                if number % 7 == 0:
                    await session.rollback()
            if seen != expected[scope]:
                crossings.append((scope, seen))

    await asyncio.gather(*(serve() for _ in range(ABREAST)))
    assert crossings == []
    assert len({frozenset(seen) for seen in expected.values()}) == len(PRINCIPALS)


async def test_nothing_is_told_after_a_transaction(database: Database) -> None:
    """What was told holds until the transaction ends, also when that fails; a second one is told anew."""
    told = select(func.current_setting("medina.system", True))
    async with database.reading(SYSTEM) as session:
        assert await session.scalar(told) == "on"
        await session.rollback()
        assert await session.scalar(told) == "on"
    async with database.reads.connect() as connection:
        assert not await connection.scalar(told)


async def test_every_private_table_has_its_policies(database: Database) -> None:
    """ENABLE, FORCE and one policy per command on each table of private rows, and on no other."""
    tables = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    policies = text("SELECT tablename, count(DISTINCT cmd) FROM pg_policies GROUP BY tablename")
    async with database.reads.connect() as connection:
        assert set(await connection.scalars(tables)) - COPIES == PRIVATE
        counted = {row[0]: row[1] for row in await connection.execute(policies)}
        assert {name: number for name, number in counted.items() if name not in COPIES} == dict.fromkeys(
            PRIVATE, 4
        )


FORBIDDEN = {
    "take the wall down": "ALTER TABLE consultation DISABLE ROW LEVEL SECURITY",
    "exempt the owner": "ALTER TABLE consultation NO FORCE ROW LEVEL SECURITY",
    "drop a policy": "DROP POLICY medina_select ON consultation",
    "add a policy": "CREATE POLICY mine ON consultation USING (true)",
    "change a table": "ALTER TABLE consultation ADD COLUMN mine text",
    "drop a table": "DROP TABLE need",
    "empty a table": "TRUNCATE need CASCADE",
    "make a table": "CREATE TABLE mine (id int)",
    "pass policies by": "ALTER ROLE CURRENT_USER BYPASSRLS",
    "become a superuser": "ALTER ROLE CURRENT_USER SUPERUSER",
    "become the owner": "SET ROLE {owner}",
    "become the owner for good": "SET SESSION AUTHORIZATION {owner}",
    "make a role": "CREATE ROLE mine SUPERUSER",
    "rewrite the version": "UPDATE alembic_version SET version_num = ''",
    "change the audit": "UPDATE audit_entry SET event = ''",
    "delete from the audit": "DELETE FROM audit_entry",
}


@pytest.fixture
async def audited(database: Database, templates: Templates) -> Database:
    """The database with an audit, as it was migrated or as a later revision would make it."""
    name = database.url.database
    owner = make_url(templates.owner_url("postgresql", "")).set(database=name)
    opened = create_async_engine(owner)
    async with opened.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS audit_entry (event text)")
    await opened.dispose()
    urls = [url.render_as_string(hide_password=False) for url in (owner, database.url)]
    await set_up_app_role(*urls)
    return database


@pytest.mark.parametrize("what", FORBIDDEN)
async def test_the_role_of_the_app_has_no_power(audited: Database, templates: Templates, what: str) -> None:
    """The app reads and writes the rows that the policies let it; schema and roles are not its own."""
    statement = FORBIDDEN[what].format(owner=f'"{make_url(templates.postgresql_url).username}"')
    async with audited.writes.connect() as connection:
        with pytest.raises(DBAPIError, match=r"must be|permission denied"):
            await connection.exec_driver_sql(statement)


async def test_who_passes_the_policies_by_is_known(database: Database, templates: Templates) -> None:
    """`medina serve` warns of a superuser, and of nobody else."""
    assert not await is_above_row_security(database.reads)
    superuser = create_async_engine(templates.owner_url("postgresql", "empty"))
    assert await is_above_row_security(superuser)
    await superuser.dispose()


@dataclass(frozen=True)
class Bare:
    """A database of an owner who is no superuser but may make roles; the role of its app is not there yet."""

    owner_url: str
    app_url: str


@pytest.fixture
async def bare(engine: str, templates: Templates) -> AsyncIterator[Bare]:
    """A new database, its owner and what is left of its app in the end."""
    name = f"o{uuid4().hex[:10]}"
    owner, app = f"{templates.database(name)}_owner", f"{templates.database(name)}_app"
    await templates.execute(f"CREATE ROLE \"{owner}\" LOGIN CREATEROLE PASSWORD 'owner'")
    await templates.execute(f'CREATE DATABASE "{templates.database(name)}" OWNER "{owner}"')
    url = make_url(templates.owner_url(engine, name))
    urls = (url.set(username=owner, password="owner"), url.set(username=app, password='it\'s % "app"'))
    yield Bare(*(one.render_as_string(hide_password=False) for one in urls))
    await templates.drop(engine, templates.url(engine, name))
    for role in (app, owner):
        await templates.execute(f'DROP ROLE IF EXISTS "{role}"')


async def test_migrating_makes_the_role_that_serves(bare: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once and again; it loads the content, and even the owner sees no row without a scope."""
    monkeypatch.setenv("MEDINA_DEMO", "1")
    monkeypatch.setenv("MEDINA_OWNER_DATABASE_URL", bare.owner_url)
    monkeypatch.setenv("MEDINA_DATABASE_URL", bare.app_url)
    for _ in range(2):
        result = await asyncio.to_thread(CliRunner().invoke, cli, ["migrate"])
        assert result.exit_code == 0, result.output
    app, owner = Database(bare.app_url), Database(bare.owner_url)
    try:
        await seed(app)
        for database in (app, owner):
            for scope, is_seen in ((PUBLIC, False), (SYSTEM, True)):
                async with database.reading(scope) as session:
                    assert bool(await session.scalar(select(Practice.id).limit(1))) is is_seen
        with pytest.MonkeyPatch.context() as patch:
            without_first_wall(patch)
            for database in (app, owner):
                async with database.reading() as session:
                    assert await session.scalar(select(Practice.id).limit(1)) is None
    finally:
        await app.aclose()
        await owner.aclose()
