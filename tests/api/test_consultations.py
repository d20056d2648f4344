"""Consultations for partners: who sees what, filing, repeated requests, refusals."""

import asyncio
import copy
import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.consultations.commands.requests import ImportConsultation
from app.features.consultations.service.importing import import_consultation
from app.routers.api.consultations_example import EXAMPLE
from tests.conftest import As, Client, Library
from tests.factories.consultations import ANSWERS, CANARY
from tests.features.test_consultations import NOW

PATH = "/api/v1/consultations"
BODY = {"place": "iq-mosul", **ANSWERS}
OTHERS = ("visitor", "practitioner", "official:iq-baghdad")


def changed(**changes: Any) -> dict[str, Any]:
    """The body with some sections replaced in part."""
    body = copy.deepcopy(BODY)
    for section, answers in changes.items():
        body[section] = {**body[section], **answers} if isinstance(answers, dict) else answers
    return body


def pointers(answer: httpx.Response) -> dict[str, str]:
    """What is wrong, by pointer."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["pointer"]: error["detail"] for error in answer.json()["errors"]}


@pytest.fixture
async def official(as_persona: As) -> Client:
    """An official of Mosul."""
    return as_persona("official:iq-mosul")


async def published(app: FastAPI) -> str:
    """The id of a consultation of Mosul that the hub has read and published."""
    database: Database = app.state.database
    command = ImportConsultation.model_validate(
        {"filed_on": "2026-03-08", "state": "published", "consultation": BODY}
    )
    async with database.writing(SYSTEM) as session:
        return str((await import_consultation(session, command, now=NOW)).id)


async def test_filing_and_reading(official: Client, as_persona: As) -> None:
    """What was sent comes back as it was sent; the address is in Location."""
    answer = await official.post(PATH, json=BODY)
    assert answer.status_code == 201, answer.text
    assert re.fullmatch(r"MED-\d{4}-0001", answer.json()["reference"])
    read = await official.get(answer.headers["Location"])
    assert read.json() == answer.json()
    assert (read.json()["view"], read.json()["state"]) == ("whole", "submitted")
    sent_again = {"place": "iq-mosul", "submit": False, **read.json()["answers"]}
    again = await official.post(PATH, json=sent_again)
    assert again.status_code == 201, "an answer can be sent as a request"
    assert again.json()["answers"] == read.json()["answers"]
    assert again.json()["state"] == "draft"
    listed = (await official.get(PATH)).json()
    assert listed["total"] == 2
    assert {item["id"] for item in listed["items"]} == {answer.json()["id"], again.json()["id"]}
    hub = as_persona("editor")
    assert [item["state"] for item in (await hub.get(PATH)).json()["items"]] == ["submitted"]
    assert (await hub.get(answer.headers["Location"])).json()["answers"] == read.json()["answers"]


async def test_the_example_is_accepted(as_persona: As) -> None:
    """The example of the documentation works as it stands."""
    answer = await as_persona("official:xx-sample-city").post(PATH, json=EXAMPLE)
    assert answer.status_code == 201, answer.text
    assert answer.json()["is_illustration"] is True
    assert answer.json()["reference"].startswith("ILL-")


async def test_private_words_stay_private(app: FastAPI, official: Client, as_persona: As) -> None:
    """Unpublished: not there for others. Published: only what the city allows."""
    private = (await official.post(PATH, json=BODY)).json()["id"]
    public = await published(app)
    assert CANARY in (await official.get(f"{PATH}/{public}")).text
    for persona in OTHERS:
        client = as_persona(persona)
        assert (await client.get(f"{PATH}/{private}")).status_code == 404
        answer = await client.get(f"{PATH}/{public}")
        assert answer.status_code == 200
        body = answer.json()
        network = [one for one in body["statements"] if one["sensitivity"] == "network"]
        assert bool(network) == (persona != "visitor"), "the network reads what is for it"
        body["statements"] = [one for one in body["statements"] if one["sensitivity"] == "public"]
        assert CANARY not in str(body)
        assert (body["view"], body["held"], body["title"], body["answers"]) == ("public", "2026", None, None)
        assert [(one["kind"], one["attribution"]) for one in body["statements"]] == [
            ("approach", "A3"),
            ("need", "A4"),
        ]
        listed = await client.get(PATH, params={"country": "IQ"})
        assert CANARY not in listed.text
        expected = [] if persona.startswith("official") else [public]
        assert [item["id"] for item in listed.json()["items"]] == expected


def test_illustrations_only_when_asked_for(library: Library) -> None:
    """Illustrations are a list of their own."""
    assert library.get(PATH).json() == {"items": [], "total": 0, "next": None}
    found = library.get(f"{PATH}?illustrations=true&lang=ar").json()
    assert found["total"] == 3
    assert {item["place"]["name"] for item in found["items"]} == {"مدينة نموذجية"}
    own = library.get(PATH, "official:xx-sample-city").json()
    assert own["total"] == 3


def test_illustrations_are_in_no_real_list(library: Library) -> None:
    """The invented city and its country are no filter of the library, and nothing real is about them."""
    allowed = library.get("/api/v1/practices?country=nowhere").json()["errors"][0]["allowed"]
    assert "XX" not in allowed
    for path in ("/api/v1/practices", "/en/practices", "/en/"):
        assert "xx-sample-city" not in library.get(path).text.partition("<main")[2]


async def test_a_repeated_request(official: Client, as_persona: As) -> None:
    """The same key and body: the same answer and one consultation; another body is refused."""
    key = {"Idempotency-Key": "a key of ours"}
    first = await official.post(PATH, json=BODY, headers=key)
    second = await official.post(PATH, json=BODY, headers=key)
    assert (second.status_code, second.content) == (201, first.content)
    assert second.headers["Location"] == first.headers["Location"]
    refused = await official.post(PATH, json=changed(submit=False), headers=key)
    assert pointers(refused) == {"/Idempotency-Key": "This Idempotency-Key was used with another body"}
    neighbour = as_persona("official:iq-baghdad")
    theirs = await neighbour.post(PATH, json={**BODY, "place": "iq-baghdad"}, headers=key)
    assert theirs.status_code == 201, "keys belong to whoever sends them"
    assert theirs.headers["Location"] != first.headers["Location"]
    assert (await official.get(PATH)).json()["total"] == 1
    assert "/Idempotency-Key" in pointers(
        await official.post(PATH, json=BODY, headers={"Idempotency-Key": "x" * 201})
    )


async def test_repeated_at_once(official: Client) -> None:
    """Requests with the same key at the same moment make one consultation."""
    key = {"Idempotency-Key": str(uuid4())}
    answers = await asyncio.gather(*(official.post(PATH, json=BODY, headers=key) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert (await official.get(PATH)).json()["total"] == 1


async def test_a_refused_request_may_be_mended(official: Client) -> None:
    """A key is taken by what was stored, not by what was refused."""
    key = {"Idempotency-Key": "once"}
    refused = await official.post(PATH, json=changed(about={"title": None}), headers=key)
    assert pointers(refused) == {"/about/title": "Give the consultation a name"}
    assert (await official.post(PATH, json=BODY, headers=key)).status_code == 201


async def test_any_digits(official: Client) -> None:
    """Numbers and dates may be written in Arabic-Indic or Persian digits."""
    body = changed(
        about={"held": "٢٠٢٦-٠٣-٠٥", "duration_minutes": "٩٠"},
        participants={"total": "۱۲"},
        privacy={"consent_on": "٢٠٢٦-٠٣-٠٥"},
    )
    answers = (await official.post(PATH, json=body)).json()["answers"]
    assert (answers["about"]["held"], answers["about"]["duration_minutes"]) == ("2026-03-05", 90)
    assert (answers["participants"]["total"], answers["privacy"]["consent_on"]) == (12, "2026-03-05")


async def test_every_wrong_field_is_named(official: Client) -> None:
    """Unknown fields, impossible values and codes: each with its pointer, nothing stored."""
    body = changed(
        nope=1,
        about={"held": "2026-13-45", "method": "magic", "x/y~z": 1},
        participants={"total": "many"},
        needs={"statements": [{"text": "x", "txet": "y"}]},
    )
    assert pointers(await official.post(PATH, json=body)) == {
        "/nope": "This field is not known here",
        "/about/held": "This must be a possible date, such as 2023, 2023-03-31 or 2023-03/2024-01",
        "/about/method": "Choose one of the answers given",
        "/about/x~1y~0z": "This field is not known here",
        "/participants/total": "This must be a whole number, like 250000",
        "/needs/statements/0/txet": "This field is not known here",
    }
    codes = changed(
        needs={"statements": [{"text": "x", "concept": "hate-speech"}]}, about={"held": "2999-01-01"}
    )
    assert pointers(await official.post(PATH, json=codes)) == {
        "/needs/statements/0/concept": "“hate-speech” cannot be chosen here",
        "/about/held": "This date is in the future",
    }
    assert (await official.get(PATH)).json()["total"] == 0


async def test_missing_answers_in_the_readers_language(official: Client) -> None:
    """Each missing answer has the words of its question; a draft may miss all of them."""
    answer = await official.post(f"{PATH}?lang=en", json={"place": "iq-mosul"})
    found = pointers(answer)
    assert found["/participants/who_was_missing"] == "Say who was missing"
    assert found["/national/strategy_known"] == "Choose whether the city knows the national strategy"
    arabic = await official.post(f"{PATH}?lang=ar", json={"place": "iq-mosul"})
    assert arabic.headers["Content-Language"] == "ar"
    assert pointers(arabic).keys() == found.keys()
    draft = await official.post(PATH, json={"place": "iq-mosul", "submit": False})
    assert (draft.status_code, draft.json()["state"], draft.json()["reference"]) == (201, "draft", None)


async def test_hostile_bodies(official: Client) -> None:
    """Whatever is sent: a problem that says so, never a failure."""
    json_type = {"Content-Type": "application/json"}
    for content, headers, status in (
        (b"{", json_type, 400),
        (b"[" * 100_000, json_type, 422),
        (b"\xff\xfe", json_type, 400),
        (b"[]", json_type, 422),
        (b"", json_type, 422),
        (b'{"place": "iq-mosul", "\\ud800": 1}', json_type, 422),
        (b'{"place": "iq-mosul", "about": {"title": "\\ud800"}}', json_type, 422),
        (b'{"place": "iq-mosul", "about": {"\\ud800": "x"}}', json_type, 422),
        (b'{"place": "iq-mosul", "national": {"dimensions": {"\\ud800": {}}}}', json_type, 422),
        (b'{"place": "iq-mosul", "submit": false, "about": {"title": "a\\u0000b"}}', json_type, 201),
        (b'{"place": "iq-mosul", "needs": {"statements": [{"concept": "a\\u0000b"}]}}', json_type, 422),
        (b'{"place": "iq-mosul", "participants": {"missing_groups": ["a\\u0000b"]}}', json_type, 422),
        (b'{"place": "iq-mosul", "about": {"event": "a\\u0000b", "previous": "\\u0000"}}', json_type, 422),
        (b'{"place": "iq-\\u0000mosul"}', json_type, 422),
        (b'{"place": "iq-mosul", "participants": {"total": 1e400}}', json_type, 422),
        (b'{"place": "iq-mosul", "participants": {"total": NaN}}', json_type, 422),
        (b"place=iq-mosul", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b'"' + b"x" * 1_100_000 + b'"', json_type, 413),
    ):
        answer = await official.post(PATH, content=content, headers=headers)
        assert answer.status_code == status, (content[:60], answer.text)
        assert status == 201 or answer.headers["content-type"] == "application/problem+json"


async def test_not_allowed_is_not_found(as_persona: As) -> None:
    """Only officials file; for others the action does not exist."""
    for persona in ("visitor", "practitioner", "editor"):
        assert (await as_persona(persona).post(PATH, json=BODY)).status_code == 404
    answer = await as_persona("official:iq-mosul").post(PATH, json={**BODY, "place": "iq-baghdad"})
    assert pointers(answer) == {"/place": "You can file consultations of your own city only"}


def test_filters_of_the_list(library: Library) -> None:
    """Unknown filters and codes are named with what is allowed."""
    wrong = {error["pointer"]: error for error in library.get(f"{PATH}?foo=1").json()["errors"]}
    assert wrong["/foo"]["allowed"] == ["state", "country", "illustrations", "page"]
    wrong = {error["pointer"]: error for error in library.get(f"{PATH}?state=gone&page=x").json()["errors"]}
    assert "in review" in wrong["/state"]["allowed"]
    assert "/page" in wrong
    assert "IQ" in library.get(f"{PATH}?country=ZZ").json()["errors"][0]["allowed"]
    assert library.get(f"{PATH}?page=%D9%A2").status_code == 200
    assert library.get(f"{PATH}/{uuid4()}").status_code == 404
    assert library.get(f"{PATH}/not-an-id").status_code in (404, 422)
    assert library.get(f"{PATH}?lang=de").status_code == 422


async def test_a_repeated_request_in_another_language(official: Client) -> None:
    """The stored answer is in the language of then and does not claim another."""
    key = {"Idempotency-Key": "two languages"}
    first = await official.post(f"{PATH}?lang=en", json=BODY, headers=key)
    again = await official.post(f"{PATH}?lang=ar", json=BODY, headers=key)
    assert (first.status_code, again.content) == (201, first.content)
    assert again.headers.get("Content-Language") != "ar"


async def test_a_body_that_is_no_object(official: Client) -> None:
    """The pointer to the document as a whole is empty (RFC 6901)."""
    assert list(pointers(await official.post(PATH, json=[]))) == [""]
