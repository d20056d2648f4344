"""Does what a command names exist? One error for each name that does not."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, Invalid
from app.core.messages import noop
from app.features.places.queries import load_gazetteer, sources_by_key
from app.features.support.commands import HubCommand
from app.features.vocabulary.queries import load_vocabulary
from app.models.hub import Event, NationalBody

UNKNOWN = {
    "place_id": noop("There is no place “%(code)s”."),
    "country_code": noop("There is no country “%(code)s”."),
    "source_keys": noop("There is no source “%(code)s”."),
    "event": noop("There is no event “%(code)s”."),
    "body": noop("There is no national body “%(code)s”."),
    "concept": noop("There is no concept “%(code)s”."),
}
CONCEPTS = ("modality_code", "possible_modality_codes", "subject_code", "concept_code")


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of the event and the national body a command names."""

    event: UUID | None = None
    body: UUID | None = None


async def keys_of(session: AsyncSession, command: HubCommand) -> Keys:
    """Keys of what the command names. Raises `Invalid` for anything that is not there."""
    gazetteer, vocabulary = await load_gazetteer(session), await load_vocabulary(session)
    event, body = getattr(command, "event", None), getattr(command, "body", None)
    events = await _ids(session, Event, event)
    bodies = await _ids(session, NationalBody, body)
    sources = {source.key for source in await sources_by_key(session, command.source_keys)}
    errors = _unknown(command, "place_id", gazetteer.places)
    errors += _unknown(command, "country_code", gazetteer.countries)
    errors += _unknown(command, "source_keys", sources)
    errors += _unknown(command, "event", events)
    errors += _unknown(command, "body", bodies)
    for name in CONCEPTS:
        errors += _unknown(command, name, vocabulary.concepts, UNKNOWN["concept"])
    if errors:
        raise Invalid(errors)
    return Keys(events.get(event or ""), bodies.get(body or ""))


async def _ids(session: AsyncSession, table: Any, slug: str | None) -> dict[str, UUID]:
    if not slug:
        return {}
    rows = await session.execute(select(table.slug, table.id).where(table.slug == slug))
    return {row.slug: row.id for row in rows}


def _unknown(command: HubCommand, name: str, known: Any, message: str = "") -> list[FieldError]:
    value = getattr(command, name, None) or ()
    codes = (value,) if isinstance(value, str) else value
    return [FieldError(name, message or UNKNOWN[name], {"code": code}) for code in codes if code not in known]
