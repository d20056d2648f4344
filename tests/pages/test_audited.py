"""What the log calls the record of a request: the table that keeps it, and its id."""

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.languages import LANGUAGES
from app.core.scope import SYSTEM
from app.features.audit.commands import Event
from app.models.audit import AuditEntry
from app.models.base import Base
from app.routers.pages.manage.hub_kinds import HUB_KINDS
from app.web.audited import OF_HUB, RECORDS, record_of
from app.web.labels import LABELS, label
from app.web.policy import POLICY, walk
from tests.conftest import As
from tests.factories.forms import in_browser
from tests.pages.test_manage_synonyms import form_at

TABLES = {table for table, _ in RECORDS.values() if table} | set(OF_HUB.values())
AT_THE_DOOR = ("demo", "sign-in", "sign-out", "invitation")
"""Routes whose entries tell of nobody's record: the actor says who came in."""


def test_tables_are_tables_and_have_words() -> None:
    assert Base.metadata.tables.keys() >= TABLES
    assert LABELS["audit-kind"].keys() >= TABLES
    assert all(label(language, "audit-kind", table) for language in LANGUAGES for table in TABLES)


def test_kinds_of_the_hub_have_the_name_of_their_table() -> None:
    assert {word: kind.code for word, kind in HUB_KINDS.items()} == OF_HUB


def test_every_route_in_the_log_names_the_table_of_its_record(app: FastAPI) -> None:
    """And its id, where the address has one."""
    for route in walk(app):
        name = route.name or ""
        if POLICY[name].event is None or name.startswith(AT_THE_DOOR):
            continue
        params = {param: f"<{param}>" for param in re.findall(r"{(\w+)", route.path or "") if param != "lang"}
        params |= {"kind": "needs"} if "kind" in params else {}
        table, id_ = record_of(name, params)
        if "token" in params:
            assert (table, id_) == ("", "")
            continue
        assert table in TABLES, name
        ids = [value for param, value in params.items() if param not in ("kind", "section")]
        assert id_ == (ids[0] if ids else ""), name


@pytest.mark.parametrize("do", ["save", "delete"])
async def test_a_changed_record_is_named_by_its_id(app: FastAPI, as_persona: As, do: str) -> None:
    """Also where the answer leads somewhere else."""
    editor = in_browser(as_persona("editor"))
    listed = await editor.get("/en/manage/synonyms")
    path = re.findall(r'"(/en/manage/synonyms/[0-9a-f-]{36})', listed.text)[0]
    form = await form_at(editor, path)
    await editor.post(path, data=form.sent(do))
    async with app.state.database.reading(SYSTEM) as session:
        found = select(AuditEntry).where(AuditEntry.event == Event.WRITE).order_by(AuditEntry.sequence.desc())
        entry = (await session.scalars(found.limit(1))).one()
    assert (entry.object_kind, entry.object_id) == ("synonym_set", path.rpartition("/")[2])
