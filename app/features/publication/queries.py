"""Reading published copies, whatever they are of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import PAGE_SIZE, Page
from app.core.sensitivity import Sensitivity
from app.models.published import PublicationChange, PublishedFacet, PublishedPlace, PublishedRecord


@dataclass(frozen=True, slots=True)
class Published:
    """One published copy. `body` is the card or the document, as asked for."""

    kind: str
    slug: str
    body: dict[str, Any]
    starts_on: date | None
    is_illustration: bool
    audience: Sensitivity
    first_published_at: datetime
    published_at: datetime


def _columns(*, whole: bool) -> Select[Any]:
    body = PublishedRecord.document if whole else PublishedRecord.card
    return select(
        PublishedRecord.kind,
        PublishedRecord.slug,
        body.label("body"),
        PublishedRecord.starts_on,
        PublishedRecord.is_illustration,
        PublishedRecord.audience,
        PublishedRecord.first_published_at,
        PublishedRecord.published_at,
    )


async def published_document(session: AsyncSession, kind: str, slug: str) -> Published | None:
    """The whole published copy of one record, or None."""
    found = await published_documents(session, kind, [slug])
    return found[0] if found else None


async def published_documents(session: AsyncSession, kind: str, slugs: Sequence[str]) -> list[Published]:
    """Whole copies in the order of `slugs`; slugs that are not published are left out."""
    return await _in_order(session, kind, slugs, whole=True)


async def published_cards(session: AsyncSession, kind: str, slugs: Sequence[str]) -> list[Published]:
    """Cards in the order of `slugs`; slugs that are not published are left out."""
    return await _in_order(session, kind, slugs, whole=False)


async def _in_order(
    session: AsyncSession, kind: str, slugs: Sequence[str], *, whole: bool
) -> list[Published]:
    possible = [slug for slug in slugs if "\x00" not in slug]  # which PostgreSQL refuses even to compare
    if not possible:
        return []
    statement = _columns(whole=whole).where(PublishedRecord.kind == kind, PublishedRecord.slug.in_(possible))
    rows = {row.slug: Published(*row) for row in await session.execute(statement)}
    return [rows[slug] for slug in slugs if slug in rows]


async def list_published(
    session: AsyncSession,
    kind: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    place_ids: Sequence[str] = (),
    illustrations: bool = False,
    whole: bool = True,
    newest_first: bool = True,
    limit: int | None = None,
) -> list[Published]:
    """All copies of a kind, by start date; of the given places and facets only, if any are given.

    Illustrations never mix with real records: ask for the ones or the others.
    """
    statement = _columns(whole=whole).where(*_conditions(kind, facets or {}, place_ids, illustrations))
    starts = PublishedRecord.starts_on
    order = starts.desc().nulls_last() if newest_first else starts.asc().nulls_last()
    statement = statement.order_by(order, PublishedRecord.slug).limit(limit)
    return [Published(*row) for row in await session.execute(statement)]


async def published_with(
    session: AsyncSession, kinds: Sequence[str], facet: str, codes: Sequence[str]
) -> list[Published]:
    """All copies of the kinds that have one of the codes of a facet, illustrations too."""
    having = select(PublishedFacet.record_id).where(
        PublishedFacet.facet == facet, PublishedFacet.code.in_(codes)
    )
    statement = _columns(whole=True).where(PublishedRecord.kind.in_(kinds), PublishedRecord.id.in_(having))
    return [Published(*row) for row in await session.execute(statement.order_by(PublishedRecord.slug))]


def renumbered(found: Iterable[Published], within: str) -> list[Published]:
    """Copies with ranks anew, among those with the same value of `within`.

    A missing number would tell of a record that this reader may not see.
    """
    given: dict[Any, int] = {}
    ranked: list[Published] = []
    for copy in sorted(found, key=lambda one: one.body.get("rank") or 0):
        if copy.body.get("rank") is None:
            ranked.append(copy)
            continue
        group = copy.body.get(within)
        given[group] = given.get(group, 0) + 1
        ranked.append(replace(copy, body={**copy.body, "rank": given[group]}))
    return ranked


@dataclass(frozen=True, slots=True)
class PublishedAbout:
    """A published copy and one of the places it is about."""

    place_id: str
    role: str
    copy: Published


async def published_about(
    session: AsyncSession,
    place_ids: Sequence[str],
    kinds: Sequence[str],
    *,
    illustrations: bool = False,
    whole: bool = True,
) -> list[PublishedAbout]:
    """All copies of the kinds that are about the places, newest first: one statement for all of them.

    A copy about two of the places, or in two roles about one, comes twice.
    """
    if not place_ids:
        return []
    statement = (
        _columns(whole=whole)
        .add_columns(PublishedPlace.place_id, PublishedPlace.role)
        .join(PublishedPlace, PublishedPlace.record_id == PublishedRecord.id)
        .where(
            PublishedPlace.place_id.in_(place_ids),
            PublishedRecord.kind.in_(kinds),
            PublishedRecord.is_illustration == illustrations,
        )
        .order_by(
            PublishedRecord.starts_on.desc().nulls_last(),
            PublishedRecord.slug,
            PublishedPlace.place_id,
            PublishedPlace.role,
        )
    )
    rows = await session.execute(statement)
    return [PublishedAbout(row.place_id, row.role, Published(*row[:-2])) for row in rows]


async def page_of_published(
    session: AsyncSession,
    kind: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    place_ids: Sequence[str] = (),
    illustrations: bool = False,
    whole: bool = True,
    number: int = 1,
    size: int = PAGE_SIZE,
) -> Page[Published]:
    """One page of the records of a kind, newest first: two statements.

    Within a facet any of its codes will do, all facets must agree; facets without codes do not count.
    """
    wanted = _conditions(kind, facets or {}, place_ids, illustrations)
    total = await session.scalar(select(func.count()).select_from(PublishedRecord).where(*wanted)) or 0
    statement = (
        _columns(whole=whole)
        .where(*wanted)
        .order_by(PublishedRecord.starts_on.desc().nulls_last(), PublishedRecord.slug)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([Published(*row) for row in await session.execute(statement)], total, number, size)


async def facet_counts(
    session: AsyncSession,
    kind: str,
    facet: str,
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    place_ids: Sequence[str] = (),
    illustrations: bool = False,
) -> dict[str, int]:
    """How many records of a kind have each code of `facet`; what is chosen in `facet` itself is ignored."""
    others = {name: codes for name, codes in (facets or {}).items() if name != facet}
    statement = (
        select(PublishedFacet.code, func.count().label("number"))
        .join(PublishedRecord, PublishedRecord.id == PublishedFacet.record_id)
        .where(PublishedFacet.facet == facet, *_conditions(kind, others, place_ids, illustrations))
        .group_by(PublishedFacet.code)
        .order_by(PublishedFacet.code)
    )
    return {row.code: row.number for row in await session.execute(statement)}


def _conditions(
    kind: str, facets: Mapping[str, Sequence[str]], place_ids: Sequence[str], illustrations: bool
) -> list[ColumnElement[bool]]:
    """What a record must be to be in a list."""
    wanted = [PublishedRecord.kind == kind, PublishedRecord.is_illustration == illustrations]
    for facet, codes in facets.items():
        if codes:
            having = select(PublishedFacet.record_id).where(
                PublishedFacet.facet == facet, PublishedFacet.code.in_(codes)
            )
            wanted.append(PublishedRecord.id.in_(having))
    if place_ids:
        about = select(PublishedPlace.record_id).where(PublishedPlace.place_id.in_(place_ids))
        wanted.append(PublishedRecord.id.in_(about))
    return wanted


async def last_change(session: AsyncSession) -> int:
    """The number of the newest change; 0 before the first."""
    return await session.scalar(select(func.max(PublicationChange.id))) or 0
