"""Writing and withdrawing published copies. Every change is noted in the sequence of changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import WriteSession
from app.features.publication.commands import Publish
from app.models.published import PublicationChange, PublishedFacet, PublishedPlace, PublishedRecord

_CHANGED = "publication_changed"
_COPIED = (
    "card",
    "document",
    "starts_on",
    "ends_on",
    "evidence",
    "confirmed_on",
    "is_illustration",
    "audience",
)
"""What a copy says, beside its facets and places."""


async def publish(
    session: WriteSession, command: Publish, *, now: datetime, unless_same: bool = False
) -> None:
    """Write the published copy of a record, in place of an earlier one.

    With `unless_same` a copy that would say what the earlier one says is left as it is, with its date: where
    copies follow by themselves, it must not show that something was done to what is not public.
    """
    record = await published_copy(session, command.kind, command.slug)
    if record is None:
        record = PublishedRecord(kind=command.kind, slug=command.slug, first_published_at=now)
        session.add(record)
    facets = sorted({(facet, code) for facet, codes in command.facets.items() for code in codes})
    places = sorted(set(command.places))
    said = {name: getattr(command, name) for name in _COPIED}
    said |= {name: orjson.loads(orjson.dumps(said[name])) for name in ("card", "document")}
    is_same = record.published_at is not None and all(getattr(record, name) == said[name] for name in _COPIED)
    if unless_same and is_same and (facets, places) == await _around(session, record):
        return
    for name, value in said.items():
        setattr(record, name, value)
    record.published_at = now
    await session.flush()
    await _put_facets(session, record.id, facets)
    await _put_places(session, record.id, places)
    note_change(session, command.kind, command.slug, now=now)


async def published_copy(session: WriteSession, kind: str, slug: str) -> PublishedRecord | None:
    """The copy of a record, to be changed; None where nothing of it is published."""
    found: PublishedRecord | None = await session.scalar(
        select(PublishedRecord).where(PublishedRecord.kind == kind, PublishedRecord.slug == slug)
    )
    return found


async def _put_facets(
    session: WriteSession, id_: UUID, facets: Sequence[tuple[str, str]], *, of: str | None = None
) -> None:
    """Pairs (facet, code) in place of all that a copy has, or of those of one facet."""
    within = () if of is None else (PublishedFacet.facet == of,)
    await session.execute(delete(PublishedFacet).where(PublishedFacet.record_id == id_, *within))
    if facets:
        rows = [{"record_id": id_, "facet": facet, "code": code} for facet, code in facets]
        await session.execute(insert(PublishedFacet), rows)


async def _put_places(
    session: WriteSession, id_: UUID, places: Sequence[tuple[str, str]], *, of: str | None = None
) -> None:
    """Pairs (place, role) in place of all that a copy has, or of those of one role."""
    within = () if of is None else (PublishedPlace.role == of,)
    await session.execute(delete(PublishedPlace).where(PublishedPlace.record_id == id_, *within))
    if places:
        rows = [{"record_id": id_, "place_id": place_id, "role": role} for place_id, role in places]
        await session.execute(insert(PublishedPlace), rows)


async def _around(
    session: WriteSession, record: PublishedRecord
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Facets and places of a copy as they are stored, in order."""
    facets = await session.execute(
        select(PublishedFacet.facet, PublishedFacet.code).where(PublishedFacet.record_id == record.id)
    )
    places = await session.execute(
        select(PublishedPlace.place_id, PublishedPlace.role).where(PublishedPlace.record_id == record.id)
    )
    return sorted((row.facet, row.code) for row in facets), sorted((row.place_id, row.role) for row in places)


async def amend(
    session: WriteSession,
    copy: PublishedRecord,
    parts: Mapping[str, Any],
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    places: Mapping[str, Sequence[str]] | None = None,
    now: datetime,
) -> None:
    """Put in order what a copy says of other records; all else stays as it was published.

    `parts` are top-level parts of card and document, `facets` codes by facet, `places` ids by role.
    """
    copy.document = {**copy.document, **parts}
    copy.card = {**copy.card, **{name: value for name, value in parts.items() if name in copy.card}}
    for facet, codes in (facets or {}).items():
        await _put_facets(session, copy.id, [(facet, code) for code in codes], of=facet)
    for role, ids in (places or {}).items():
        await _put_places(session, copy.id, [(id_, role) for id_ in ids], of=role)
    note_change(session, copy.kind, copy.slug, now=now)


async def withdraw(session: WriteSession, kind: str, slug: str, *, now: datetime) -> bool:
    """Remove the published copy of a record; says whether there was one."""
    found = await session.execute(
        delete(PublishedRecord)
        .where(PublishedRecord.kind == kind, PublishedRecord.slug == slug)
        .returning(PublishedRecord.id)
    )
    if found.first() is None:
        return False
    note_change(session, kind, slug, now=now)
    return True


def has_changes(session: AsyncSession) -> bool:
    """Whether this session published or withdrew something; the edge then updates the index."""
    return bool(session.info.get(_CHANGED))


def note_change(session: WriteSession, kind: str, slug: str, *, now: datetime) -> None:
    """Move the sequence of changes on; also for reference data such as places and synonyms."""
    session.add(PublicationChange(kind=kind, slug=slug, happened_at=now))
    session.info[_CHANGED] = True


async def renew_place_facet(
    session: WriteSession,
    kind: str,
    facet: str,
    place_ids: Sequence[str],
    lineage: Mapping[str, Sequence[str]],
    *,
    now: datetime,
) -> None:
    """Say anew in which larger places records lie that are about `place_ids`, after a place has moved.

    Places that are a venue only do not count.
    """
    touched = await session.execute(
        select(PublishedRecord.id, PublishedRecord.slug)
        .join(PublishedPlace, PublishedPlace.record_id == PublishedRecord.id)
        .where(PublishedRecord.kind == kind, PublishedPlace.place_id.in_(place_ids))
        .distinct()
    )
    records = {row.id: row.slug for row in touched}
    homes = await session.execute(
        select(PublishedPlace.record_id, PublishedPlace.place_id).where(
            PublishedPlace.record_id.in_(records), PublishedPlace.role != "venue"
        )
    )
    codes = {(row.record_id, code) for row in homes for code in lineage.get(row.place_id, (row.place_id,))}
    await session.execute(
        delete(PublishedFacet).where(PublishedFacet.record_id.in_(records), PublishedFacet.facet == facet)
    )
    if codes:
        rows = [{"record_id": id_, "facet": facet, "code": code} for id_, code in sorted(codes)]
        await session.execute(insert(PublishedFacet), rows)
    for slug in records.values():
        note_change(session, kind, slug, now=now)
