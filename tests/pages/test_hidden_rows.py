"""What somebody may not see leaves no trace: every answer is the same with the hidden rows and without."""

import re
from collections.abc import Mapping

from fastapi import FastAPI

from app.core.scope import SYSTEM
from tests.conftest import client_of
from tests.factories.marks import plant
from tests.factories.walk import addresses, load_values

READERS = ("visitor", "practitioner", "official:iq-basra")
QUESTIONS = ("CANARY", "youth", "شباب", "jeunes")
_VARYING = re.compile(r'(name="(?:form_token|page|version)" value=")[^"]*|("request_id":")[^"]*')

Answers = Mapping[str, tuple[int, str]]


async def _answers(app: FastAPI) -> Answers:
    """Status and body of every address that reads, and of searches, for each reader."""
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    found: dict[str, tuple[int, str]] = {}
    for reader in READERS:
        async with client_of(app, reader) as client:
            paths = [one.path for one in addresses(app, values, ["en", "ar"]) if one.method == "GET"]
            paths += [f"/en/practices?q={word}" for word in QUESTIONS]
            paths += [f"/api/v1/practices?q={word}" for word in QUESTIONS]
            for path in dict.fromkeys(paths):
                answer = await client.get(path)
                found[f"{reader} {path}"] = (answer.status_code, _VARYING.sub(r"\1\2", answer.text))
    return found


async def test_hidden_rows_leave_no_trace(app: FastAPI) -> None:
    """Of other cities, unpublished practices, notes: not in a list, a count, a facet or a hit."""
    before = await _answers(app)
    async with app.state.database.writing(SYSTEM) as session:
        await plant(session)
    after = await _answers(app)
    changed = [where for where, answer in before.items() if after.get(where) != answer]
    assert [where for where in changed if "/account" not in where] == []
    assert len(before) > 300
