"""Loading places, countries and facts of membership."""

from collections.abc import Sequence

from sqlalchemy import insert

from app.core.db import WriteSession
from app.core.edtf import parse_date
from app.features.places.commands import ImportCountry, ImportMembership, ImportPlace, ImportSource
from app.models.place import Country, Engagement, Membership, Place, PlaceAlias, Source


async def import_countries(session: WriteSession, commands: Sequence[ImportCountry]) -> None:
    """Store countries."""
    await session.execute(
        insert(Country),
        [
            {
                "code": command.code,
                "basis": command.basis,
                **{f"name_{language}": text for language, text in command.name.items()},
                **{f"short_{language}": text for language, text in command.short.items()},
            }
            for command in commands
        ],
    )


async def import_places(session: WriteSession, commands: Sequence[ImportPlace]) -> None:
    """Store places with their aliases; parents are stored before what lies in them."""
    waiting = {command.id: command for command in commands}
    ordered: list[ImportPlace] = []
    while waiting:
        ready = [c for c in waiting.values() if c.parent is None or c.parent not in waiting]
        ordered += ready
        for command in ready:
            del waiting[command.id]
    for command in ordered:
        session.add(_place(command))
        await session.flush()
    aliases = [{"place_id": c.id, "text": text} for c in commands for text in c.aliases]
    if aliases:
        await session.execute(insert(PlaceAlias), aliases)


def _place(command: ImportPlace) -> Place:
    return Place(
        id=command.id,
        kind=command.kind,
        country_code=command.country,
        parent_id=command.parent,
        name_en=command.name["en"],
        name_fr=command.name["fr"],
        name_ar=command.name["ar"],
        name_basis=dict(command.name_basis),
        iso_3166_2=command.iso_3166_2,
        latitude=command.lat,
        longitude=command.lon,
        population=command.population,
        population_year=command.population_year,
        population_source=command.population_source,
        geonames_id=command.geonames_id,
        wikidata_id=command.wikidata_id,
        sources=list(command.sources),
        is_illustration=command.is_illustration,
    )


async def import_sources(session: WriteSession, commands: Sequence[ImportSource]) -> None:
    """Store where facts were read."""
    await session.execute(insert(Source), [command.model_dump() for command in commands])


async def import_memberships(session: WriteSession, commands: Sequence[ImportMembership]) -> None:
    """Store dated facts: membership, or engagement of cities that are not members."""
    for command in commands:
        since = parse_date(command.since) if command.since else None
        facts = {
            "place_id": command.place_id,
            "since_edtf": since.text if since else None,
            "since_start": since.start if since else None,
            "since_end": since.end if since else None,
            "source_key": command.source_key,
            "note": command.note,
        }
        if command.status is None:
            session.add(Engagement(**facts))
        else:
            session.add(Membership(status=command.status, **facts))
    await session.flush()
