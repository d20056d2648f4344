"""Reading records of the hub: events, statements, support, figures and the others, alike."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.languages import Language, LocalText, MultiText
from app.core.paging import PAGE_SIZE, Page
from app.core.text import sort_key
from app.features.records.rules import answers_of_record, source_language_of
from app.features.records.views import ManagedRecord, RecordLine
from app.models.base import Publication
from app.models.hub import (
    Event,
    Figure,
    LocalActionPlan,
    NationalBody,
    NationalStrategy,
    ReportedNeed,
    Representation,
    Statement,
    Support,
)
from app.models.people import Office, Person
from app.models.published import PublishedRecord

TABLES: Mapping[str, tuple[Any, str | None]] = {
    "event": (Event, "title"),
    "representation": (Representation, "purpose"),
    "statement": (Statement, "paraphrase"),
    "support": (Support, "scope_note"),
    "figure": (Figure, "label"),
    "local_action_plan": (LocalActionPlan, "title"),
    "national_body": (NationalBody, "name"),
    "national_strategy": (NationalStrategy, "name"),
    "reported_need": (ReportedNeed, None),
}
"""Tables by the kind of their published copies, and the text that tells records apart, if any does."""

OTHERS: Mapping[str, Any] = {"event": Event, "body": NationalBody, "office": Office, "person": Person}
"""Tables that records name by key and forms by slug."""


async def records_by_state(session: AsyncSession, kind: str) -> Mapping[str, int]:
    """How many records of a kind there are in each state of publication."""
    table, _ = TABLES[kind]
    rows = await session.execute(
        select(table.publication, func.count().label("number")).group_by(table.publication)
    )
    return {str(row.publication): row.number for row in rows}


async def drafts_by_kind(session: AsyncSession) -> Mapping[str, int]:
    """How many drafts there are of each kind: one statement."""
    counts = [
        select(literal(kind).label("kind"), func.count().label("number"))
        .select_from(table)
        .where(table.publication == Publication.DRAFT)
        for kind, (table, _) in TABLES.items()
    ]
    return {row.kind: row.number for row in await session.execute(union_all(*counts))}


async def records(
    session: AsyncSession, kind: str, language: Language, *, q: str = "", state: str = "", number: int = 1
) -> Page[RecordLine]:
    """One page of the records of a kind whose text or address has the words of `q`, last edited first.

    The hub's record counts in hundreds, so all are read and their texts compared as people read them.
    """
    table, title = TABLES[kind]
    text = getattr(table, title) if title else table.slug
    statement = (
        select(table.slug, text.label("text"), table.publication, table.updated_at)
        .add_columns(PublishedRecord.published_at)
        .outerjoin(PublishedRecord, (PublishedRecord.kind == kind) & (PublishedRecord.slug == table.slug))
        .order_by(table.updated_at.desc(), table.slug)
    )
    if state:
        statement = statement.where(table.publication == Publication(state))
    wanted = sort_key(q.strip())
    lines = [
        RecordLine(
            row.slug,
            _title(row.slug, row.text if title else None, language),
            str(row.publication),
            row.updated_at,
            row.published_at is not None and row.updated_at > row.published_at,
        )
        for row in await session.execute(statement)
        if wanted in _searched(row.slug, row.text if title else None)
    ]
    return Page(lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], len(lines), number, PAGE_SIZE)


def _title(slug: str, dumped: Mapping[str, Any] | None, language: Language) -> LocalText:
    return MultiText.load(dumped).in_language(language) or LocalText(slug, language, language)


def _searched(slug: str, dumped: Mapping[str, Any] | None) -> str:
    return sort_key(" ".join([slug, *(text for text, _ in MultiText.load(dumped).texts.values())]))


async def managed_record(
    session: AsyncSession, kind: str, slug: str, command: type[BaseModel], language: Language
) -> ManagedRecord:
    """A record to edit. Raises `NotFound`."""
    record = await stored_record(session, kind, slug)
    names = {name: await _slug_of(session, record, name) for name in OTHERS if hasattr(record, f"{name}_id")}
    published_at = await session.scalar(
        select(PublishedRecord.published_at).where(PublishedRecord.kind == kind, PublishedRecord.slug == slug)
    )
    title = TABLES[kind][1]
    return ManagedRecord(
        slug=slug,
        title=_title(slug, getattr(record, title) if title else None, language),
        version=record.version,
        publication=str(record.publication),
        source_language=source_language_of(record, command),
        updated_at=record.updated_at,
        is_shown=published_at is not None,
        is_ahead=published_at is not None and record.updated_at > published_at,
        answers=answers_of_record(record, command, names),
    )


async def stored_record(session: AsyncSession, kind: str, slug: str) -> Any:
    """The record itself. Raises `NotFound`."""
    table, _ = TABLES[kind]
    record = await session.scalar(select(table).where(table.slug == slug))
    if record is None:
        raise NotFound()
    return record


async def _slug_of(session: AsyncSession, record: Any, name: str) -> str | None:
    key = getattr(record, f"{name}_id")
    table = OTHERS[name]
    return await session.scalar(select(table.slug).where(table.id == key)) if key else None


async def free_slug(session: AsyncSession, kind: str, wanted: str) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` … that no record of the kind has."""
    table, _ = TABLES[kind]
    taken = set(await session.scalars(select(table.slug).where(table.slug.startswith(wanted))))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


async def names_to_choose(session: AsyncSession, language: Language) -> Mapping[str, list[tuple[str, str]]]:
    """Events, national bodies, offices and persons as pairs (slug, name)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, title in (("event", "title"), ("body", "name"), ("office", "title")):
        table = OTHERS[name]
        rows = await session.execute(select(table.slug, getattr(table, title)).order_by(table.slug))
        found[name] = [(slug, f"{_title(slug, dumped, language)} ({slug})") for slug, dumped in rows]
    people = await session.execute(select(Person.slug, Person.name).order_by(Person.name, Person.slug))
    found["person"] = [(row.slug, row.name) for row in people]
    return found
