"""Publishing and archiving: an event, its representations and statements name each other in their copies.

So a change of an event is followed by new copies of what names it, and the other way round: never more of
a record than somebody has published.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import or_, select

from app.core.db import WriteSession
from app.features.engagement.rules import EVENT, REPRESENTATION, STATEMENT
from app.features.engagement.rules.events import REPRESENTED, mention_of, publication_of_event
from app.features.engagement.rules.parts import Around
from app.features.engagement.rules.representation import publication_of_representation
from app.features.engagement.rules.statements import publication_of_statement
from app.features.people.queries import office_by_id, person_by_id
from app.features.places.queries import load_gazetteer, sources_by_key
from app.features.places.views import Gazetteer
from app.features.publication.service import amend, publish, published_copy, withdraw
from app.models.base import Publication
from app.models.hub import Event, Representation, Statement
from app.models.published import PublishedFacet, PublishedPlace, PublishedRecord

Follower = TypeVar("Follower", Representation, Statement)
"""What names an event in its copy."""


async def publish_event(session: WriteSession, event: Event, *, now: datetime) -> None:
    """Write the published copy of an event, after the copies of what names it."""
    event.publication = Publication.PUBLISHED
    await _copy_followers(session, event, now=now)
    await _copy_event(session, event, now=now)


async def archive_event(session: WriteSession, event: Event, *, now: datetime) -> None:
    """Withdraw an event; representations and statements stay, but no longer name it."""
    event.publication = Publication.ARCHIVED
    await withdraw(session, EVENT, event.slug, now=now)
    await _copy_followers(session, event, now=now)


async def publish_representation(
    session: WriteSession, representation: Representation, *, now: datetime
) -> None:
    """Write the published copy of a representation; its event then names the city, an earlier one no more."""
    representation.publication = Publication.PUBLISHED
    before = _event_named(await published_copy(session, REPRESENTATION, representation.slug))
    await _copy_representation(session, representation, now=now)
    after = _event_named(await published_copy(session, REPRESENTATION, representation.slug))
    await _name_cities(session, {before, after}, now=now)


async def archive_representation(
    session: WriteSession, representation: Representation, *, now: datetime
) -> None:
    """Withdraw a representation; its event no longer names the city."""
    representation.publication = Publication.ARCHIVED
    before = _event_named(await published_copy(session, REPRESENTATION, representation.slug))
    await withdraw(session, REPRESENTATION, representation.slug, now=now)
    await _name_cities(session, {before}, now=now)


async def publish_statement(session: WriteSession, statement: Statement, *, now: datetime) -> None:
    """Write what may be shown of a statement; nothing where sensitivity or consent hides it."""
    statement.publication = Publication.PUBLISHED
    await _copy_statement(session, statement, now=now)


async def archive_statement(session: WriteSession, statement: Statement, *, now: datetime) -> None:
    """Withdraw a statement."""
    statement.publication = Publication.ARCHIVED
    await withdraw(session, STATEMENT, statement.slug, now=now)


async def _copy_followers(session: WriteSession, event: Event, *, now: datetime) -> None:
    """Bring the copies of what names an event up to date with it.

    Where a record was edited and not published since, only what its copy says of the event changes:
    nobody has decided yet to show the rest.
    """
    await session.flush()
    await _follow(session, Representation, REPRESENTATION, event, now=now)
    await _follow(session, Statement, STATEMENT, event, now=now)


async def _follow(
    session: WriteSession, table: type[Follower], kind: str, event: Event, *, now: datetime
) -> None:
    of_event = (table.event_id == event.id, table.publication == Publication.PUBLISHED)
    rows = {row.slug: row for row in await session.scalars(select(table).where(*of_event))}
    naming = select(PublishedFacet.record_id).where(
        PublishedFacet.facet == "event", PublishedFacet.code == event.slug
    )
    concerned = or_(PublishedRecord.id.in_(naming), PublishedRecord.slug.in_(rows))
    for copy in await session.scalars(select(PublishedRecord).where(PublishedRecord.kind == kind, concerned)):
        row = rows.get(copy.slug)
        if row is not None and row.updated_at <= copy.published_at:
            await _copy(session, row, now=now)
        elif _event_named(copy) == event.slug:
            await _amend_mention(session, copy, event, now=now)


async def _amend_mention(
    session: WriteSession, copy: PublishedRecord, event: Event, *, now: datetime
) -> None:
    is_public = event.publication is Publication.PUBLISHED
    if not copy.document.get("said"):
        copy.starts_on = event.held_from if is_public else None
    mention = mention_of(event) if is_public else None
    codes = (event.slug,) if is_public else ()
    await amend(session, copy, {"event": mention}, facets={"event": codes}, now=now)


async def _copy(session: WriteSession, row: Representation | Statement, *, now: datetime) -> None:
    if isinstance(row, Representation):
        await _copy_representation(session, row, now=now)
    else:
        await _copy_statement(session, row, now=now)


def _event_named(copy: PublishedRecord | None) -> str | None:
    """The slug of the event that a copy names."""
    return (copy.document["event"] or {}).get("slug") if copy else None


async def _name_cities(session: WriteSession, events: Iterable[str | None], *, now: datetime) -> None:
    """Let copies of events name the cities of the representations that name them, and change nothing else."""
    for slug in sorted(slug for slug in events if slug):
        copy = await published_copy(session, EVENT, slug)
        if copy is not None:
            cities = await _represented(session, slug)
            places = {REPRESENTED: cities}
            await amend(session, copy, {"represented": cities}, places=places, now=now)


async def _represented(session: WriteSession, slug: str) -> list[str]:
    """The cities of the published representations at an event."""
    rows = await session.scalars(
        select(PublishedPlace.place_id)
        .join(PublishedRecord, PublishedRecord.id == PublishedPlace.record_id)
        .join(PublishedFacet, PublishedFacet.record_id == PublishedRecord.id)
        .where(
            PublishedRecord.kind == REPRESENTATION,
            PublishedPlace.role == REPRESENTED,
            PublishedFacet.facet == "event",
            PublishedFacet.code == slug,
        )
        .order_by(PublishedRecord.slug)
    )
    return list(dict.fromkeys(rows))


async def _copy_event(session: WriteSession, event: Event, *, now: datetime) -> None:
    around = await _around(session, event)
    represented = await _represented(session, event.slug)
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
