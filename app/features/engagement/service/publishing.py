"""Publishing and archiving: an event, its representations and statements name each other in their copies.

So a change of an event is followed by new copies of what names it, and the other way round.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.db import WriteSession
from app.features.engagement.rules import EVENT, REPRESENTATION, STATEMENT
from app.features.engagement.rules.events import mention_of, publication_of_event
from app.features.engagement.rules.parts import Around
from app.features.engagement.rules.representation import publication_of_representation
from app.features.engagement.rules.statements import publication_of_statement
from app.features.people.queries import office_by_id, person_by_id
from app.features.places.queries import load_gazetteer, sources_by_key
from app.features.places.views import Gazetteer
from app.features.publication.service import publish, withdraw
from app.models.base import Publication
from app.models.hub import Event, Representation, Statement


async def publish_event(session: WriteSession, event: Event, *, now: datetime) -> None:
    """Write the published copy of an event, and anew the copies of what names it."""
    event.publication = Publication.PUBLISHED
    await _copy_event(session, event, now=now)
    await _copy_followers(session, event, now=now)


async def archive_event(session: WriteSession, event: Event, *, now: datetime) -> None:
    """Withdraw an event; representations and statements stay, but no longer name it."""
    event.publication = Publication.ARCHIVED
    await withdraw(session, EVENT, event.slug, now=now)
    await _copy_followers(session, event, now=now)


async def publish_representation(
    session: WriteSession, representation: Representation, *, now: datetime
) -> None:
    """Write the published copy of a representation; its event then names the city."""
    representation.publication = Publication.PUBLISHED
    await _copy_representation(session, representation, now=now)
    await _copy_event_of(session, representation.event_id, now=now)


async def archive_representation(
    session: WriteSession, representation: Representation, *, now: datetime
) -> None:
    """Withdraw a representation; its event no longer names the city."""
    representation.publication = Publication.ARCHIVED
    await withdraw(session, REPRESENTATION, representation.slug, now=now)
    await _copy_event_of(session, representation.event_id, now=now)


async def publish_statement(session: WriteSession, statement: Statement, *, now: datetime) -> None:
    """Write what may be shown of a statement; nothing where sensitivity or consent hides it."""
    statement.publication = Publication.PUBLISHED
    await _copy_statement(session, statement, now=now)


async def archive_statement(session: WriteSession, statement: Statement, *, now: datetime) -> None:
    """Withdraw a statement."""
    statement.publication = Publication.ARCHIVED
    await withdraw(session, STATEMENT, statement.slug, now=now)


async def _copy_followers(session: WriteSession, event: Event, *, now: datetime) -> None:
    await session.flush()
    named = (Representation.event_id == event.id, Representation.publication == Publication.PUBLISHED)
    for representation in await session.scalars(select(Representation).where(*named)):
        await _copy_representation(session, representation, now=now)
    said = (Statement.event_id == event.id, Statement.publication == Publication.PUBLISHED)
    for statement in await session.scalars(select(Statement).where(*said)):
        await _copy_statement(session, statement, now=now)


async def _copy_event_of(session: WriteSession, event_id: UUID, *, now: datetime) -> None:
    event = (await session.scalars(select(Event).where(Event.id == event_id))).one()
    if event.publication is Publication.PUBLISHED:
        await _copy_event(session, event, now=now)


async def _copy_event(session: WriteSession, event: Event, *, now: datetime) -> None:
    await session.flush()
    rows = await session.scalars(
        select(Representation.place_id)
        .where(
            Representation.event_id == event.id,
            Representation.publication == Publication.PUBLISHED,
            Representation.place_id.is_not(None),
        )
        .order_by(Representation.slug)
    )
    represented = [place_id for place_id in dict.fromkeys(rows) if place_id]
    around = await _around(session, event)
    await publish(session, publication_of_event(event, represented, around), now=now)


async def _copy_representation(
    session: WriteSession, representation: Representation, *, now: datetime
) -> None:
    around = await _around(session, representation)
    await publish(session, publication_of_representation(representation, around), now=now)


async def _copy_statement(session: WriteSession, statement: Statement, *, now: datetime) -> None:
    command = publication_of_statement(statement, await _around(session, statement))
    if command is None:
        await withdraw(session, STATEMENT, statement.slug, now=now)
    else:
        await publish(session, command, now=now)


async def _around(session: WriteSession, record: Event | Representation | Statement) -> Around:
    """What the copy of a record takes from other records."""
    gazetteer = await load_gazetteer(session)
    sources = tuple(source.dump() for source in await sources_by_key(session, record.source_keys))
    around = Around(
        sources=sources,
        country_of={id_: place.country_code for id_, place in gazetteer.places.items()},
        illustrated=frozenset(id_ for id_, place in gazetteer.places.items() if place.is_illustration),
    )
    if isinstance(record, Event):
        return around
    event = await session.scalar(select(Event).where(Event.id == record.event_id))
    is_public = event is not None and event.publication is Publication.PUBLISHED
    office = await office_by_id(session, record.office_id)
    person = await person_by_id(session, record.person_id)
    return replace(
        around,
        event=mention_of(event) if event is not None and is_public else None,
        event_starts=event.held_from if event is not None and is_public else None,
        event_place=event.place_id if event else None,
        office={
            "title": office.title,
            "title_code": office.title_code,
            "place_id": office.place_id,
            "country": _country(gazetteer, office.place_id) or office.country_code,
        }
        if office
        else None,
        person=person.name if person else None,
    )


def _country(gazetteer: Gazetteer, place_id: str | None) -> str | None:
    place = gazetteer.places.get(place_id) if place_id else None
    return place.country_code if place else None
