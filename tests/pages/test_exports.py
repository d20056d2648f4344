"""Every file for spreadsheets with formulas planted in every text field: none of them is one in the file."""

import shutil
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.core.scope import SYSTEM
from app.web.policy import walk
from tests.conftest import client_of, running, settings_for
from tests.databases import Templates
from tests.factories.payloads import FORMULAS
from tests.factories.planting import plant_words
from tests.factories.spreadsheets import cells_of, original, rows_of, would_be_a_formula

QUERIES = {
    "compare": "practice=iq-baghdad-cohesion-subplan&practice=be-vilvoorde-warmth-and-safety",
    "compare.cities": "city=iq-baghdad&city=iq-mosul",
}
FEWEST = {
    "practices.csv": 30,
    "compare.csv": 8,
    "compare.xlsx": 8,
    "compare.cities.csv": 3,
    "compare.cities.xlsx": 3,
}
"""How many different planted texts a file has at least."""


@pytest.fixture
async def planted(
    filled_url: str, templates: Templates, engine: str, tmp_path: Path
) -> AsyncIterator[FastAPI]:
    """The app with a text of the corpus in each field, published copies included."""
    texts = cycle([text for text in FORMULAS if text.strip()])
    database = Database(filled_url)
    async with database.writing(SYSTEM) as session:
        await plant_words(session, lambda: next(texts))
    await database.aclose()
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    async with running(settings_for(filled_url, tmp_path / "index")) as app:
        yield app


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_no_file_has_a_formula(planted: FastAPI, language: str) -> None:
    """All routes that give CSV or XLSX, read again; the planted texts are in them, whole."""
    known = {text for text in FORMULAS if len(text) > 4}
    seen = set()
    for route in walk(planted):
        name = str(route.name)
        base, _, kind = name.rpartition(".")
        if kind not in ("csv", "xlsx"):
            continue
        seen.add(name)
        async with client_of(planted, "auditor") as client:
            answer = await client.get(
                f"{str(route.path).replace('{lang:lang}', language)}?{QUERIES.get(base, '')}"
            )
        assert answer.status_code == 200, name
        assert answer.headers["content-disposition"].startswith('attachment; filename="medina-')
        if kind == "csv":
            rows = rows_of(answer.content)
            assert not [cell for row in rows for cell in row if would_be_a_formula(cell)], name
            rows = [[original(cell) for cell in row] for row in rows]
        else:
            kinds, rows = cells_of(answer.content)
            assert kinds <= {"s", "n"}, name
        words = "\n".join(cell for row in rows for cell in row)
        found = {text for text in known if text in words}
        assert len(found) >= FEWEST.get(name, 0), (name, len(found))
    assert seen >= {*FEWEST, "audit.csv"}
