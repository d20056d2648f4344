"""Publishing and archiving records of the hub."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.db import WriteSession
from app.features.places.queries import load_gazetteer, sources_by_key
from app.features.publication.service import publish, withdraw
from app.features.support.rules import (
    ACTION_PLAN,
    NATIONAL_BODY,
    NATIONAL_STRATEGY,
    REPORTED_NEED,
    SUPPORT,
)
from app.features.support.rules.copies import (
    Around,
    copy_of_body,
    copy_of_need,
    copy_of_plan,
    copy_of_strategy,
    copy_of_support,
)
from app.models.base import Publication
from app.models.hub import (
    Event,
    HubRecord,
    LocalActionPlan,
    NationalBody,
    NationalStrategy,
    ReportedNeed,
    Support,
)

COPIES: Mapping[type[HubRecord], tuple[str, Callable[[Any, Around], Any]]] = {
    Support: (SUPPORT, copy_of_support),
    LocalActionPlan: (ACTION_PLAN, copy_of_plan),
    NationalBody: (NATIONAL_BODY, copy_of_body),
    NationalStrategy: (NATIONAL_STRATEGY, copy_of_strategy),
    ReportedNeed: (REPORTED_NEED, copy_of_need),
}


async def publish_record(session: WriteSession, record: HubRecord, *, now: datetime) -> None:
    """Write the published copy of a record."""
    record.publication = Publication.PUBLISHED
    _, copy_of = COPIES[type(record)]
    await publish(session, copy_of(record, await _around(session, record)), now=now)


async def archive_record(session: WriteSession, record: HubRecord, *, now: datetime) -> None:
    """Withdraw the published copy; the record stays with the hub."""
    record.publication = Publication.ARCHIVED
    await withdraw(session, COPIES[type(record)][0], record.slug, now=now)


async def _around(session: WriteSession, record: HubRecord) -> Around:
    gazetteer = await load_gazetteer(session)
    place = gazetteer.places.get(getattr(record, "place_id", None) or "")
    event_id, body_id = getattr(record, "event_id", None), getattr(record, "body_id", None)
    country = place.country_code if place else getattr(record, "country_code", None)
    return Around(
        sources=tuple(source.dump() for source in await sources_by_key(session, record.source_keys)),
        event=await _slug_if_public(session, Event, event_id),
        body=await _slug_if_public(session, NationalBody, body_id),
        country=country,
        is_illustration=country is not None and country not in gazetteer.real_countries(),
    )


async def _slug_if_public(session: WriteSession, table: type[HubRecord], id_: UUID | None) -> str | None:
    wanted = select(table.slug).where(table.id == id_, table.publication == Publication.PUBLISHED)
    return await session.scalar(wanted) if id_ else None
