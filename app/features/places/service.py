"""Loading places, countries and facts of membership; editors of the hub change them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.actor import Actor
from app.core.db import WriteSession, flush_new
from app.core.edtf import parse_date
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.core.text import slugify
from app.features.places.commands import (
    CreatePlace,
    EngagementRow,
    ImportCountry,
    ImportMembership,
    ImportPlace,
    ImportSource,
    SavePlace,
    SaveSource,
)
from app.features.places.queries import load_gazetteer
from app.features.places.views import Gazetteer
from app.features.publication.service import note_change, renew_place_facet
from app.models.place import Country, Engagement, Membership, Place, PlaceAlias, PlaceKind, Source

PLACE = "place"
"""Kind of the change that says: a place has other names or lies elsewhere now."""
FOUND_BY_LARGER_PLACES = ("practice", "city")
"""The kind of published record, and its facet, that name the places a place lies in too."""

NO_SUCH_COUNTRY = noop("There is no such country")
NO_SUCH_PLACE = noop("There is no such place")
NO_SUCH_SOURCE = noop("There is no such source")
OTHER_COUNTRY = noop("This place is in another country")
IN_ITSELF = noop("A place cannot lie in itself")
BOTH_OR_NEITHER = noop("Give both latitude and longitude, or neither")
WHICH_SOURCE = noop("Say where this was read")


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


async def create_place(session: WriteSession, actor: Actor, command: CreatePlace, *, now: datetime) -> Place:
    """Store a new place; its id is made of its country and its English name, and stays."""
    _check_is_editor(actor)
    gazetteer = await load_gazetteer(session)
    if command.country not in gazetteer.real_countries():
        raise Invalid([FieldError("country", NO_SUCH_COUNTRY)])
    wanted = f"{command.country.lower()}-{slugify(command.names.en, fallback='place')}"
    number, id_ = 1, wanted
    while id_ in gazetteer.places:
        number += 1
        id_ = f"{wanted}-{number}"
    place = Place(id=id_, country_code=command.country, name_basis={}, sources=[], hub_note="")
    await _write_place(session, place, command, gazetteer)
    session.add(place)
    await flush_new(session)
    await _write_facts(session, place, command)
    note_change(session, PLACE, place.id, now=now)
    return place


async def save_place(
    session: WriteSession, actor: Actor, id_: str, version: int, command: SavePlace, *, now: datetime
) -> None:
    """Write a place. What was published about it follows: names in lists, filters and search."""
    _check_is_editor(actor)
    place = await session.get(Place, id_, with_for_update=True, populate_existing=True)
    if place is None or place.is_illustration:
        raise NotFound()
    if place.version != version:
        raise Conflict()
    lay_in = place.parent_id
    await _write_place(session, place, command, await load_gazetteer(session))
    flag_modified(place, "hub_note")
    await session.flush()
    await _write_facts(session, place, command)
    gazetteer = await load_gazetteer(session)
    inside = [one for one in gazetteer.places if id_ in gazetteer.lineage(one)]
    if place.parent_id != lay_in:
        lineage = {
            one: [up for up in gazetteer.lineage(one) if gazetteer.places[up].kind != PlaceKind.COUNTRY]
            for one in gazetteer.places
        }
        await renew_place_facet(session, *FOUND_BY_LARGER_PLACES, inside, lineage, now=now)
    for one in inside:
        note_change(session, PLACE, one, now=now)


def _check_is_editor(actor: Actor) -> None:
    """To everybody else there is nothing here."""
    if not actor.is_editor:
        raise NotFound()


async def _write_place(session: WriteSession, place: Place, command: SavePlace, gazetteer: Gazetteer) -> None:
    errors = _wrong_place(place, command, gazetteer)
    known = set(await session.scalars(select(Source.key)))
    errors += [
        FieldError(f"{name}.{i}.source_key", NO_SUCH_SOURCE)
        for name in ("memberships", "engagements")
        for i, row in enumerate(getattr(command, name))
        if row.source_key and row.source_key not in known
    ]
    if errors:
        raise Invalid(errors)
    place.name_ar, place.name_fr, place.name_en = command.names.ar, command.names.fr, command.names.en
    basis = {code: text for code, text in command.name_basis.model_dump().items() if text}
    place.name_basis = basis
    place.parent_id = command.parent
    for column in (
        "kind",
        "iso_3166_2",
        "latitude",
        "longitude",
        "population",
        "population_year",
        "population_source",
        "geonames_id",
        "wikidata_id",
        "p_code",
        "is_border",
        "is_host",
        "is_conflict_affected",
        "facts_source",
    ):
        setattr(place, column, getattr(command, column))
    place.sources = _lines(command.sources)
    place.hub_note = command.hub_note or ""


def _wrong_place(place: Place, command: SavePlace, gazetteer: Gazetteer) -> list[FieldError]:
    errors: list[FieldError] = []
    parent = gazetteer.places.get(command.parent) if command.parent else None
    if command.parent and (parent is None or parent.is_illustration):
        errors.append(FieldError("parent", NO_SUCH_PLACE))
    elif parent is not None and place.id in gazetteer.lineage(parent.id):
        errors.append(FieldError("parent", IN_ITSELF))
    elif parent is not None and parent.country_code != place.country_code:
        errors.append(FieldError("parent", OTHER_COUNTRY))
    if (command.latitude is None) != (command.longitude is None):
        errors.append(FieldError("latitude", BOTH_OR_NEITHER))
    if command.population is not None and not command.population_source:
        errors.append(FieldError("population_source", WHICH_SOURCE))
    stated = (command.is_border, command.is_host, command.is_conflict_affected)
    if any(fact is not None for fact in stated) and not command.facts_source:
        errors.append(FieldError("facts_source", WHICH_SOURCE))
    return errors


async def _write_facts(session: WriteSession, place: Place, command: SavePlace) -> None:
    """Other names and dated facts, all anew: nothing refers to them."""
    await session.execute(delete(PlaceAlias).where(PlaceAlias.place_id == place.id))
    await session.execute(delete(Membership).where(Membership.place_id == place.id))
    await session.execute(delete(Engagement).where(Engagement.place_id == place.id))
    session.add_all(PlaceAlias(place_id=place.id, text=text) for text in _lines(command.aliases))
    session.add_all(Membership(status=row.status, **_dated(place, row)) for row in command.memberships)
    session.add_all(Engagement(**_dated(place, row)) for row in command.engagements)
    await session.flush()


def _dated(place: Place, row: EngagementRow) -> dict[str, Any]:
    since = parse_date(row.since) if row.since else None
    return {
        "place_id": place.id,
        "since_edtf": row.since,
        "since_start": since.start if since else None,
        "since_end": since.end if since else None,
        "source_key": row.source_key,
        "note": row.note or "",
    }


def _lines(text: str | None) -> list[str]:
    """One entry a line, without repeats."""
    lines: Iterable[str] = (line.strip() for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


async def create_source(session: WriteSession, actor: Actor, command: SaveSource) -> str:
    """Store a document that facts are read in; gives its key."""
    _check_is_editor(actor)
    wanted = slugify(command.title, fallback="source", length=40).upper()
    taken = set(await session.scalars(select(Source.key).where(Source.key.startswith(wanted))))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    session.add(Source(key=key, title=command.title, url=command.url))
    await flush_new(session)
    return key


async def save_source(
    session: WriteSession, actor: Actor, key: str, command: SaveSource, *, now: datetime
) -> None:
    """Write a source; its key stays. Published copies keep its words until they are published again."""
    _check_is_editor(actor)
    source = await session.get(Source, key, with_for_update=True)
    if source is None:
        raise NotFound()
    source.title, source.url = command.title, command.url
    note_change(session, "source", key, now=now)
    await session.flush()
