"""Hostile texts in every field that holds people's words, written straight into the database."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select, update

import app.data
from app.core.db import WriteSession
from app.features.consultations.commands.requests import ImportConsultation
from app.features.consultations.service.importing import import_consultation
from app.models import Base
from app.web.labels import LABELS
from tests.factories.canaries import OPEN_TABLES, suggest_something
from tests.factories.payloads import HIT
from tests.factories.walk import text_columns

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SIGN = "Kanari"
"""The word that every planted text begins with."""

HOSTILE_ADDRESS = f'https://example.org/" hx-get="{HIT}" hx-trigger="load" x="'
WRITTEN_BY_STAFF = frozenset({"place", "place_alias", "source", "membership", "engagement"})
"""Tables that everybody may read, with words of the hub's staff in them."""

CITIES = ("iq-mosul", "iq-baghdad")
_CODES = frozenset(str(code) for group in LABELS.values() for code in group)
_KEPT = frozenset({"source", "language", "slug", "url", "held", "since", "period", "given", "adopted"})

Words = Callable[[], str]
"""Gives the next text to plant; it begins with `SIGN`."""


async def plant_words(session: WriteSession, words: Words) -> list[str]:
    """Plant texts in private tables and in published copies; gives the ids of the cities' consultations."""
    await suggest_something(session)
    owned = [id_ for city in CITIES for id_ in await _consultations(session, city)]
    for table in Base.metadata.sorted_tables:
        for column in text_columns(table):
            if table.name in OPEN_TABLES - WRITTEN_BY_STAFF:
                continue
            text = HOSTILE_ADDRESS if column.name.endswith("url") else words()
            where = [column.is_not(None)] if table.name in WRITTEN_BY_STAFF else []
            await session.execute(update(table).where(*where).values({column.name: text}))
        await _plant_in_documents(session, table, words)
    return owned


async def _consultations(session: WriteSession, city: str) -> list[str]:
    """Three consultations of a real city: a draft, one sent, one published."""
    file = Path(app.data.__path__[0]) / "demo_consultations.json"
    items = json.loads(file.read_text(encoding="utf-8"))["consultations"]
    found = []
    for item, state in zip(items, ("draft", "submitted", "published"), strict=True):
        content = {**item["consultation"], "place": city, "submit": state != "draft"}
        content["about"] = {**content["about"], "previous": None}
        command = ImportConsultation.model_validate({**item, "state": state, "consultation": content})
        found.append(str((await import_consultation(session, command, now=NOW)).id))
    return found


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
    is_words = isinstance(value, str) and " " in value.strip() and value not in _CODES
    return words() if is_words and key not in _KEPT else value
