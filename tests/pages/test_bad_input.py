"""What bad input gets: a clear word, never a failure, and nothing lost."""

from itertools import count, cycle
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from app.core.scope import SYSTEM
from tests.conftest import As, Library, client_of
from tests.factories.forms import forms_in
from tests.factories.walk import Address, addresses, load_values

HOSTILE = (
    "'; DROP TABLE practice; --",
    "<script>alert(1)</script>",
    "\u202eمرحبا\u200f",
    "%00\x00",
    '(((("*~^:[] AND OR',
    "٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩",
    "🧨" * 200,
    "a" * 3000,
    "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
)
FIELDS = ("q", "page", "theme", "year", "city", "practice", "sort", "lang", "state", "country", "kind", "add")


PERSONAS = ("visitor", "official:iq-mosul", "editor", "admin", "auditor")
OWN = frozenset({"form_token", "version", "page", "do", "action", "source_language"})
"""Fields of forms that no person fills in."""
LEAVES = ("/sign-out", "/demo/sign-in")
"""Forms after which nobody is who they were."""


async def _one_each(app: FastAPI, language: str) -> list[Address]:
    """Every address once."""
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    return list(addresses(app, {key: of[:1] for key, of in values.items()}, [language]))


@pytest.mark.parametrize("persona", PERSONAS)
async def test_hostile_questions_never_fail(app: FastAPI, persona: str) -> None:
    """Every address that reads, with a hostile text in every parameter, each text in three of them."""
    failed = []
    async with client_of(app, persona) as client:
        for address in await _one_each(app, "fr"):
            if address.method != "GET":
                continue
            for turn in range(3):
                texts = (HOSTILE[(turn + place) % len(HOSTILE)] for place in count(step=3))
                query = "&".join(f"{name}={quote(text)}" for name, text in zip(FIELDS, texts, strict=False))
                answer = await client.get(f"{address.path}?{query}")
                if answer.status_code >= 500:
                    failed.append(f"{address.path} {turn}")
                assert "<script>alert(1)" not in answer.text
    assert failed == []


@pytest.mark.parametrize("persona", ["visitor", "editor", "admin"])
async def test_bodies_that_are_no_form_never_fail(app: FastAPI, persona: str) -> None:
    """Every address that writes, with unknown fields and with bodies that are no form."""
    failed = []
    bodies: tuple[dict[str, Any], ...] = (
        {"data": {"text": HOSTILE[0], "title": HOSTILE[3], "x.0.y": HOSTILE[2]}},
        {"content": b"\xff\xfe{"},
        {"json": [[[]]]},
    )
    async with client_of(app, persona, **{"Sec-Fetch-Site": "same-origin"}) as client:
        for address in await _one_each(app, "ar"):
            for body in bodies if address.method != "GET" else ():
                answer = await client.request(address.method, address.path, **body)
                if answer.status_code >= 500:
                    failed.append(f"{address.path} {body}"[:150])
    assert failed == []


@pytest.mark.parametrize("persona", PERSONAS)
async def test_hostile_text_in_every_field_never_fails(app: FastAPI, persona: str) -> None:
    """Every form of every page, sent as it stands but for one field, and so for each of its fields."""
    texts, seen, failed = cycle(HOSTILE), set[str](), []
    async with client_of(app, persona, **{"Sec-Fetch-Site": "same-origin"}) as client:
        for address in await _one_each(app, "fr"):
            page = await client.get(address.path) if address.method == "GET" else None
            for form in forms_in(page.text) if page else ():
                if form.method != "post" or form.action in seen or form.action.endswith(LEAVES):
                    continue
                seen.add(form.action)
                for name in sorted((form.values.keys() | form.offered.keys()) - OWN):
                    sent = {**form.values, name: [next(texts)], **dict(form.buttons[:1])}
                    answer = await client.post(form.action, data=sent)
                    if answer.status_code >= 500:
                        failed.append(f"{form.action} {name}={sent[name]}"[:200])
                    if answer.is_redirect:  # saved: what builds on it carries the next version
                        again = forms_in((await client.get(address.path)).text)
                        form = next((one for one in again if one.action == form.action), form)
    assert failed == []
    assert len(seen) >= FORMS[persona]


FORMS = {"visitor": 3, "official:iq-mosul": 10, "editor": 15, "admin": 8, "auditor": 5}
"""How many forms a persona meets at least."""


@pytest.mark.parametrize(
    "path", ["/en/practices/iq-baghdad-cohesion-subplan/correction", "/demo/sign-in", "/api/v1/consultations"]
)
async def test_bodies_over_the_limit_are_refused(as_persona: As, path: str) -> None:
    """Ten megabytes are not read."""
    is_json = path.startswith("/api")
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    official = as_persona("official:iq-mosul")
    answer = await official.post(path, content=b"x" * 10_000_000, headers={"Content-Type": kind})
    assert answer.status_code == 413


def test_five_practices_are_too_many(library: Library) -> None:
    """The page says so and keeps the choice; the interface answers 422 and names the field."""
    slugs = [item["slug"] for item in library.get("/api/v1/practices").json()["items"][:5]]
    query = "&".join(f"practice={slug}" for slug in slugs)
    page = library.get(f"/en/compare?{query}")
    assert "Only 4 practices can be compared at a time" in page.text
    assert all(slug in page.text for slug in slugs)
    problem = library.get(f"/api/v1/comparisons/practices?{query}")
    assert problem.status_code == 422
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["errors"][0]["pointer"]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_unknown_codes_name_what_is_allowed(library: Library, language: str) -> None:
    """The interface names the filter and its codes, in the reader's language."""
    problem = library.get(f"/api/v1/practices?theme=nonsense&lang={language}")
    assert problem.status_code == 422
    assert problem.headers["Content-Language"] == language
    error = problem.json()["errors"][0]
    assert "theme" in error["pointer"]
    assert "pve" in error["allowed"] or len(error["allowed"]) > 3


@pytest.mark.parametrize(
    "path", ["/en/practices/nothing-here", "/ar/nothing", "/fr/manage/", "/xx/practices"]
)
def test_what_is_not_there_is_said_kindly(library: Library, path: str) -> None:
    """404 as a page in the reader's language, with a way on."""
    answer = library.get(path)
    assert answer.status_code == 404
    assert "<main" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/en/practices/%00", "/en/compare?practice=%00&practice=a", "/ar/events/%00", "/api/v1/practices/%00"],
)
def test_a_zero_byte_in_a_slug_is_no_such_record(library: Library, path: str) -> None:
    """PostgreSQL refuses to compare it; the reader learns that there is nothing."""
    assert library.get(path).status_code in (200, 404)
