"""The auditor's page: who saw or changed record X between A and B."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from app.core.languages import LANGUAGES
from app.core.scope import SYSTEM
from app.features.audit.commands import Entry, Event, Outcome
from app.features.audit.service import append
from app.models.consultation import Consultation
from app.web.labels import label
from tests.conftest import As, Client
from tests.factories.audit import KEYS

DAYS = (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), datetime(2026, 3, 2, 23, 59, 59, 999_999, tzinfo=UTC))
"""The first moment of one day and the last of the next."""

ENTRIES = (
    (DAYS[0], Entry("p-amal", Event.READ, "consultation", "consultation", "id-1", request_id="r1")),
    (DAYS[0], Entry("p-omar", Event.WRITE, "manage.practice.save", "practice", "id-1", request_id="r2")),
    (DAYS[1], Entry("p-omar", Event.READ, "consultation", "consultation", "id-2", request_id="r3")),
    (DAYS[1], Entry("visitor", Event.DENIED, "consultation", outcome=Outcome.REFUSED, request_id="r4")),
    (DAYS[1], Entry("token:p-omar", Event.EXPORT, "api.consultations", request_id="r5")),
)


@pytest.fixture
async def auditor(app: FastAPI, as_persona: As) -> Client:
    """Somebody who may read the log, in which something stands."""
    async with app.state.database.writing() as session:
        for now, entry in ENTRIES:
            await append(session, [entry], KEYS, now=now)
    return as_persona("auditor")


async def shown(client: Client, query: str) -> list[str]:
    """The requests of the entries that a filter finds, newest first."""
    answer = await client.get(f"/en/audit?{query}")
    assert answer.status_code == 200
    return re.findall(r"<code dir=\"ltr\">(r\d)</code>", answer.text)


FOUND = {
    "": "r5 r4 r3 r2 r1",
    "kind=consultation": "r3 r1",
    "record=id-1": "r2 r1",
    "kind=practice&record=id-1": "r2",
    "record=%E2%80%8Eid-1%E2%80%8E+": "r2 r1",
    "record=id": "",
    "actor=p-omar": "r3 r2",
    "actor=token:p-omar": "r5",
    "event=denied": "r4",
    "from=2026-03-02": "r5 r4 r3",
    "until=2026-03-01": "r2 r1",
    "from=2026-03-01&until=2026-03-02": "r5 r4 r3 r2 r1",
    "from=٢٠٢٦-٠٣-٠٢&until=٢٠٢٦-٠٣-٠٢": "r5 r4 r3",
    "from=2026-03-03": "",
    "from=0001-01-01&until=9999-12-31": "r5 r4 r3 r2 r1",
    "before=3": "r2 r1",
    "record=id-1&actor=p-amal&event=read&from=2026-03-01&until=2026-03-01": "r1",
    "unknown=1": "r5 r4 r3 r2 r1",
}
"""Requests of the entries that a filter finds, newest first."""


async def test_each_filter(auditor: Client) -> None:
    """Everything given must fit."""
    for query, found in FOUND.items():
        assert await shown(auditor, query) == found.split(), query


async def test_in_three_languages(auditor: Client) -> None:
    """Codes are said in words, ids and names of routes stay as they are."""
    for language in LANGUAGES:
        answer = await auditor.get(f"/{language}/audit?kind=consultation")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text
        assert label(language, "audit-event", "read") in answer.text
        assert '<code dir="ltr">id-2</code>' in answer.text
        assert '<option value="consultation" selected>' in answer.text
        assert "2026" in answer.text


MISTAKES = {
    "from=yesterday": "from",
    "from=2026-03-02&until=2026-03-01": "until",
    "event=nonsense": "event",
    "kind=" + "x" * 81: "kind",
    **{f"before={number}": "before" for number in ("0", "99999999999", "x", "-1")},
}
"""What is wrong in the address, and the field that says so."""


async def test_a_mistake_shows_no_entries(auditor: Client) -> None:
    """A filter that is not understood is not left out: somebody would be overlooked, or suspected."""
    for query, field in MISTAKES.items():
        answer = await auditor.get(f"/en/audit?{query}")
        assert answer.status_code == 422, query
        assert f'href="#{field}"' in answer.text, query
        assert "<table" not in answer.text
        assert "Nothing found" not in answer.text
        assert (await auditor.get(f"/en/audit.csv?{query}")).status_code == 422


async def test_nothing_found_says_what_to_try(auditor: Client) -> None:
    answer = await auditor.get("/en/audit?record=nobody")
    assert "Nothing found" in answer.text
    assert 'href="/en/audit"' in answer.text
    assert "audit.csv" not in answer.text


async def test_reading_the_log_is_in_the_log(as_persona: As) -> None:
    """First one's own coming in, then that one has read."""
    auditor = as_persona("auditor")
    assert "Read the audit log" not in _table((await auditor.get("/en/audit")).text)
    assert "Read the audit log" in _table((await auditor.get("/en/audit")).text)


