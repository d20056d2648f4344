"""The database: one engine that reads, one that writes, on SQLite and PostgreSQL alike.

SQLite has one writer. Requests that write wait for one connection and begin with
BEGIN IMMEDIATE, so that a transaction that first reads and then writes cannot fail with
"database is locked". Reads have a pool of their own and never flush.

A session works for a scope: what it may touch of the private tables. The statements it sends are
narrowed to it (by `app.features.confidentiality`), and PostgreSQL is told as each transaction begins.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import orjson
from sqlalchemy import ColumnElement, Connection, event, func, or_
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.pool import ConnectionPoolEntry

from app.core import sqlite
from app.core.errors import Conflict
from app.core.messages import noop
from app.core.rowsecurity import tell
from app.core.scope import PUBLIC, Scope

READ_POOL = 8
WRITE_POOL_POSTGRESQL = 10
WAIT_SECONDS = 30

JUST_TAKEN = noop("Somebody else has just created a record with this name. Save again to keep yours too.")


SCOPE = "scope"


class ScopedSession(Session):
    """A session that works for a scope. Both kinds of sessions below are one of these within."""

    @property
    def scope(self) -> Scope:
        """What it may touch; nothing private unless something else was said."""
        scope: Scope = self.info.get(SCOPE, PUBLIC)
        return scope


GUARDED = frozenset({"do_orm_execute", "before_flush"})
"""Moments of every session that somebody has to look at: what it asks, what it writes."""
_guarded: set[str] = set()
Guard = TypeVar("Guard", bound=Callable[..., None])


def guards(moment: str) -> Callable[[Guard], Guard]:
    """Let a function look at a moment of every session; it raises to refuse."""

    def listen(function: Guard) -> Guard:
        event.listen(ScopedSession, moment, function)
        _guarded.add(moment)
        return function

    return listen


class QuestionsOnly(ScopedSession):
    """A session that refuses to flush."""


class ReadSession(AsyncSession):
    """A session for questions only: it refuses to flush."""

    sync_session_class = QuestionsOnly


class WriteSession(AsyncSession):
    """A session for changes; the edge commits it, nobody else."""

    sync_session_class = ScopedSession


class Database:
    """Engines for one database URL. `aclose` when done."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.reads = self._engine(READ_POOL, readonly=True)
        self.writes = self._engine(1 if self.is_sqlite else WRITE_POOL_POSTGRESQL, readonly=False)

    def _engine(self, pool_size: int, *, readonly: bool) -> AsyncEngine:
        options: dict[str, Any] = {
            "pool_size": pool_size,
            "max_overflow": 0,
            "pool_timeout": WAIT_SECONDS,
            "json_serializer": _to_json,
            "json_deserializer": orjson.loads,
            "hide_parameters": True,  # what somebody typed does not belong into the words of an error
        }
        if self.is_sqlite:
            options["connect_args"] = {
                "timeout": WAIT_SECONDS, "isolation_level": None, "async_creator_fn": sqlite.connect,
            }  # fmt: skip
        else:
            options["pool_pre_ping"] = True
        engine = create_async_engine(self.url, **options)
        if self.is_sqlite:
            event.listen(engine.sync_engine, "connect", _set_up_sqlite)
            begin = _begin_on_sqlite("BEGIN" if readonly else "BEGIN IMMEDIATE")
            event.listen(engine.sync_engine, "begin", begin)
        elif readonly:
            event.listen(engine.sync_engine, "begin", _begin("SET TRANSACTION READ ONLY"))
        return engine

    @asynccontextmanager
    async def reading(self, scope: Scope = PUBLIC) -> AsyncIterator[ReadSession]:
        """A session that only reads."""
        _check_wall()
        async with ReadSession(
            self.reads, autoflush=False, expire_on_commit=False, info={SCOPE: scope}
        ) as session:
            yield session

    @asynccontextmanager
    async def writing(self, scope: Scope = PUBLIC) -> AsyncIterator[WriteSession]:
        """A session that commits when the block ends and rolls back when it raises."""
        _check_wall()
        async with WriteSession(self.writes, expire_on_commit=False, info={SCOPE: scope}) as session:
            try:
                yield session
                await session.commit()
            except BaseException:
                await session.rollback()
                raise

    async def aclose(self) -> None:
        """Close all connections."""
        await self.reads.dispose()
        await self.writes.dispose()


async def flush_new(session: WriteSession) -> None:
    """Write a record whose name was free. Raises `Conflict` when another writer took it meanwhile.

    On PostgreSQL two writers may both have found the name free; the database lets one of them have it.
    """
    try:
        await session.flush()
    except IntegrityError as error:
        if "unique" in str(error.orig).lower():
            raise Conflict(JUST_TAKEN) from error
        raise


def contains_words(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a text contains another, in capitals or not.

    SQLite's `lower` leaves letters beyond ASCII as they are, so these are looked for in both forms.
    """
    wanted = text.strip().lower()
    beyond = "".join(c if c.isascii() else c.upper() for c in wanted)
    return or_(*(func.lower(column).contains(one, autoescape=True) for one in {wanted, beyond}))


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _begin(statement: str) -> Callable[[Connection], None]:
    """What to say when a transaction begins."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _begin_on_sqlite(statement: str) -> Callable[[Connection], None]:
    """What SQLite hears with the first statement of a transaction."""

    def begin(connection: Connection) -> None:
        cast(sqlite.Connection, connection.connection.driver_connection).begin_later(statement)

    return begin


def _set_up_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """WAL, durable commits, foreign keys; deleted text does not stay in free pages."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _check_wall() -> None:
    """Open no session that nobody would narrow: a program has to import what does it."""
    if not _guarded >= GUARDED:
        raise RuntimeError("Nobody has imported app.features.confidentiality.service")


@event.listens_for(ScopedSession, "after_begin")
def _tell_scope(session: ScopedSession, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        tell(connection, session.scope)


@event.listens_for(QuestionsOnly, "before_flush")
def _refuse_flush(session: Session, _context: Any, _instances: Any) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("A reading session was asked to write")
