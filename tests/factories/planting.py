"""Hostile texts in every field that holds people's words, written straight into the database."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table, select, update

from app.core.db import WriteSession
from app.models import Base
from app.web.labels import LABELS
from tests.factories.marks import MARK, plant
from tests.factories.payloads import HIT
from tests.factories.walk import text_columns

SIGN = "Kanari"
"""The word that every planted text begins with."""

HOSTILE_ADDRESS = f'https://example.org/" hx-get="{HIT}" hx-trigger="load" x="'
ALSO_PLANTED = ("place", "place_alias", "source", "membership", "engagement", "synonym_term")
"""Tables with words of the hub's staff beside those with canaries."""

_CODES = frozenset(str(code) for group in LABELS.values() for code in group)
_KEPT = frozenset({"source", "language", "slug", "url", "held", "since", "period", "given", "adopted"})

Words = Callable[[], str]
"""Gives the next text to plant; it begins with `SIGN`."""


async def plant_words(session: WriteSession, words: Words) -> list[str]:
    """Plant texts in private tables and in published copies; gives the ids of the consultations."""
    owned = await plant(session)
    for table in Base.metadata.sorted_tables:
        for column in text_columns(table):
            text = HOSTILE_ADDRESS if column.name.endswith("url") else words()
            is_open = table.name in ALSO_PLANTED
            where = column.is_not(None) if is_open else column.startswith(f"{MARK}:")
            await session.execute(update(table).where(where).values({column.name: text}))
        await _plant_in_documents(session, table, words)
    return [id_ for ids in owned.values() for id_ in ids]


async def _plant_in_documents(session: WriteSession, table: Table, words: Words) -> None:
    """Texts in columns of JSON; codes, keys, dates and addresses stay."""
    columns = [column for column in table.columns if str(column.type) == "JSON"]
    if not columns or "id" not in table.c or table.name.startswith(("audit", "outbox", "concept")):
        return
    for row in (await session.execute(select(table.c.id, *columns))).mappings().all():
        planted = {column.name: _planted(row[column.name], words) for column in columns}
        await session.execute(update(table).where(table.c.id == row["id"]).values(planted))


def _planted(value: Any, words: Words, key: str = "") -> Any:
    if isinstance(value, Mapping):
        if set(value) == {"source", "texts"}:
            return {**value, "texts": {one: [words(), how] for one, (_, how) in value["texts"].items()}}
        return {name: _planted(one, words, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_planted(one, words, key) for one in value]
    if isinstance(value, str) and _is_words(value) and key not in _KEPT:
        return words()
    return value


def _is_words(text: str) -> bool:
    return (" " in text.strip() or text.startswith(MARK)) and text not in _CODES