def _table(page: str) -> str:
    return page.partition("<tbody")[2].partition("</tbody>")[0]


async def test_pages_follow_each_other(app: FastAPI, auditor: Client) -> None:
    """Fifty at a time; no entry twice, none left out, though new ones come in between."""
    async with app.state.database.writing() as session:
        many = [Entry("p1", Event.READ, object_id=f"n{number}") for number in range(120)]
        await append(session, many, KEYS, now=DAYS[1])
    address = "/en/audit?actor=p1"
    seen: list[str] = []
    while address:
        answer = await auditor.get(address)
        seen += re.findall(r"<code dir=\"ltr\">(n\d+)</code>", answer.text)
        async with app.state.database.writing() as session:
            await append(session, [Entry("p1", Event.READ)], KEYS, now=DAYS[1])
        older = re.search(r'href="([^"]*before=\d+)"[^>]*>Older', answer.text)
        address = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"n{number}" for number in reversed(range(120))]
    assert "Newest entries" in answer.text


async def test_consultations_are_found_by_their_reference(app: FastAPI, auditor: Client) -> None:
    """People know the number, the log the id."""
    async with app.state.database.writing(SYSTEM) as session:
        id_ = await session.scalar(select(Consultation.id).limit(1))
        await session.execute(
            update(Consultation).where(Consultation.id == id_).values(reference="IQ-2026-007")
        )
        entry = Entry("p1", Event.WRITE, object_kind="consultation", object_id=str(id_), request_id="r9")
        await append(session, [entry], KEYS, now=DAYS[1])
    assert await shown(auditor, "record=iq-2026-007") == ["r9"]
    assert await shown(auditor, "record=IQ-2026-007&kind=consultation") == ["r9"]
    assert await shown(auditor, "record=IQ-2026-007&kind=practice") == []
    assert await shown(auditor, f"record={id_}") == ["r9"]


async def test_the_result_as_a_table(auditor: Client) -> None:
    """The same filter, all pages, in words, with the mark of UTF-8."""
    answer = await auditor.get("/en/audit.csv?actor=p-omar&before=2")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="medina-audit-en.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Entry", "When (UTC)", "Who"]
    assert [row[-1] for row in rows[1:]] == ["r3", "r2"]
    assert rows[1][:6] == ["3", "2026-03-02T23:59:59+00:00", "p-omar", "Read", "Consultation", "id-2"]
    link = re.search(r'href="(/en/audit\.csv\?[^"]*)"', (await auditor.get("/en/audit?actor=p-omar")).text)
    assert link is not None
    assert (await auditor.get(link[1].replace("&amp;", "&"))).content == answer.content


async def test_a_code_without_a_word_is_shown(app: FastAPI, auditor: Client) -> None:
    """What a later version or somebody's hand wrote does not break the page."""
    entry = Entry("token", Event.READ, object_kind="unheard-of", request_id="r8")
    async with app.state.database.writing() as session:
        await append(session, [entry], KEYS, now=DAYS[1])
    answer = await auditor.get("/en/audit?kind=unheard-of")
    assert '<option value="unheard-of" selected>' in answer.text
    assert ">unheard-of</bdi>" in answer.text
    assert "r8" in answer.text


async def test_nobody_else_finds_the_way(auditor: Client, as_persona: As) -> None:
    """There is nothing there."""
    for persona in ("visitor", "practitioner", "official:iq-mosul", "editor", "admin"):
        for path in ("/en/audit", "/en/audit.csv", "/ar/audit?event=denied"):
            answer = await as_persona(persona).get(path)
            assert answer.status_code == 404
            assert "p-omar" not in answer.text
