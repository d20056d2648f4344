"""Storing records of the hub: anew, or in place of what was there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.db import WriteSession, flush_new
from app.core.edtf import parse_date
from app.core.errors import Conflict, NotFound
from app.core.messages import noop
from app.core.values import Texts
from app.features.support.commands import (
    HubCommand,
    RecordLocalActionPlan,
    RecordNationalBody,
    RecordNationalStrategy,
    RecordReportedNeed,
    RecordSupport,
    SupportCommand,
)
from app.features.support.service.known import Keys, keys_of
from app.features.wording.rules import revised_multi
from app.models.base import Publication
from app.models.hub import (
    HubRecord,
    LocalActionPlan,
    NationalBody,
    NationalStrategy,
    ReportedNeed,
    Support,
)

TAKEN = noop("There is already a record with this short name.")
CHANGED_MEANWHILE = noop("Somebody else has changed this record meanwhile.")

TABLES: Mapping[type[Any], type[Any]] = {
    RecordSupport: Support,
    RecordLocalActionPlan: LocalActionPlan,
    RecordNationalBody: NationalBody,
    RecordNationalStrategy: NationalStrategy,
    RecordReportedNeed: ReportedNeed,
}


async def record(
    session: WriteSession,
    command: SupportCommand,
    *,
    now: datetime,
    publication: Publication = Publication.DRAFT,
) -> HubRecord:
    """Store a new record. Raises `Invalid` for unknown names, `Conflict` for a slug that is taken."""
    return await store(session, TABLES[type(command)], command, now=now, publication=publication)


async def change_record(
    session: WriteSession, command: SupportCommand, *, version: int, now: datetime
) -> HubRecord:
    """Store a record anew. Raises `NotFound`, `Conflict` when it is no longer at `version`, `Invalid`."""
    return await store_again(session, TABLES[type(command)], command, version=version, now=now)


async def store(
    session: WriteSession,
    table: type[Any],
    command: HubCommand,
    *,
    now: datetime,
    publication: Publication,
) -> HubRecord:
    """The same for a table that is named."""
    keys = await keys_of(session, command)
    if await session.scalar(select(table.id).where(table.slug == command.slug)):
        raise Conflict(TAKEN)
    row: HubRecord = table(
        slug=command.slug,
        publication=publication,
        created_at=now,
        updated_at=now,
        **_values(command, keys, None),
    )
    session.add(row)
    await flush_new(session)
    return row


async def store_again(
    session: WriteSession, table: type[Any], command: HubCommand, *, version: int, now: datetime
) -> HubRecord:
    """The same for a table that is named."""
    statement = select(table).where(table.slug == command.slug).with_for_update()
    row: HubRecord | None = await session.scalar(statement.execution_options(populate_existing=True))
    if row is None:
        raise NotFound()
    if row.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    for name, value in _values(command, await keys_of(session, command), row).items():
        setattr(row, name, value)
    row.updated_at = now
    await session.flush()
    return row


def _values(command: HubCommand, keys: Keys, before: HubRecord | None) -> dict[str, Any]:
    """The columns of a command: names that differ are spelled out, the others are the same."""
    values: dict[str, Any] = {}
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, Texts):
            value = revised_multi(command.source_language, getattr(before, name, None), value)
        values[name] = list(value) if isinstance(value, tuple) else value
    for name in ("slug", "source_language"):
        del values[name]
    for name, key in (("event", keys.event), ("body", keys.body)):
        if name in values:
            del values[name]
            values[f"{name}_id"] = key
    for name in ("given", "adopted", "period"):
        if name in values:
            values[f"{name}_edtf"] = values.pop(name)
    if isinstance(command, RecordSupport):
        given = parse_date(command.given) if command.given else None
        values["given_from"] = given.start if given else None
        values["given_until"] = given.end if given else None
    return values
