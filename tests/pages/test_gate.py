"""What no request may do, whatever it asks for: refused for page, htmx and program alike."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from app.core.scope import SYSTEM
from app.web.limits import MAX_BODY, MAX_HEADERS
from app.web.security import SESSION_COOKIE
from tests.conftest import Library, client_of
from tests.factories.people import DOOR, cookie_of
from tests.factories.tables import dump
from tests.factories.walk import addresses, load_values

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#notice"}


SAME = {"Sec-Fetch-Site": "same-origin"}
READING_WRITES = {"audit_entry", "audit_head"}
FORM = "application/x-www-form-urlencoded"

HOSTILE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:81"},
    {"Origin": "http://localhost.evil.example"},
    {},
]
"""As other sites, or what pretends to be a browser, would send it with the reader's cookie."""


async def test_no_change_from_elsewhere(app: FastAPI) -> None:
    """Every route that writes x every hostile origin, with links in between: refused, nothing changed."""
    async with app.state.database.reading(SYSTEM) as session:
        values = {key: of[:1] for key, of in (await load_values(session)).items()}
    asked = 0
    async with client_of(app) as client:
        cookie = cookie_of(await client.post(DOOR, data={"persona": "editor"}))
        assert cookie
        client.headers["Cookie"] = f"{SESSION_COOKIE}={cookie}"
        before = await dump(app.state.database)
        for address in addresses(app, values, ["en"]):
            if address.method == "GET" or address.route == "csp.report":
                continue
            for headers in HOSTILE:
                answer = await client.request(address.method, address.path, headers=headers, data={"a": "b"})
                assert answer.status_code == 403, (address, headers)
                asked += 1
            allowed = await client.get(address.path, headers={"Sec-Fetch-Site": "cross-site"})
            assert allowed.status_code != 403
    assert asked > 250
    after = await dump(app.state.database)
    assert {name for name in before if after[name] != before[name]} <= READING_WRITES


def _three_ways(app: FastAPI, path: str, **request: Any) -> Iterator[Any]:
    """The same request from a page in French, from htmx in Arabic and from a program in English."""
    for headers in (
        {"Accept-Language": "fr"},
        {"Accept-Language": "ar", **FRAGMENT},
        {"Accept": "application/json"},
    ):
        yield client_of(app), path, {**request, "headers": {**headers, **request.get("headers", {})}}


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("GET", {"Host": "evil.example"}, 400),
        ("GET", {"Authorization": "Bearer x", "Cookie": f"{SESSION_COOKIE}=x"}, 400),
        ("GET", {"X-A": "a" * MAX_HEADERS}, 431),
        ("POST", {"Content-Length": str(MAX_BODY + 1), **SAME}, 413),
    ],
)
def test_refusals_speak_the_readers_language(
    library: Library, method: str, headers: dict[str, str], status: int
) -> None:
    """As a page, as a notice for htmx, and as problem+json."""

    async def ask() -> list[httpx.Response]:
        found = []
        for client, path, request in _three_ways(library.app, "/persona", headers=headers):
            async with client:
                found.append(await client.request(method, path, **request))
        return found

    page, notice, problem = library.run(ask())
    assert [answer.status_code for answer in (page, notice, problem)] == [status] * 3
    assert '<html lang="fr"' in page.text
    assert "<html" not in notice.text
    assert notice.headers["content-language"] == "ar"
    assert "notice" in notice.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == status
    assert problem.json()["detail"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "a b"]
)
def test_unknown_hosts_are_refused(library: Library, host: str) -> None:
    """By name; X-Forwarded-Host does not help, nor does it harm."""
    assert library.get("/en/", Host=host).status_code == 400
    assert library.get("/en/", Host=host, **{"X-Forwarded-Host": "localhost"}).status_code == 400
    assert library.get("/en/", Host="127.0.0.1:8000", **{"X-Forwarded-Host": host}).status_code == 200


def test_links_come_from_the_settings(library: Library) -> None:
    """The host of a request is in no absolute link."""
    page = library.get("/en/practices", Host="127.0.0.1:9", **{"X-Forwarded-Host": "evil.example"}).text
    assert 'rel="canonical" href="http://localhost/en/practices"' in page
    assert "127.0.0.1" not in page
    assert "evil.example" not in page


@pytest.mark.parametrize("path", ["/en/practices", "/api/v1/practices", "/nothing", "/en/manage/"])
def test_two_credentials_are_refused(library: Library, path: str) -> None:
    """A token and a session; a token beside other cookies is fine."""
    token = {"Authorization": "Bearer x"}
    assert library.get(path, **token, Cookie=f"a=b; {SESSION_COOKIE}=x").status_code == 400
    assert library.get(path, **token, Cookie="medina_language=en").status_code != 400
    assert library.get(path, Cookie=f"{SESSION_COOKIE}=x").status_code != 400


@pytest.mark.parametrize(
    "query",
    ["token=x", "access_token=", "API_KEY=x", "lang=en&session", "%74oken=x", "a=b&+token=x", "token"],
)
def test_no_token_in_an_address(library: Library, query: str) -> None:
    """Logs and histories keep addresses."""
    for path in ("/api/v1/practices", "/api/v1/nothing"):
        answer = library.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert "Authorization" in answer.json()["detail"]
    assert library.get(f"/en/practices?{query}").status_code == 200


@pytest.mark.parametrize(
    "kind", [None, "text/plain", FORM, "multipart/form-data; boundary=x", "application/jsonx"]
)
async def test_the_interface_takes_json_only(app: FastAPI, kind: str | None) -> None:
    """Every route of it that writes, also after a good request to the same route."""
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    asked = 0
    async with client_of(app, "official:iq-mosul") as client:
        for address in addresses(app, values, ["en"]):
            if address.method == "GET" or not address.path.startswith("/api/"):
                continue
            good = await client.request(
                address.method, address.path, json={"place": "iq-mosul", "submit": False}
            )
            assert good.status_code == 201
            headers = {} if kind is None else {"Content-Type": kind}
            bad = await client.request(address.method, address.path, content=b"{}", headers=headers)
            assert bad.status_code == 415
            asked += 1
    assert asked >= 1


def test_two_sessions_are_refused(library: Library) -> None:
    """Counters would take one of them and rights come from the other."""
    for cookie in (f"{SESSION_COOKIE}=a; {SESSION_COOKIE}=b", f"x=1;{SESSION_COOKIE}=a ;{SESSION_COOKIE}=b"):
        answer = library.get("/en/practices", Cookie=cookie)
        assert answer.status_code == 400
        assert "two sessions" in answer.text


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/%2Fevil.example/x", "/%09/evil.example/x", "/\\evil.example"]
)
def test_pages_of_errors_lead_nowhere_else(library: Library, path: str) -> None:
    """Their links to other languages repeat the path, where it is one of this site."""
    answer = library.get(f"http://localhost{path}")
    assert answer.status_code == 404
    hosts = {urlsplit(link).netloc for link in re.findall(r'href="([^"]+)"', answer.text)}
    assert hosts <= {"", "localhost"}
