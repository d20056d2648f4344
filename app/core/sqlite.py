"""SQLite beside the requests that ask it: short questions at once, everything else in a thread.

aiosqlite sends each step of a statement to a thread by itself: make a cursor, execute, fetch, close. A
statement takes tens of microseconds; each trip waits for the interpreter's lock twice, so that trips and
not SQL take the time. Here a question is asked where its request runs and goes to the thread only when it
turns out to be long. What may have to wait (for a lock, for the disk) goes to the thread from the start.
Rows are fetched whole, as SQLAlchemy's adapter does anyway.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

CHUNK = 64
SHORT = 20_000
"""Steps of SQLite's machine, about a millisecond, after which a question is long."""
_QUESTIONS = ("SELECT", "WITH")
_CHANGES = ("INSERT", "UPDATE", "DELETE")
_WAITS = "BEGIN IMMEDIATE"


class Cursor:
    """The part of a cursor that SQLAlchemy's adapter asks for."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> "Cursor":
        """The cursor itself: nothing has to be made yet."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "Cursor":
        """Run a statement and fetch what it gives."""
        await self._connection.run(sql, partial(self._run, "execute", sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> "Cursor":
        """Run a statement once for each set of parameters."""
        await self._connection.in_thread(partial(self._run, "executemany", sql, parameters))
        return self

    async def fetchall(self) -> list[Any]:
        """The rows that came with the statement."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    def _run(self, how: str, sql: str, parameters: Any, connection: sqlite3.Connection) -> None:
        cursor = connection.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


Work = Callable[[sqlite3.Connection], None]


class Connection(aiosqlite.Connection):
    """A connection that begins with its first statement and takes as few trips as it can."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, CHUNK)
        self._thread.daemon = True
        self._beginning: str | None = None
        self._is_hasty = False
        self._on_the_way: list[Work] = []

    async def _connect(self) -> aiosqlite.Connection:
        await super()._connect()
        self._conn.set_progress_handler(lambda: self._is_hasty, SHORT)
        return self

    def cursor(self) -> Any:
        """A cursor, made without a trip."""
        return Cursor(self)

    def begin_later(self, statement: str) -> None:
        """Begin a transaction, with BEGIN or BEGIN IMMEDIATE, together with its first statement."""
        self._beginning = statement

    async def run(self, sql: str, work: Work) -> None:
        """Do what a statement says: here if that is quick and waits for nothing, else in the thread."""
        if not self._may_run_here(sql):
            await self.in_thread(work)
            return
        self._is_hasty = sql.startswith(_QUESTIONS)
        try:
            self._begin_and(work)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
        finally:
            self._is_hasty = False
        await self.in_thread(work)

    def _may_run_here(self, sql: str) -> bool:
        if self._on_the_way or self._beginning == _WAITS:
            return False
        return sql.startswith(_QUESTIONS) or (self.in_transaction and sql.startswith(_CHANGES))

    async def in_thread(self, work: Work) -> None:
        """Let the thread of the connection do something."""
        self._on_the_way.append(work)
        await self._execute(self._arrive, work)  # type: ignore[no-untyped-call]

    def _arrive(self, work: Work) -> None:
        try:
            self._begin_and(work)
        finally:
            self._on_the_way.remove(work)

    def _begin_and(self, work: Work) -> None:
        if self._beginning is not None:
            self._conn.execute(self._beginning)
            self._beginning = None
        work(self._conn)

    async def commit(self) -> None:
        """Commit in the thread, which may wait for the disk; nothing where nothing was begun."""
        self._beginning = None
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back what was begun, here unless the thread is still at work (somebody stopped waiting)."""
        self._beginning = None
        if self._on_the_way:
            await super().rollback()
        elif self.in_transaction:
            self._conn.rollback()


def connect(database: str, **options: Any) -> Connection:
    """A connection to be awaited; its thread does not keep the process alive. Options as of sqlite3."""
    return Connection(partial(sqlite3.connect, database, **options | {"check_same_thread": False}))
