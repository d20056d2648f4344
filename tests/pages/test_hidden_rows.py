"""What somebody may not see leaves no trace: every answer is the same with the hidden rows and without."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Table, insert, select, update

import app.data
from app.core.db import WriteSession
from app.core.scope import SYSTEM
from app.core.sensitivity import Sensitivity
from app.features.consultations.commands.requests import ImportConsultation
from app.features.consultations.service.importing import import_consultation
from app.features.search.service import follow
from app.models import Base
from app.models.base import Publication
from app.models.published import PublicationChange, PublishedFacet, PublishedPlace, PublishedRecord
from tests.conftest import Client, client_of
from tests.factories.walk import addresses, load_values, text_columns
from tests.matrix.world import masked

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ELSEWHERE = "iq-baghdad"
WORD = "zanzibarium"
OF_DESK = ("practice", "event", "support", "figure", "statement")
PLAIN = {"Accept-Encoding": "identity"}
"""Packed answers differ in length with the tokens of their forms."""
SEARCHES = (WORD, WORD[:6], "baghdad", "youth", "شباب", "jeunes", "")
LISTS = (
    "/en/practices?q={q}",
    "/ar/practices?q={q}&sort=newest",
    "/en/practices.csv?q={q}",
    "/api/v1/practices?q={q}",
    "/en/cities?q={q}",
    "/api/v1/cities?q={q}",
    "/en/events?q={q}",
    "/api/v1/events?q={q}",
    "/en/consultations?country=IQ&q={q}",
)
_FORM_TOKEN = re.compile(r'(form[_-]token" (?:value|content)=")[^"]*')

READERS = {
    "visitor": (Sensitivity.NETWORK, Sensitivity.PARTNERS),
    "practitioner": (Sensitivity.PARTNERS,),
    "official:iq-mosul": (Sensitivity.PARTNERS,),
}
"""Readers, and the audiences of published copies about another city that are not for them."""


@pytest.mark.parametrize("reader", READERS)
async def test_hidden_rows_leave_no_trace(app: FastAPI, reader: str) -> None:
    """Lists, counts, facets, searches, related records, suggestions, exports, and where one would look."""
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    paths = [one.path for one in addresses(app, values, ["en", "ar"]) if one.method == "GET"]
    paths += [path.format(q=q) for path in LISTS for q in SEARCHES]
    paths += [f"/en/{part}/{WORD}" for part in ("practices", "events", "cities")]
    async with client_of(app, reader, **PLAIN) as client:
        await _answers(client, paths[:5])  # the first answer of a session sets its cookie
        before = await _answers(client, paths)
        again = await _answers(client, paths)
        assert [path for path in paths if again[path] != before[path]] == [], "nothing changes by itself"
        async with app.state.database.writing(SYSTEM) as session:
            await _plant(session, READERS[reader])
        async with app.state.database.reading() as session:
            await follow(session, app.state.index)
        after = await _answers(client, paths)
        assert [path for path in paths if after[path] != before[path]] == []
    async with client_of(app, "editor") as client:
        for path in (f"/en/manage/practices?q={WORD}", "/en/consultations?state=submitted"):
            assert WORD in (await client.get(path)).text, "the rows are there, for whom they are for"


async def _answers(client: Client, paths: Sequence[str]) -> dict[str, str]:
    return {path: _FORM_TOKEN.sub(r"\1", masked(await client.get(path))) for path in dict.fromkeys(paths)}


async def _plant(session: WriteSession, audiences: Sequence[Sensitivity]) -> None:
    """Consultations of another city, drafts of the desk, copies for other readers; one word in all."""
    for state in ("draft", "submitted"):
        await _plant_consultation(session, state)
    for name in OF_DESK:
        await _plant_draft(session, Base.metadata.tables[name])
    for audience in audiences:
        for kind in ("practice", "event", "support", "consultation"):
            await _plant_copy(session, kind, audience)


async def _plant_consultation(session: WriteSession, state: str) -> None:
    file = Path(app.data.__path__[0]) / "demo_consultations.json"
    item = json.loads(file.read_text(encoding="utf-8"))["consultations"][0]
    content = {**item["consultation"], "place": ELSEWHERE, "submit": state != "draft"}
    content["about"] = {**content["about"], "previous": None}
    command = ImportConsultation.model_validate({**item, "state": state, "consultation": content})
    id_ = (await import_consultation(session, command, now=NOW)).id
    for name in ("consultation", "need", "concern", "gap", "approach", "asset"):
        table = Base.metadata.tables[name]
        words = {column.name: f"{WORD} {column.name}" for column in text_columns(table)}
        key = table.c.id if name == "consultation" else table.c.consultation_id
        await session.execute(update(table).where(key == id_).values(words))


async def _plant_draft(session: WriteSession, table: Table) -> None:
    """A record of the desk that nobody has published, like the first one there is."""
    first = (await session.execute(select(table).order_by(table.c.slug).limit(1))).mappings().one()
    changes = {"id": uuid4(), "slug": WORD, "publication": Publication.DRAFT}
    await session.execute(insert(table).values({**_told(first), **changes}))


async def _plant_copy(session: WriteSession, kind: str, audience: Sensitivity) -> None:
    """A copy for other readers about the other city, like one that everybody reads."""
    copies = Base.metadata.tables[PublishedRecord.__tablename__]
    found = await session.execute(
        select(copies).where(copies.c.kind == kind).order_by(copies.c.slug).limit(1)
    )
    first = found.mappings().first()
    if first is None:
        return
    id_, slug = uuid4(), WORD if audience is Sensitivity.PARTNERS else f"{WORD}-{audience}"
    changes = {"id": id_, "slug": slug, "audience": audience, "is_illustration": False}
    await session.execute(insert(copies).values({**_told(first), **changes}))
    facets = await session.execute(
        select(PublishedFacet.facet, PublishedFacet.code).where(PublishedFacet.record_id == first["id"])
    )
    session.add_all([PublishedFacet(record_id=id_, facet=row.facet, code=row.code) for row in facets])
    session.add(PublishedPlace(record_id=id_, place_id=ELSEWHERE, role="home"))
    session.add(PublicationChange(kind=kind, slug=slug, happened_at=NOW))
    await session.flush()


def _told(row: Any) -> dict[str, Any]:
    """A row with the word in its texts."""
    return {name: _with_word(value) for name, value in row.items()}


def _with_word(value: Any) -> Any:
    if isinstance(value, dict) and "texts" in value:
        texts = {language: [f"{WORD} {words}", how] for language, (words, how) in value["texts"].items()}
        return {**value, "texts": texts}
    if isinstance(value, dict):
        return {name: _with_word(one) for name, one in value.items()}
    return value
