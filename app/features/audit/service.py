"""Adding to the log, in the transaction of what it tells of."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, update

from app.core.db import WriteSession
from app.core.errors import Unavailable
from app.core.messages import noop
from app.features.audit.commands import Entry
from app.features.audit.queries import THE_HEAD, lock_head
from app.features.audit.rules import Row, extend, is_signed, sign_head
from app.models.audit import AuditEntry, AuditHead

NOT_WRITABLE = noop("Nothing can be saved at the moment, because it cannot be recorded who saved it.")


async def append(
    session: WriteSession, entries: Sequence[Entry], keys: Sequence[bytes], *, now: datetime
) -> None:
    """Extend the chain by `entries`: three statements, however many there are.

    The first of `keys` signs; the others are of earlier secrets. Call it last in a transaction: on
    PostgreSQL others who write wait from here until it ends. Raises `Unavailable`, so that nothing is
    written unrecorded, when the head of the chain is missing or signed by nobody we know: to sign on
    would cover up that somebody cut the chain.
    """
    if not entries:
        return
    head = await lock_head(session)
    if head is None or not is_signed(head, keys):
        raise Unavailable(NOT_WRITABLE)
    rows = extend(head, [_row(entry, now) for entry in entries])
    await session.execute(insert(AuditEntry), [asdict(row) for row in rows])
    signed = sign_head(keys[0], rows[-1].sequence, rows[-1].hash)
    statement = update(AuditHead).where(AuditHead.id == THE_HEAD)
    await session.execute(statement.values(asdict(signed)), execution_options={"synchronize_session": False})


def _row(entry: Entry, now: datetime) -> Row:
    """An entry before it has a place in the chain."""
    return Row(
        sequence=0,
        happened_at=now,
        actor=entry.actor,
        event=str(entry.event),
        route=entry.route,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        outcome=str(entry.outcome),
        request_id=entry.request_id,
        previous_hash="",
    )
