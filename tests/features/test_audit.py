"""The audit log on both databases: it only grows, one writer at a time, and every damage is found."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import CliRunner

from app.__main__ import cli
from app.core.db import Database, WriteSession
from app.core.errors import Unavailable
from app.features.audit.commands import Entry, Event
from app.features.audit.queries import check_chain, hold_still
from app.features.audit.rules import Damage, Head, Row, Verdict, derive_keys
from app.features.audit.service import append
from app.models.audit import AuditEntry, AuditHead
from app.models.vocabulary import Concept
from tests.databases import Templates
from tests.factories.audit import COLUMNS, KEYS, NOW, SECRET, damage, entry

LENGTH = 20
DAMAGES = 200


@pytest.fixture
async def empty_database(empty_url: str, engine: str, templates: Templates) -> AsyncIterator[Database]:
    """An empty database as its owner: damage is done by those who may do everything."""
    url = empty_url
    if engine == "postgresql":
        owner = make_url(templates.owner_url(engine, "empty")).set(database=make_url(empty_url).database)
        url = owner.render_as_string(hide_password=False)
    database = Database(url)
    yield database
    await database.aclose()


async def write(database: Database, entries: Sequence[Entry], keys: Sequence[bytes] = KEYS) -> None:
    """Entries in a transaction of their own."""
    async with database.writing() as session:
        await append(session, entries, keys, now=NOW)


async def checked(database: Database, keys: Sequence[bytes] = KEYS) -> Verdict:
    """What a check says, some rows at a time."""
    async with database.reading() as session:
        await hold_still(session)
        return await check_chain(session, keys, at_a_time=7)


async def stored(session: AsyncSession) -> tuple[list[Row], Head]:
    """The rows and the head as they are."""
    columns = [getattr(AuditEntry, name) for name in COLUMNS]
    rows = await session.execute(select(*columns).order_by(AuditEntry.sequence))
    head = await session.execute(select(AuditHead.sequence, AuditHead.hash, AuditHead.signature))
    return [Row(*row) for row in rows], Head(*head.one())


@pytest.fixture
async def log(empty_database: Database) -> Database:
    """A database with a log of some entries, written one, two, three … at a time."""
    written = 0
    for size in range(1, LENGTH):
        size = min(size, LENGTH - written)
        await write(empty_database, [entry(written + number) for number in range(size)])
        written += size
    return empty_database


async def write_with_something(database: Database, *, fail: bool = False) -> None:
    """An entry together with what it tells of."""
    async with database.writing() as session:
        session.add(_concept("c"))
        await append(session, [entry(1)], KEYS, now=NOW)
        if fail:
            raise ZeroDivisionError


async def is_written(database: Database) -> bool:
    """Whether what `write_with_something` writes is there."""
    async with database.reading() as session:
        return bool(await session.scalar(select(func.count()).select_from(Concept)))


async def drop_triggers(database: Database) -> None:
    """As the owner of the database can."""
    async with database.writing() as session:
        for verb in ("update", "delete", *(["replace"] if database.is_sqlite else [])):
            on = "" if database.is_sqlite else " ON audit_entry"
            await session.execute(text(f"DROP TRIGGER audit_entry_no_{verb}{on}"))


async def test_entries_are_numbered_without_gaps(log: Database) -> None:
    """And say what was given."""
    assert (await checked(log)).is_whole
    async with log.reading() as session:
        rows, head = await stored(session)
    assert [row.sequence for row in rows] == list(range(1, LENGTH + 1))
    assert (head.sequence, head.hash) == (LENGTH, rows[-1].hash)
    for number, row in enumerate(rows):
        given = entry(number)
        assert row.happened_at == NOW
        assert (row.actor, row.event, row.route) == (given.actor, given.event, given.route)
        assert (row.object_kind, row.object_id) == (given.object_kind, given.object_id)
        assert (row.outcome, row.request_id) == (given.outcome, given.request_id)


async def test_nothing_to_write_takes_no_lock(log: Database) -> None:
    await write(log, [])
    assert (await checked(log)).rows == LENGTH


CHANGES = {
    "sqlite": (
        "UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 3",
        "DELETE FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 3",
    ),
    "postgresql": (
        "UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 3",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 3 "
        "ON CONFLICT (sequence) DO UPDATE SET actor = 'nobody'",
    ),
}


async def test_the_database_refuses_changes(log: Database, engine: str) -> None:
    """Whoever asks, in whatever words."""
    for statement in CHANGES[engine]:
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            async with log.writing() as session:
                await session.execute(text(statement))
    assert (await checked(log)).is_whole


async def test_every_damage_in_the_database_is_found(log: Database) -> None:
    """Edits, deletions, swaps, insertions, cuts and new heads, by somebody without the key."""
    await drop_triggers(log)
    random = Random(20261125)
    async with log.reading() as session:
        rows, head = await stored(session)
    unseen: list[str] = []
    deeds: set[str] = set()
    for _ in range(DAMAGES):
        done = damage(random, rows, head)
        deeds.add(done.deed)
        async with WriteSession(log.writes) as session:
            await session.execute(delete(AuditEntry))
            await session.execute(insert(AuditEntry), [asdict(row) for row in done.rows])
            await session.execute(update(AuditHead).values(asdict(done.head)))
            if (await check_chain(session, KEYS, at_a_time=7)).is_whole:
                unseen.append(done.deed)
            await session.rollback()
    assert unseen == []
    assert len(deeds) > 8
    assert (await checked(log)).is_whole


@pytest.mark.parametrize("column", COLUMNS[1:])
async def test_an_edit_of_a_column_is_found(log: Database, column: str) -> None:
    """By the number of its row."""
    await drop_triggers(log)
    new = "'2026-01-01 00:00:00.000000'" if column == "happened_at" else "'x'"
    async with log.writing() as session:
        await session.execute(text(f"UPDATE audit_entry SET {column} = {new} WHERE sequence = 9"))
    verdict = await checked(log)
    assert [(one.damage, one.sequence) for one in verdict.findings] == [(Damage.EDITED, 9)]


async def test_a_spoilt_value_does_not_stop_the_check(log: Database) -> None:
    """SQLite keeps anything in any column; PostgreSQL at least what has no form of ours."""
    await drop_triggers(log)
    spoilt = {
        True: ["happened_at = 'soon'", "happened_at = x'00ff'", "actor = x'00ff'", "hash = ''"],
        False: ["happened_at = 'infinity'", "actor = ''", "event = 'é'", "hash = ''"],
    }
    async with log.writing() as session:
        for row, change in enumerate(spoilt[log.is_sqlite]):
            await session.execute(text(f"UPDATE audit_entry SET {change} WHERE sequence = {4 + 3 * row}"))
    verdict = await checked(log)
    assert [(one.damage, one.sequence, one.count) for one in verdict.findings] == [(Damage.EDITED, 4, 4)]


async def test_twenty_writers_at_once_leave_one_chain(empty_database: Database) -> None:
    """Each in its own transaction, together with something else that it writes."""

    async def one(number: int) -> None:
        async with empty_database.writing() as session:
            session.add(_concept(f"c{number}"))
            await append(session, [entry(number), entry(number + 100)], KEYS, now=NOW)

    await asyncio.gather(*(one(number) for number in range(20)))
    verdict = await checked(empty_database)
    assert verdict.is_whole
    assert verdict.rows == 40


async def test_what_fails_leaves_no_row_and_no_gap(log: Database) -> None:
    """Neither of the write nor of its entry."""
    with pytest.raises(ZeroDivisionError):
        await write_with_something(log, fail=True)
    await write(log, [entry(2)])
    verdict = await checked(log)
    assert verdict.is_whole
    assert verdict.rows == LENGTH + 1
    assert not await is_written(log)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM audit_head",
        "UPDATE audit_head SET signature = 'x'",
        "UPDATE audit_head SET sequence = sequence - 1",
    ],
)
async def test_nothing_is_written_unrecorded(log: Database, change: str) -> None:
    """A head that is gone or not ours is not signed on: that would cover up a cut."""
    async with log.writing() as session:
        await session.execute(text(change))
    with pytest.raises(Unavailable):
        await write_with_something(log)
    assert not await is_written(log)
    assert not (await checked(log)).is_whole


async def test_a_lost_table_stops_the_write(log: Database) -> None:
    async with log.writing() as session:
        await session.execute(text("DROP TABLE audit_entry"))
    with pytest.raises(DBAPIError):
        await write_with_something(log)
    assert not await is_written(log)


async def test_the_secret_can_change(log: Database) -> None:
    """The chain goes on while the earlier secret is named, and needs it no longer afterwards."""
    new = derive_keys(["n" * 40])
    with pytest.raises(Unavailable):
        await write(log, [entry(1)], new)
    await write(log, [entry(1)], (*new, *KEYS))
    assert (await checked(log, new)).is_whole
    assert [one.damage for one in (await checked(log)).findings] == [Damage.HEAD]


async def test_the_operator_checks_the_log(
    log: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`medina verify`: the head, the anchor, one line for each kind of damage."""
    monkeypatch.setenv("MEDINA_DATABASE_URL", log.url.render_as_string(hide_password=False))
    monkeypatch.setenv("MEDINA_SECRET_KEY", SECRET)
    monkeypatch.setenv("MEDINA_PREVIOUS_SECRET_KEYS", f"{'o' * 40}, ")
    anchor = tmp_path / "anchor"

    async def verify() -> tuple[int, str]:
        runner, arguments = CliRunner(), ["verify", "--anchor", str(anchor)]
        result = await asyncio.to_thread(runner.invoke, cli, arguments)
        return result.exit_code, result.output

    async with log.reading() as session:
        before = await stored(session)
    code, said = await verify()
    assert code == 0
    assert f"{LENGTH} {before[1].hash}" in said
    assert "no anchor" in said
    await write(log, [Entry("p1", Event.EXPORT)])
    code, said = await verify()
    assert (code, said.startswith(f"{LENGTH + 1} ")) == (0, True)
    kept = anchor.read_text()
    # Somebody puts yesterday's log and head back.
    await drop_triggers(log)
    async with log.writing() as owner:
        await owner.execute(text(f"DELETE FROM audit_entry WHERE sequence > {LENGTH}"))
        await owner.execute(update(AuditHead).values(asdict(before[1])))
    assert (await checked(log)).is_whole
    assert await verify() == (1, f"rolled back: from entry {LENGTH + 1}, entries: 1\n")
    assert anchor.read_text() == kept, "an anchor that was proved right stays"
    async with log.writing() as owner:
        await owner.execute(text("DELETE FROM audit_entry WHERE sequence IN (4, 5)"))
        await owner.execute(text("UPDATE audit_entry SET actor = 'nobody' WHERE sequence = 8"))
    code, said = await verify()
    assert code == 1
    assert said.splitlines()[:2] == ["missing: from entry 4, entries: 2", "edited: from entry 8, entries: 1"]
    anchor.write_text("{}")
    code, said = await verify()
    assert (code, "damaged" in said) == (1, True)


def _concept(code: str) -> Concept:
    """Something else that a transaction writes."""
    return Concept(
        code=code, scheme="theme", position=1, label_en="x", label_fr="x", label_ar="x", note_en=""
    )
