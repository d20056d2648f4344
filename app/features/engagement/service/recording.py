"""Storing events, representations and statements: anew, or in place of what was there."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from app.core.db import WriteSession, flush_new
from app.core.edtf import parse_date
from app.core.errors import Conflict, Invalid, NotFound
from app.core.messages import noop
from app.core.values import Texts
from app.features.engagement.commands import RecordEvent, RecordRepresentation, RecordStatement
from app.features.engagement.commands.records import HubCommand
from app.features.engagement.service.known import check_event, keys_of
from app.features.wording.rules import revised_multi, source_errors
from app.models.base import Publication
from app.models.hub import Event, HubRecord, Representation, Statement

TAKEN = noop("There is already a record with this short name.")
CHANGED_MEANWHILE = noop("Somebody else has changed this record meanwhile.")

Record = TypeVar("Record", Event, Representation, Statement)


async def record_event(
    session: WriteSession,
    command: RecordEvent,
    *,
    now: datetime,
    publication: Publication = Publication.DRAFT,
) -> Event:
    """Store a new event. Raises `Invalid` for unknown names, `Conflict` for a slug that is taken."""
    values = await _event(session, command)
    return await _add(session, Event, command, values, publication, now)


async def change_event(session: WriteSession, command: RecordEvent, *, version: int, now: datetime) -> Event:
    """Store an event anew. Raises `NotFound`, `Conflict` when it is no longer at `version`, `Invalid`."""
    return await _change(session, Event, command, await _event(session, command), version, now)


async def record_representation(
    session: WriteSession,
    command: RecordRepresentation,
    *,
    now: datetime,
    publication: Publication = Publication.DRAFT,
) -> Representation:
    """Store a new representation. Raises `Invalid`, `Conflict`."""
    values = await _representation(session, command)
    return await _add(session, Representation, command, values, publication, now)


async def change_representation(
    session: WriteSession, command: RecordRepresentation, *, version: int, now: datetime
) -> Representation:
    """Store a representation anew. Raises `NotFound`, `Conflict`, `Invalid`."""
    values = await _representation(session, command)
    return await _change(session, Representation, command, values, version, now)


async def record_statement(
    session: WriteSession,
    command: RecordStatement,
    *,
    now: datetime,
    publication: Publication = Publication.DRAFT,
) -> Statement:
    """Store a new statement. Raises `Invalid`, `Conflict`."""
    return await _add(session, Statement, command, await _statement(session, command), publication, now)


async def change_statement(
    session: WriteSession, command: RecordStatement, *, version: int, now: datetime
) -> Statement:
    """Store a statement anew. Raises `NotFound`, `Conflict`, `Invalid`."""
    return await _change(session, Statement, command, await _statement(session, command), version, now)


async def _event(session: WriteSession, command: RecordEvent) -> dict[str, Any]:
    await check_event(session, command)
    held = parse_date(command.held)
    plain = command.model_dump(
        include={
            "format",
            "place_id",
            "place_basis",
            "country_code",
            "is_online",
            "attendance",
            "attendance_basis",
            "attendance_unit",
            "attendance_note",
        }
    )
    return {
        **plain,
        "held_edtf": held.text,
        "held_from": held.start,
        "held_until": held.end,
        "hosts": list(command.hosts),
        "partners": list(command.partners),
        "funders": list(command.funders),
    }


async def _representation(session: WriteSession, command: RecordRepresentation) -> dict[str, Any]:
    keys = await keys_of(session, command)
    return {
        "event_id": keys.event,
        "office_id": keys.office,
        "person_id": keys.person,
        "place_id": command.place_id,
        "people": command.people,
        "people_basis": command.people_basis,
    }


async def _statement(session: WriteSession, command: RecordStatement) -> dict[str, Any]:
    keys = await keys_of(session, command)
    return {
        "event_id": keys.event,
        "office_id": keys.office,
        "person_id": keys.person,
        "kind": command.kind,
        "said_edtf": command.said,
        "attribution": command.attribution,
        "sensitivity": command.sensitivity,
        "consent_basis": command.consent_basis,
    }


NEEDED = ("title", "paraphrase")
"""Texts that a record cannot be without."""


def _texts(command: HubCommand, before: object) -> dict[str, Any]:
    """The texts of a record after an edit, dumped. Raises `Invalid` where the original is missing."""
    texts = {name: value for name, value in command if isinstance(value, Texts)}
    source = command.source_language
    errors = source_errors(source, {name: texts[name] for name in NEEDED if name in texts})
    if errors:
        raise Invalid(errors)
    return {name: revised_multi(source, getattr(before, name, None), typed) for name, typed in texts.items()}


def _common(command: HubCommand, now: datetime) -> dict[str, Any]:
    return {
        "source_keys": list(command.source_keys),
        "note": command.note or "",
        "hub_note": command.hub_note or "",
        "updated_at": now,
    }


async def _add(
    session: WriteSession,
    table: type[Record],
    command: HubCommand,
    values: dict[str, Any],
    publication: Publication,
    now: datetime,
) -> Record:
    if await session.scalar(select(table.id).where(table.slug == command.slug)):
        raise Conflict(TAKEN)
    record = table(
        slug=command.slug,
        publication=publication,
        created_at=now,
        **_common(command, now),
        **_texts(command, None),
        **values,
    )
    session.add(record)
    await flush_new(session)
    return record


async def _change(
    session: WriteSession,
    table: type[Record],
    command: HubCommand,
    values: dict[str, Any],
    version: int,
    now: datetime,
) -> Record:
    statement = select(table).where(table.slug == command.slug).with_for_update()
    record: Any = await session.scalar(statement.execution_options(populate_existing=True))
    if record is None:
        raise NotFound()
    _refuse_old(record, version)
    for name, value in {**_common(command, now), **_texts(command, record), **values}.items():
        setattr(record, name, value)
    await session.flush()
    found: Record = record
    return found


def _refuse_old(record: HubRecord, version: int) -> None:
    if record.version != version:
        raise Conflict(CHANGED_MEANWHILE)
