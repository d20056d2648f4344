"""Reading the log: its head, one page of it, and all of it to check the chain."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, Text, select, text, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import WriteSession
from app.features.audit.commands import AuditFilter
from app.features.audit.rules import Check, Head, Row, Verdict
from app.features.audit.views import AuditLine, AuditList
from app.models.audit import AuditEntry, AuditHead

AT_A_TIME = 5_000
"""Rows that a check of the chain keeps in memory."""

THE_HEAD = 1
"""The id of the one row of `audit_head`."""

_HEAD = select(AuditHead.sequence, AuditHead.hash, AuditHead.signature).where(AuditHead.id == THE_HEAD)
_LINE = (
    AuditEntry.sequence,
    AuditEntry.happened_at,
    AuditEntry.actor,
    AuditEntry.event,
    AuditEntry.route,
    AuditEntry.object_kind,
    AuditEntry.object_id,
    AuditEntry.outcome,
    AuditEntry.request_id,
)
_WHOLE = (
    AuditEntry.sequence,
    # As SQLite keeps it: a date that somebody spoilt must not stop the check.
    type_coerce(AuditEntry.happened_at, Text),
    *_LINE[2:],
    AuditEntry.previous_hash,
    AuditEntry.hash,
)


async def lock_head(session: WriteSession) -> Head | None:
    """The head of the chain; on PostgreSQL other writers now wait, SQLite has one anyway."""
    row = (await session.execute(_HEAD.with_for_update())).first()
    return None if row is None else Head(*row)


async def list_entries(
    session: AsyncSession, wanted: AuditFilter, *, size: int, same_as: Sequence[str] = ()
) -> AuditList:
    """At most `size` entries, newest first: one statement. `same_as` are other ids of the record."""
    statement = (
        select(*_LINE)
        .where(*_conditions(wanted, same_as))
        .order_by(AuditEntry.sequence.desc())
        .limit(size + 1)
    )
    lines = [AuditLine(*row) for row in await session.execute(statement)]
    shown = lines[:size]
    return AuditList(shown, shown[-1].sequence if len(lines) > size else None)


def _conditions(wanted: AuditFilter, same_as: Sequence[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(AuditEntry.object_kind == wanted.kind)
    if wanted.record:
        found.append(AuditEntry.object_id.in_((wanted.record, *same_as)))
    if wanted.actor:
        found.append(AuditEntry.actor == wanted.actor)
    if wanted.event:
        found.append(AuditEntry.event == str(wanted.event))
    if wanted.since:
        found.append(AuditEntry.happened_at >= datetime.combine(wanted.since, time.min, UTC))
    if wanted.until:
        found.append(AuditEntry.happened_at <= datetime.combine(wanted.until, time.max, UTC))
    if wanted.before:
        found.append(AuditEntry.sequence < wanted.before)
    return found


async def hold_still(session: AsyncSession) -> None:
    """See the database as it is now until the transaction ends. To be said before anything is asked.

    SQLite does so by itself; PostgreSQL would show each statement what was committed meanwhile.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


async def check_chain(
    session: AsyncSession, keys: Sequence[bytes], anchor: Head | None = None, *, at_a_time: int = AT_A_TIME
) -> Verdict:
    """Read the whole chain, some rows at a time, and say what is wrong with it."""
    found = (await session.execute(_HEAD)).first()
    head = None if found is None else Head(int(found[0]), str(found[1]), str(found[2]))
    check = Check(head, keys, anchor)
    statement = select(*_WHOLE).order_by(AuditEntry.sequence).limit(at_a_time)
    rows = [Row(*row) for row in await session.execute(statement)]
    while rows:
        check.read(rows)
        later = statement.where(AuditEntry.sequence > rows[-1].sequence)
        rows = [Row(*row) for row in await session.execute(later)]
    return check.finish()
