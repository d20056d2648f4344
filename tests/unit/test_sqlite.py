"""Statements that make one trip to the thread of SQLite: the same results and errors, fewer trips."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.core import sqlite

WAYS: dict[str, dict[str, Any]] = {"as it comes": {}, "one trip": {"async_creator_fn": sqlite.connect}}
TABLE = "CREATE TABLE word (id INTEGER PRIMARY KEY, said TEXT UNIQUE)"
PUT = text("INSERT INTO word (said) VALUES (:said)")


async def _told(connection: AsyncConnection) -> list[Any]:
    """What a connection answers to each kind of statement."""
    await connection.exec_driver_sql(TABLE)
    one = await connection.execute(PUT, {"said": "مدينة"})
    many = await connection.execute(PUT, [{"said": "ville"}, {"said": "city"}])
    rows = await connection.execute(text("SELECT id, said FROM word ORDER BY id"))
    changed = await connection.execute(text("UPDATE word SET said = said || '!' WHERE id > 1 RETURNING said"))
    nothing = await connection.execute(text("SELECT said FROM word WHERE id = 99"))
    gone = await connection.execute(text("DELETE FROM word WHERE id = 1"))
    with pytest.raises(IntegrityError) as refused:
        await connection.execute(PUT, {"said": "ville!"})
    return [
        one.rowcount, one.lastrowid, many.rowcount, list(rows.keys()), rows.all(), changed.scalars().all(),
        nothing.first(), gone.rowcount, str(refused.value.orig),
    ]  # fmt: skip


async def test_statements_give_the_same(tmp_path: Path) -> None:
    told = {}
    for number, (way, options) in enumerate(WAYS.items()):
        engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / str(number)}", connect_args=options)
        async with engine.connect() as connection:
            told[way] = await _told(connection)
        await engine.dispose()
    assert told["one trip"] == told["as it comes"]


async def test_a_statement_is_one_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[object] = []
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'a'}", connect_args=WAYS["one trip"])
    send = sqlite.OneTripConnection._execute

    async def counted(self: sqlite.OneTripConnection, work: Any, *arguments: Any) -> Any:
        trips.append(work)
        return await send(self, work, *arguments)  # type: ignore[no-untyped-call]

    async with engine.connect() as connection:
        await connection.exec_driver_sql(TABLE)
        monkeypatch.setattr(sqlite.OneTripConnection, "_execute", counted)
        assert (await connection.execute(text("SELECT count(*) FROM word"))).scalar() == 0
        assert len(trips) == 1
    await engine.dispose()
