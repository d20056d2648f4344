"""SQLite in another thread, with one trip there and back for each statement.

aiosqlite sends each step of a statement to the thread by itself: make a cursor, execute, fetch, close.
Under load each trip waits for the interpreter's lock, so that trips and not SQL take the time. Here the
thread does all steps at once. Rows are fetched whole, as SQLAlchemy's adapter does anyway.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

CHUNK = 64


class OneTripCursor:
    """The part of a cursor that SQLAlchemy's adapter asks for."""

    arraysize = 1

    def __init__(self, connection: "OneTripConnection") -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> "OneTripCursor":
        """The cursor itself: nothing has to be made yet."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "OneTripCursor":
        """Run a statement and fetch what it gives."""
        return await self._run("execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> "OneTripCursor":
        """Run a statement once for each set of parameters."""
        return await self._run("executemany", sql, parameters)

    async def fetchall(self) -> list[Any]:
        """The rows that came with the statement."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    async def _run(self, how: str, sql: str, parameters: Any) -> "OneTripCursor":
        await self._connection.in_thread(self._in_thread, how, sql, parameters)
        return self

    def _in_thread(self, how: str, sql: str, parameters: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class OneTripConnection(aiosqlite.Connection):
    """A connection whose cursors make one trip for each statement."""

    def cursor(self) -> Any:
        """A cursor, made without a trip."""
        return OneTripCursor(self)

    async def rollback(self) -> None:
        """Take a trip only where there is something to roll back: pools ask once more than needed."""
        if self.in_transaction:
            await super().rollback()

    async def in_thread(self, work: Callable[..., None], *arguments: Any) -> None:
        """Let the thread of the connection do something."""
        await self._execute(work, *arguments)  # type: ignore[no-untyped-call]


def connect(database: str, **options: Any) -> OneTripConnection:
    """A connection to be awaited; its thread does not keep the process alive. Options as of sqlite3."""
    connection = OneTripConnection(partial(sqlite3.connect, database, **options), CHUNK)
    connection._thread.daemon = True
    return connection
