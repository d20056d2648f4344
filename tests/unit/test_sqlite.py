"""SQLite beside the requests that ask it: the same results and errors, and nobody else is kept waiting."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.core import sqlite
from app.core.db import Database

WAYS: dict[str, dict[str, Any]] = {"as it comes": {}, "ours": {"async_creator_fn": sqlite.connect}}
TABLE = "CREATE TABLE word (id INTEGER PRIMARY KEY, said TEXT UNIQUE)"
PUT = text("INSERT INTO word (said) VALUES (:said)")
ASK = text("SELECT count(*) FROM word")
LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT sum(i) FROM n"
)
SUM = 200_000 * 200_001 // 2


async def _told(connection: AsyncConnection) -> list[Any]:
    """What a connection answers to each kind of statement."""
    await connection.exec_driver_sql(TABLE)
    one = await connection.execute(PUT, {"said": "مدينة"})
    many = await connection.execute(PUT, [{"said": "ville"}, {"said": "city"}])
    rows = await connection.execute(text("SELECT id, said FROM word ORDER BY id"))
    changed = await connection.execute(text("UPDATE word SET said = said || '!' WHERE id > 1 RETURNING said"))
    nothing = await connection.execute(text("SELECT said FROM word WHERE id = 99"))
    gone = await connection.execute(text("DELETE FROM word WHERE id = 1"))
    long = await connection.execute(LONG)
    with pytest.raises(IntegrityError) as refused:
        await connection.execute(PUT, {"said": "ville!"})
    with pytest.raises(OperationalError) as unknown:
        await connection.execute(text("SELECT nothing FROM word"))
    return [
        one.rowcount, one.lastrowid, many.rowcount, list(rows.keys()), rows.all(), changed.scalars().all(),
        nothing.first(), gone.rowcount, long.scalar(), str(refused.value.orig), str(unknown.value.orig),
    ]  # fmt: skip


async def test_statements_give_the_same(tmp_path: Path) -> None:
    told = {}
    for number, (way, options) in enumerate(WAYS.items()):
        engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / str(number)}", connect_args=options)
        async with engine.connect() as connection:
            told[way] = await _told(connection)
        await engine.dispose()
    assert told["ours"] == told["as it comes"]
    assert SUM in told["ours"]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A file with one table."""
    made = Database(f"sqlite+aiosqlite:///{tmp_path / 'words.db'}")
    async with made.writes.begin() as connection:
        await connection.exec_driver_sql(TABLE)
    yield made
    await made.aclose()


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What goes to a thread."""
    made: list[object] = []
    send = sqlite.Connection._execute

    async def counted(self: sqlite.Connection, work: Any, *arguments: Any, **options: Any) -> Any:
        made.append(work)
        return await send(self, work, *arguments, **options)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(sqlite.Connection, "_execute", counted)
    return made


async def _open(engine: AsyncEngine) -> None:
    """Let a pool make its connection, which takes trips of its own."""
    async with engine.connect() as connection:
        await connection.execute(ASK)


async def test_short_questions_take_no_trip_and_long_ones_take_one(
    database: Database, trips: list[object]
) -> None:
    await _open(database.reads)
    trips.clear()
    async with database.reads.connect() as connection:
        assert (await connection.execute(ASK)).scalar() == 0
        assert trips == []
        assert (await connection.execute(LONG)).scalar() == SUM
        assert len(trips) == 1
        assert (await connection.execute(ASK)).scalar() == 0
    assert len(trips) == 1


async def test_a_change_takes_one_trip_to_begin_and_one_to_commit(
    database: Database, trips: list[object]
) -> None:
    await _open(database.writes)
    trips.clear()
    async with database.writes.begin() as connection:
        await connection.execute(PUT, {"said": "ville"})
        assert len(trips) == 1
        await connection.execute(PUT, {"said": "city"})
        assert (await connection.execute(ASK)).scalar() == 2
        assert len(trips) == 1
    assert len(trips) == 2


async def test_what_was_rolled_back_is_gone(database: Database) -> None:
    async with database.writes.connect() as connection:
        await connection.execute(PUT, {"said": "ville"})
        await connection.rollback()
        assert (await connection.execute(ASK)).scalar() == 0
    async with database.reads.connect() as connection:
        assert (await connection.execute(ASK)).scalar() == 0


async def test_a_transaction_sees_one_state_from_its_first_question_on(database: Database) -> None:
    async with database.reads.connect() as reading:
        assert (await reading.execute(ASK)).scalar() == 0
        async with database.writes.begin() as writing:
            await writing.execute(PUT, {"said": "ville"})
        assert (await reading.execute(ASK)).scalar() == 0
        await reading.rollback()
        assert (await reading.execute(ASK)).scalar() == 1


async def test_who_waits_for_another_writer_keeps_nobody_waiting(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "words.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def put() -> None:
        async with database.writes.begin() as connection:
            await connection.execute(PUT, {"said": "ville"})

    waiting = asyncio.create_task(put())
    for _ in range(20):
        async with database.reads.connect() as connection:
            assert (await connection.execute(ASK)).scalar() == 0
        await asyncio.sleep(0.01)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    await waiting


async def test_who_stops_waiting_leaves_a_good_connection_behind(database: Database) -> None:
    async def put() -> None:
        async with database.writes.begin() as connection:
            await connection.execute(PUT, {"said": "ville"})
            await connection.execute(LONG)

    for moment in (0, 0.001, 0.005, 0.02):
        task = asyncio.create_task(put())
        await asyncio.sleep(moment)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with database.writes.begin() as connection:
        assert (await connection.execute(ASK)).scalar() == 0
        await connection.execute(PUT, {"said": "ville"})


async def test_a_refused_change_can_be_followed_by_another(database: Database) -> None:
    async with database.writes.begin() as connection:
        await connection.execute(PUT, {"said": "ville"})
        with pytest.raises(IntegrityError):
            async with connection.begin_nested():
                await connection.execute(PUT, {"said": "ville"})
        await connection.execute(PUT, {"said": "city"})
    async with database.reads.connect() as connection:
        assert (await connection.execute(ASK)).scalar() == 2
