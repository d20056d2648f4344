"""What somebody has saved or chosen stays, whatever else fails or is no longer offered."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.scope import SYSTEM
from app.models.consultation import Consultation
from app.models.published import PublishedRecord
from app.web import deps
from tests.conftest import As, Client
from tests.factories.forms import form_to, in_browser
from tests.pages.test_manage_synonyms import two_terms

OFFICIAL = "official:iq-mosul"
PRACTICE = "/en/practices/iq-baghdad-cohesion-subplan"


async def test_what_was_saved_is_saved_when_the_index_fails(
    as_persona: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader hears of no failure, for nothing they did has failed."""

    async def fails(*_: Any) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(deps, "follow", fails)
    editor = in_browser(as_persona("editor"))
    path = await two_terms(editor)
    assert "zanzabu" in (await editor.get(path)).text


async def test_a_choice_that_is_no_longer_offered_is_kept(app: FastAPI, as_persona: As) -> None:
    """A practice of another country, chosen by a program, survives the form; nothing comes before itself."""
    official = in_browser(as_persona(OFFICIAL))
    started = await official.post("/en/consultations/new")
    path = f"{started.headers['location']}/approaches"
    async with app.state.database.writing(SYSTEM) as session:
        elsewhere = select(PublishedRecord.slug).where(
            PublishedRecord.kind == "practice", PublishedRecord.slug.startswith("jo-")
        )
        slug = (await session.scalars(elsewhere.limit(1))).one()
        (
            await session.scalars(select(Consultation).where(Consultation.reference.is_(None)))
        ).one().reference = "MED-X"
    values = {**form_to((await official.get(path)).text, path).values, "action": ["later"]}
    assert slug not in (await official.get(path)).text
    chosen = {**values, "discussed": ["yes"], "statements.0.text": ["Words"], "statements.0.practice": [slug]}
    assert (await official.post(path, data=chosen)).status_code == 303
    again = form_to((await official.get(path)).text, path)
    assert again.values["statements.0.practice"] == [slug]
    assert (await official.post(path, data={**again.values, "action": ["later"]})).status_code == 303
    about = path.replace("approaches", "about")
    offered = form_to((await official.get(about)).text, about).offered
    assert "MED-X" not in offered.get("previous", [])


async def test_suggestions_come_at_most_so_often(client: Client) -> None:
    """From one network twenty an hour; the form keeps what was typed for whoever waits."""
    reader = in_browser(client)
    data = {"text": "The year is another one, says the report."}
    answers = [(await reader.post(f"{PRACTICE}/correction", data=data)).status_code for _ in range(21)]
    assert answers == [303] * 20 + [429]
