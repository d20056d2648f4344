"""What a form or a program sends beside what was asked changes nothing: every column of every model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Table, select

from app.core.scope import SYSTEM
from app.models import Base
from tests.conftest import Client
from tests.databases import Templates
from tests.factories.objects import Object
from tests.factories.principals import NEAR, OWN, PRINCIPALS, client_for
from tests.matrix.bodies import filing
from tests.matrix.world import World, world

MOVES = frozenset({"version", "updated_at", "created_at", "seen_at", "sections"})
"""Columns that every save moves."""
PARTS = ("participant", "concern", "approach", "asset", "gap", "need")


@dataclass(frozen=True)
class Write:
    """A form, whose row it changes, and the columns that it is for."""

    principal: str
    path: Callable[[World], str]
    table: str
    id: Callable[[World], str]
    form: dict[str, Any]
    asked: frozenset[str]


def _of(state: str, place: str = OWN) -> Callable[[World], str]:
    def found(made: World) -> str:
        return next(id_ for id_, one in made.objects.items() if one == Object(place, state))

    return found


def _account(key: str) -> Callable[[World], str]:
    return lambda _: str(PRINCIPALS[key].account_id)


def _under(prefix: str, id_: Callable[[World], str], suffix: str) -> Callable[[World], str]:
    return lambda made: f"{prefix}{id_(made)}{suffix}"


WRITES = {
    "consultation.section.save": Write(
        "lead A", _under("/en/consultations/", _of("draft"), "/about"), "consultation", _of("draft"),
        {"action": "continue", "finished": "no", "title": "Taken", "language": "en", "method": "interview",
         "held": "2026-01-05", "purpose": "x", "version": "{saves}"},
        frozenset({"title", "purpose", "held_edtf", "method", "language"}),
    ),
    "manage.consultation.note": Write(
        "editor", _under("/en/manage/consultations/", _of("submitted"), "/note"), "consultation",
        _of("submitted"), {"note": "Taken"}, frozenset({"hub_note"}),
    ),
    "manage.consultation.review": Write(
        "editor", _under("/en/manage/consultations/", _of("submitted", NEAR), "/review"), "consultation",
        _of("submitted", NEAR), {}, frozenset({"state"}),
    ),
    "account.save": Write(
        "lead A", lambda _: "/en/account", "account", _account("lead A"),
        {"name": "Taken", "language": "fr"}, frozenset({"name", "language"}),
    ),
    "person.suspend": Write(
        "admin", _under("/en/people/", _account("practitioner"), "/suspend"), "account",
        _account("practitioner"), {}, frozenset({"state", "ended_at"}),
    ),
}  # fmt: skip


async def _row(made: World, table: Table, id_: str) -> dict[str, Any]:
    async with made.database.reading(SYSTEM) as session:
        rows = (await session.execute(select(table))).mappings().all()
    return next(dict(row) for row in rows if str(row["id"]) == id_)


def _hostile(table: Table, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    """A value for every column that the form is not for."""
    told = {"state": "published", "place_id": NEAR, "role": "hub admin", "is_demo": "true"}
    for column in table.columns:
        if column.name not in asked:
            yield column.name, told.get(column.name, "2020-01-01")


@pytest.mark.parametrize("route", WRITES)
async def test_columns_that_were_not_asked_for_stay(
    route: str, engine: str, filled_url: str, templates: Templates, tmp_path: Path
) -> None:
    """Sent along with a form that is accepted, alone and all together: refused, or without effect."""
    write = WRITES[route]
    table = Base.metadata.tables[write.table]
    async with world(engine, filled_url, templates, tmp_path, is_small=True) as made:
        await made.refresh(write.principal)
        async with client_for(made.app, write.principal) as client:
            id_ = write.id(made)
            assert await _post(client, made, write, {}) == 303
            before = await _row(made, table, id_)
            hostile = dict(_hostile(table, write.asked))
            assert len(hostile) > 3
            for extra in ({name: value} for name, value in hostile.items()):
                status = await _post(client, made, write, extra)
                assert status in (303, 409, 422), (extra, status)
            assert await _post(client, made, write, hostile) in (303, 409, 422)
            after = await _row(made, table, id_)
    changed = {name for name in before if before[name] != after[name]} - MOVES - write.asked
    assert changed == set()


async def _post(client: Client, made: World, write: Write, extra: dict[str, str]) -> int:
    form = dict(write.form)
    if "version" in form:
        row = await _row(made, Base.metadata.tables[write.table], write.id(made))
        form["version"] = str(row["sections"].get("about", {}).get("saves", 0))
    answer: httpx.Response = await client.post(write.path(made), data={**extra, **form})
    return answer.status_code


async def test_programs_cannot_send_columns(
    engine: str, filled_url: str, templates: Templates, tmp_path: Path
) -> None:
    """Filing: every column of a consultation and of its parts that is no question is refused (422)."""
    async with world(engine, filled_url, templates, tmp_path, is_small=True) as made:
        asked = made.app.openapi()["components"]["schemas"]
        known = {name for schema in asked.values() for name in schema.get("properties", {})}
        async with client_for(made.app, "token write:consultations") as client:
            assert (await client.post("/api/v1/consultations", json=filing(OWN))).status_code == 201
            for body, name in _bodies(known):
                answer = await client.post("/api/v1/consultations", json=body)
                assert answer.status_code == 422, (name, answer.status_code)


def _bodies(_known: set[str]) -> Iterator[tuple[dict[str, Any], str]]:
    columns = Base.metadata.tables["consultation"].columns
    top = {"place", "submit", "about", "participants", "concerns", "approaches", "assets", "gaps", "needs",
           "national", "privacy"}  # fmt: skip
    for column in columns:
        if column.name not in top:
            yield {**filing(OWN), column.name: "x"}, column.name
    for part in PARTS[1:]:
        section = {"approach": "approaches"}.get(part, f"{part}s")
        for name in ("id", "consultation_id", "position", "reviewed_at", "translations", "place_id"):
            statement = {"text": "Taken", name: "x"}
            yield {**filing(OWN), section: {"discussed": "yes", "statements": [statement]}}, f"{part}.{name}"
