"""Canaries: words planted in every protected field, to see where they come out."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, update

import app.data
from app.core.db import WriteSession
from app.features.consultations.commands.requests import ImportConsultation
from app.features.consultations.service.importing import import_consultation
from app.features.practices.commands import SuggestCorrection
from app.features.practices.service import suggest_correction
from app.models import Base
from tests.factories.walk import text_columns

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MARK = "CANARY"
PUBLIC = frozenset(
    {
        "published_record", "published_facet", "published_place", "publication_change",
        "concept", "concept_alias", "synonym_set",
        "country", "place", "place_alias", "source", "membership", "engagement",
    }
)  # fmt: skip
"""Tables whose content everybody may read: copies, vocabulary, places and dated facts of membership."""

A_PRACTICE = "iq-baghdad-cohesion-subplan"
CITIES = ("iq-mosul", "iq-baghdad")


async def plant(session: WriteSession) -> dict[str, list[str]]:
    """Plant canaries everywhere; gives the ids of the consultations by city.

    A canary names its table and column; in consultations also the city that it belongs to.
    """
    suggestion = SuggestCorrection(text="Something is missing here")
    await suggest_correction(session, A_PRACTICE, suggestion, language="en", now=NOW)
    owned = {city: await _consultations(session, city) for city in CITIES}
    owners = {id_: city for city, ids in owned.items() for id_ in ids}
    for table in Base.metadata.sorted_tables:
        if table.name in PUBLIC:
            continue
        for where, owner in _owners(table, owners):
            words = {
                column.name: f"{MARK}:{table.name}.{column.name}:{owner}" for column in text_columns(table)
            }
            if words:
                await session.execute(update(table).where(*where).values(words))
        await _plant_in_texts(session, table)
    return {city: [str(id_) for id_ in ids] for city, ids in owned.items()}


def _owners(table: Table, owners: dict[UUID, str]) -> Iterator[tuple[list[Any], str]]:
    """Which rows belong to whom: those of consultations to their city, all others to the hub."""
    key = table.c.get("consultation_id")
    if table.name == "consultation":
        key = table.c.id
    if key is None:
        yield [], "hub"
        return
    for id_, city in owners.items():
        yield [key == id_], city


async def _plant_in_texts(session: WriteSession, table: Table) -> None:
    """Plant canaries in texts that are kept in several languages."""
    columns = [column for column in table.columns if str(column.type) == "JSON"]
    if not columns or "id" not in table.c:
        return
    for row in (await session.execute(select(table.c.id, *columns))).mappings().all():
        words = {
            column.name: {
                **row[column.name],
                "texts": {
                    language: [f"{MARK}:{table.name}.{column.name}:hub", how]
                    for language, (_, how) in row[column.name]["texts"].items()
                },
            }
            for column in columns
            if isinstance(row[column.name], dict) and "texts" in row[column.name]
        }
        if words:
            await session.execute(update(table).where(table.c.id == row["id"]).values(words))


async def _consultations(session: WriteSession, city: str) -> list[UUID]:
    """Three consultations of a real city: a draft, one sent, one published."""
    file = Path(app.data.__path__[0]) / "demo_consultations.json"
    items = json.loads(file.read_text(encoding="utf-8"))["consultations"]
    found = []
    for item, state in zip(items, ("draft", "submitted", "published"), strict=True):
        content = {**item["consultation"], "place": city, "submit": state != "draft"}
        content["about"] = {**content["about"], "previous": None}
        command = ImportConsultation.model_validate({**item, "state": state, "consultation": content})
        found.append((await import_consultation(session, command, now=NOW)).id)
    return found
