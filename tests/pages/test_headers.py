"""The headers of every answer: pages, fragments, errors, files, downloads, what has not changed."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.core.scope import SYSTEM
from app.web.security import SESSION_COOKIE
from tests.conftest import Client, Library, client_of, running, settings_for
from tests.databases import ROOT, Templates
from tests.factories.walk import addresses, load_values

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}
SESSION = {"Cookie": f"medina_language=en; {SESSION_COOKIE}=0123456789"}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "reporting-endpoints": 'csp="/csp-reports"',
}
PRIVATE = re.compile(r"/(en|ar|fr|api/v1)/(manage|account|audit|consultations)\b")


def problems(answer: httpx.Response, *, is_private: bool = False) -> Iterator[str]:
    """What is missing in the headers of an answer, or should not be there."""
    where = f"{answer.request.method} {answer.request.url.path} {answer.status_code}"
    for name, value in ALWAYS.items():
        if answer.headers.get_list(name) != [value]:
            yield f"{where}: {name} is {answer.headers.get_list(name)}"
    policies = answer.headers.get_list("content-security-policy")
    if len(policies) != 1 or "default-src 'none'" not in policies[0] or "unsafe" in policies[0]:
        yield f"{where}: {policies}"
    elif answer.headers.get("content-disposition", "inline").startswith("attachment"):
        if policies != ["sandbox; default-src 'none'"]:
            yield f"{where}: a download with {policies}"
    elif not policies[0].endswith("report-uri /csp-reports; report-to csp"):
        yield f"{where}: nobody hears of violations"
    permissions = answer.headers.get("permissions-policy", "")
    if "camera=()" not in permissions or "publickey-credentials-get=(self)" not in permissions:
        yield f"{where}: permissions are {permissions}"
    if "server" in answer.headers or "strict-transport-security" in answer.headers:
        yield f"{where}: says too much"
    if is_private and answer.headers.get_list("cache-control") != ["no-store"]:
        yield f"{where}: may be kept: {answer.headers.get_list('cache-control')}"
    if not answer.headers.get("x-request-id"):
        yield f"{where}: has no id"


def test_every_route(library: Library) -> None:
    """As a page and as a fragment, for those who may and those who may not, with and without a session."""
    found: list[str] = []
    seen: set[tuple[str, int]] = set()

    async def walk() -> None:
        async with library.app.state.database.reading(SYSTEM) as session:
            values = await load_values(session)
        for persona in ("visitor", "official:iq-mosul", "editor"):
            async with client_of(library.app, persona) as client:
                for address in addresses(library.app, {key: of[:1] for key, of in values.items()}, ["en"]):
                    is_private = bool(PRIVATE.match(address.path))
                    if address.method != "GET":
                        answer = await client.request(
                            address.method, address.path, headers={"Sec-Fetch-Site": "cross-site"}
                        )
                        assert answer.status_code == (415 if address.route == "csp.report" else 403)
                        found.extend(problems(answer, is_private=is_private))
                        continue
                    for headers in ({}, FRAGMENT, SESSION):
                        answer = await client.get(address.path, headers=headers)
                        seen.add((address.route, answer.status_code))
                        is_own = is_private or headers is SESSION
                        found.extend(problems(answer, is_private=is_own))

    library.run(walk())
    assert found == []
    assert {status for _, status in seen} >= {200, 303, 404}
    assert len(seen) > 60


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/static/app.js", {}, 200),
        ("GET", "/static/nothing.js", {}, 404),
        ("GET", "/static/../settings.py", {}, 404),
        ("GET", "/en/nothing", {}, 404),
        ("GET", "/api/v1/nothing", {}, 404),
        ("PUT", "/en/practices", {}, 405),
        ("OPTIONS", "/api/v1/practices", {}, 405),
        ("GET", "/en/practices?q=" + "x" * 9000, {}, 414),
        ("GET", "/en/practices", {"X-A": "a" * 17_000}, 431),
        ("GET", "/en/practices", {"Host": "evil.example"}, 400),
        ("GET", "/api/v1/practices?theme=nonsense", {}, 422),
        ("POST", "/persona", {"Content-Length": "2000000"}, 413),
        ("GET", "/en/practices.csv", {}, 200),
        ("GET", "/en/practices/iq-baghdad-cohesion-subplan/cite.bib", {}, 200),
        ("HEAD", "/en/practices", {}, 200),
        ("GET", "/en", {}, 307),
    ],
)
def test_errors_files_and_downloads(
    library: Library, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """Answers that no page of ours gives have them too."""

    async def ask() -> httpx.Response:
        async with client_of(library.app) as client:
            return await client.request(method, path, headers=headers)

    answer = library.run(ask())
    assert answer.status_code == status
    assert list(problems(answer)) == []


def test_downloads_are_attachments(library: Library) -> None:
    """They are saved, not shown, and could load nothing if they were."""
    for path in ("/en/practices.csv", "/ar/compare/cities.csv?city=iq-mosul&city=iq-baghdad"):
        answer = library.get(path)
        assert answer.headers["content-disposition"].startswith("attachment"), path
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


def test_what_has_not_changed(library: Library) -> None:
    """304 brings the headers again, also to somebody who is signed in; files of the site may be kept."""
    first = library.get("/static/css/base.css")
    assert "cache-control" not in first.headers
    again = library.get("/static/css/base.css", **{"If-None-Match": first.headers["etag"], **SESSION})
    assert again.status_code == 304
    assert list(problems(again)) == []
    assert "cache-control" not in again.headers


@pytest.mark.parametrize("headers", [SESSION, {"Authorization": "Bearer x"}])
@pytest.mark.parametrize("path", ["/en/practices", "/api/v1/practices", "/en/nothing", "/en/practices.csv"])
def test_what_somebody_signed_in_reads_is_not_kept(
    library: Library, path: str, headers: dict[str, str]
) -> None:
    """Whether the credential is a good one or not; anonymous readers may keep public pages."""
    assert library.get(path, **headers).headers.get_list("cache-control") == ["no-store"]
    assert library.get(path, Cookie=f"not{SESSION_COOKIE}=1").headers.get("cache-control") != "no-store"


@pytest.fixture
async def secure(engine: str, templates: Templates, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """Settings of a site that readers reach by HTTPS; answers of the shared content."""
    settings = settings_for(
        templates.url(engine, "shared"),
        templates.folder / f"index-{engine}",
        public_url="https://medina.example",
    )
    async with running(settings) as app:
        yield app


async def test_https_stays_https(secure: FastAPI) -> None:
    """Told to browsers with every answer, and only where readers do use HTTPS."""
    async with Client(transport=httpx.ASGITransport(secure), base_url="https://medina.example") as client:
        for path in ("/en/", "/static/app.js", "/nothing", "/health/live", "/api/v1/practices"):
            answer = await client.get(path)
            value = answer.headers["strict-transport-security"]
            assert value == "max-age=31536000; includeSubDomains"


def test_addresses_are_written_in_one_place() -> None:
    """Only `see_other` sends readers on, to own paths, and `at_better_address`, to our public address."""
    written = re.compile(r"RedirectResponse\(|HX-(?:Location|Redirect|Push-Url|Replace-Url)\"", re.I)
    files = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "app").rglob("*.py")
        if written.search(file.read_text(encoding="utf-8"))
    ]
    assert sorted(files) == ["app/web/htmx.py", "app/web/site.py"]
