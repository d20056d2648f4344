"""Does what a command names exist? One error for each name that does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import FieldError, Invalid
from app.core.messages import noop
from app.features.engagement.commands import RecordEvent, RecordRepresentation, RecordStatement
from app.features.people.queries import office_ids, person_ids
from app.features.places.queries import load_gazetteer, sources_by_key
from app.models.hub import Event

UNKNOWN_PLACE = noop("There is no place “%(code)s”.")
UNKNOWN_COUNTRY = noop("There is no country “%(code)s”.")
UNKNOWN_SOURCE = noop("There is no source “%(code)s”.")
UNKNOWN_EVENT = noop("There is no event “%(code)s”.")
UNKNOWN_OFFICE = noop("There is no office “%(code)s”.")
UNKNOWN_PERSON = noop("There is no person “%(code)s”.")


@dataclass(slots=True)
class Names:
    """What was found for the names of a command, and what was not."""

    errors: list[FieldError] = field(default_factory=list)

    def check(self, name: str, code: str | None, known: object, message: str) -> None:
        """Note an error unless `code` is empty or known."""
        if code and not known:
            self.errors.append(FieldError(name, message, {"code": code}))

    def key(self, name: str, code: str | None, keys: Mapping[str, UUID], message: str) -> UUID | None:
        """The key of `code`; notes an error where there is none."""
        self.check(name, code, code in keys, message)
        return keys.get(code) if code else None

    def refuse(self) -> None:
        """Raise `Invalid` when something was not found."""
        if self.errors:
            raise Invalid(self.errors)


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of the event, office and person a command names."""

    event: UUID | None = None
    office: UUID | None = None
    person: UUID | None = None


async def check_event(session: AsyncSession, command: RecordEvent) -> None:
    """Raise `Invalid` when an event names a place, country or source that is not there."""
    names = Names()
    await _check_places(session, names, command.place_id, command.country_code)
    await _check_sources(session, names, command.source_keys)
    names.refuse()


async def keys_of(session: AsyncSession, command: RecordRepresentation | RecordStatement) -> Keys:
    """Keys of what the command names. Raises `Invalid` for anything that is not there."""
    names = Names()
    if isinstance(command, RecordRepresentation):
        await _check_places(session, names, command.place_id, None)
    await _check_sources(session, names, command.source_keys)
    rows = await session.execute(select(Event.slug, Event.id).where(Event.slug == command.event))
    events = {row.slug: row.id for row in rows}
    offices = await office_ids(session, [command.office] if command.office else [])
    people = await person_ids(session, [command.person] if command.person else [])
    keys = Keys(
        event=names.key("event", command.event, events, UNKNOWN_EVENT),
        office=names.key("office", command.office, offices, UNKNOWN_OFFICE),
        person=names.key("person", command.person, people, UNKNOWN_PERSON),
    )
    names.refuse()
    return keys


async def _check_places(
    session: AsyncSession, names: Names, place_id: str | None, country_code: str | None
) -> None:
    gazetteer = await load_gazetteer(session)
    names.check("place_id", place_id, place_id in gazetteer.places, UNKNOWN_PLACE)
    names.check("country_code", country_code, country_code in gazetteer.countries, UNKNOWN_COUNTRY)


async def _check_sources(session: AsyncSession, names: Names, keys: tuple[str, ...]) -> None:
    known = {source.key for source in await sources_by_key(session, keys)}
    for key in keys:
        names.check("source_keys", key, key in known, UNKNOWN_SOURCE)
