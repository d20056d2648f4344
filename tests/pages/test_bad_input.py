"""What bad input gets: a clear word, never a failure, and nothing lost."""

from urllib.parse import quote

import pytest
from fastapi import FastAPI

from app.core.scope import SYSTEM
from tests.conftest import As, Library, client_of
from tests.factories.walk import addresses, load_values

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


async def test_hostile_questions_never_fail(app: FastAPI) -> None:
    """Every address that reads, with hostile text in every parameter."""
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    failed = []
    for persona in ("visitor", "official:iq-mosul", "editor"):
        async with client_of(app, persona) as client:
            for address in addresses(app, {key: of[:1] for key, of in values.items()}, ["fr"]):
                if address.method != "GET":
                    continue
                for text in HOSTILE:
                    query = "&".join(f"{name}={quote(text)}" for name in FIELDS)
                    answer = await client.get(f"{address.path}?{query}")
                    if answer.status_code >= 500:
                        failed.append(f"{persona} {address.path} {text[:20]!r}")
                    assert "<script>alert(1)" not in answer.text
    assert failed == []


async def test_hostile_forms_never_fail(app: FastAPI) -> None:
    """Every address that writes, with hostile text, unknown fields and a body that is no form."""
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    failed = []
    for persona in ("visitor", "official:iq-mosul", "editor"):
        async with client_of(app, persona, **{"Sec-Fetch-Site": "same-origin"}) as client:
            for address in addresses(app, {key: of[:1] for key, of in values.items()}, ["ar"]):
                if address.method == "GET":
                    continue
                bodies = [{"data": {"text": text, "title": text, "x.0.y": text}} for text in HOSTILE[:6]]
                for body in (*bodies, {"content": b"\xff\xfe{"}, {"json": [[[]]]}):
                    answer = await client.request(address.method, address.path, **body)  # type: ignore[arg-type]
                    if answer.status_code >= 500:
                        failed.append(f"{persona} {address.path} {body}"[:150])
    assert failed == []


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
