"""Bounds of requests, each at its limit and one beyond."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.web.bounds import MAX_FIELDS, MAX_LIST, MAX_TEXT
from app.web.limits import MAX_BODY, MAX_HEADERS, MAX_URL
from tests.conftest import As

CONSULTATIONS = "/api/v1/consultations"
CORRECTION = "/en/practices/iq-baghdad-cohesion-subplan/correction"
SAME = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


async def test_addresses_and_headers_at_their_limits(as_persona: As) -> None:
    """The longest that fits, and one more."""
    client = as_persona("visitor")
    path = "/en/practices?q="
    fits = path + "x" * (MAX_URL - len(path) + 1)
    assert (await client.get(fits)).status_code == 200
    assert (await client.get(fits + "x")).status_code == 414
    sent = (await client.get("/en/")).request.headers
    room = MAX_HEADERS - sum(len(name) + len(value) for name, value in sent.items()) - len("x-a")
    assert (await client.get("/en/", headers={"X-A": "x" * room})).status_code == 200
    assert (await client.get("/en/", headers={"X-A": "x" * (room + 1)})).status_code == 431


async def _in_pieces(size: int) -> AsyncIterator[bytes]:
    for begin in range(0, size, 65_536):
        yield b"x" * min(65_536, size - begin)


@pytest.mark.parametrize("kind", [FORM, "application/json"])
async def test_bodies_at_their_limit(as_persona: As, kind: str) -> None:
    """Declared or not, a byte more than fits is refused; what fits gets as far as being read."""
    client = as_persona("official:iq-mosul")
    path = CONSULTATIONS if "json" in kind else CORRECTION
    headers = {"Content-Type": kind, **SAME}
    fits = await client.post(path, content=b"x" * MAX_BODY, headers=headers)
    assert fits.status_code in (400, 422)
    for content in (b"x" * (MAX_BODY + 1), _in_pieces(MAX_BODY + 1)):
        assert (await client.post(path, content=content, headers=headers)).status_code == 413


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"text": "x" * (MAX_TEXT + 1)}, 422),
        ({"text": ["x"] * (MAX_LIST + 1)}, 422),
        ({f"a.{number}.b": "x" for number in range(MAX_LIST + 1)}, 422),
        ({f"f{number}": "x" for number in range(MAX_FIELDS + 1)}, 413),
    ],
)
async def test_forms_at_their_limits(as_persona: As, data: dict[str, Any], status: int) -> None:
    """Refused with a word on what is too much; one less comes to the form itself."""
    client = as_persona("visitor")
    answer = await client.post(CORRECTION, data=data, headers=SAME)
    assert answer.status_code == status
    assert 'id="text"' not in answer.text, "not the form's own refusal"
    less = dict(list(data.items())[:-1]) or {"text": [*data["text"]][:MAX_LIST]}
    fewer = await client.post(CORRECTION, data=less, headers=SAME)
    assert fewer.status_code != 413


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"place": "iq-mosul", "about": {"title": "x" * (MAX_TEXT + 1)}}, "/about/title"),
        (
            {"place": "iq-mosul", "participants": {"missing_groups": ["x"] * (MAX_LIST + 1)}},
            "/participants/missing_groups",
        ),
        (json.loads("[" * 33 + "]" * 33), ""),
    ],
)
async def test_json_at_its_limits(as_persona: As, document: Any, pointer: str) -> None:
    """The answer says where."""
    answer = await as_persona("official:iq-mosul").post(CONSULTATIONS, json=document)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
