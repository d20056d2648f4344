"""Storing persons, offices and who held them."""

from collections.abc import Sequence

from app.core.db import WriteSession
from app.core.edtf import parse_date
from app.core.errors import FieldError, Invalid
from app.core.languages import MultiText
from app.core.messages import noop
from app.features.people.commands import ImportHolding, ImportOffice, ImportPerson
from app.features.people.queries import office_ids, person_ids
from app.models.people import Office, OfficeHolding, Person

UNKNOWN_PERSON = noop("There is no person “%(slug)s”.")
UNKNOWN_OFFICE = noop("There is no office “%(slug)s”.")


async def import_people(session: WriteSession, commands: Sequence[ImportPerson]) -> None:
    """Store persons."""
    session.add_all(
        Person(
            slug=command.slug,
            name=command.name,
            name_variants=[variant.model_dump() for variant in command.name_variants],
        )
        for command in commands
    )
    await session.flush()


async def import_offices(session: WriteSession, commands: Sequence[ImportOffice]) -> None:
    """Store offices; places, countries and concepts must be there."""
    session.add_all(
        Office(
            slug=command.slug,
            title=MultiText.of(command.title, command.title_language).dump(),
            title_code=command.title_code,
            place_id=command.place_id,
            country_code=command.country_code,
        )
        for command in commands
    )
    await session.flush()


async def import_holdings(session: WriteSession, commands: Sequence[ImportHolding]) -> None:
    """Store who held which office. Raises `Invalid` for an unknown person or office."""
    people = await person_ids(session, [command.person for command in commands])
    offices = await office_ids(session, [command.office for command in commands])
    for command in commands:
        if command.person not in people:
            raise Invalid([FieldError("person", UNKNOWN_PERSON, {"slug": command.person})])
        if command.office not in offices:
            raise Invalid([FieldError("office", UNKNOWN_OFFICE, {"slug": command.office})])
        held = parse_date(command.held) if command.held else None
        session.add(
            OfficeHolding(
                office_id=offices[command.office],
                person_id=people[command.person],
                held_edtf=held.text if held else None,
                held_from=held.start if held else None,
                held_until=held.end if held else None,
                source_key=command.source_key,
            )
        )
    await session.flush()
