"""Logs say where a request went and how it ended, never what was in it; failures say nothing at all."""

import ast
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI, Request
from sqlalchemy import text

import app
from app.core.scope import SYSTEM
from app.web import errors
from app.web.guard import guard
from app.web.logs import KEYS, configure_logs
from tests.conftest import Client, client_of
from tests.factories.walk import addresses, load_values
from tests.pages.test_headers import FRAGMENT, PRIVATE, problems

MARK = "CANARY"
IN_BODY, IN_QUERY, IN_COOKIE, IN_TOKEN, IN_HEADER, IN_PATH = (
    f"{MARK}-{where}" for where in ("body", "query", "cookie", "token", "header", "path")
)
SAME = {"Sec-Fetch-Site": "same-origin"}
Failure = Callable[[Request], Coroutine[Any, Any, None]]
FORM = {"text": f"{IN_BODY}\r\n{IN_BODY} شباب", "title": IN_BODY, "persona": IN_BODY, "next": f"/{IN_BODY}"}


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """What `medina serve` would write, as text or as JSON."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers, root.level
    out = StringIO()
    configure_logs(as_json=request.param == "json", file=out)
    yield out
    structlog.configure(**before)
    root.handlers, root.level = handlers, level
    logging.captureWarnings(False)


@pytest.fixture
async def quiet(app: FastAPI) -> AsyncIterator[Client]:
    """A client that takes a failure as readers do: by its answer."""
    async with Client(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


async def _fail_with_words(request: Request) -> None:
    """As a mistake of ours would: with what was typed in the words of the error, and in its cause."""
    try:
        raise KeyError(f"{IN_BODY}\n{request.url} {request.headers}")
    except KeyError as error:
        raise RuntimeError(f"{IN_QUERY} {IN_TOKEN}") from error


async def _fail_in_the_database(request: Request) -> None:
    """As the database would: with the values of the statement."""
    async with request.app.state.database.reading(SYSTEM) as session:
        await session.execute(text("SELECT :typed FROM nothing_of_this_name"), {"typed": IN_BODY})


@pytest.mark.parametrize("failure", [None, _fail_with_words, _fail_in_the_database])
async def test_no_content_in_logs(
    app: FastAPI, quiet: Client, lines: StringIO, failure: Failure | None
) -> None:
    """Every route, with canaries in body, query, cookie, token, header and path; well and failing."""
    async with app.state.database.reading(SYSTEM) as session:
        values = {key: of[-1:] for key, of in (await load_values(session)).items()}
    if failure is not None:
        app.dependency_overrides[guard] = failure
    quiet.headers.update({"X-Canary": IN_HEADER, "User-Agent": IN_HEADER, "Referer": f"http://x/{IN_HEADER}"})
    statuses = set()
    for number, address in enumerate(addresses(app, values, ["en"])):
        credential = {"Authorization": f"Bearer {IN_TOKEN}"} if number % 2 else {}
        headers = {**credential, "Cookie": f"medina_persona={IN_COOKIE}", "Sec-Fetch-Site": "same-origin"}
        persona = {"Medina-Persona": ("visitor", "editor", "official:iq-mosul")[number % 3]}
        path = f"{address.path}?q={IN_QUERY}&{IN_QUERY}=x"
        body = {"json": FORM} if "/api/" in path else {"data": FORM}
        answer = await quiet.request(
            address.method,
            path,
            headers={**headers, **persona},
            **(body if address.method != "GET" else {}),  # type: ignore[arg-type]
        )
        statuses.add(answer.status_code)
    for path in (
        f"/en/{IN_PATH}",
        f"/api/v1/{IN_PATH}",
        f"/static/{IN_PATH}",
        f"/{IN_PATH}?token={IN_QUERY}",
    ):
        statuses.add((await quiet.get(path)).status_code)
    report = '{"csp-report": {"blocked-uri": "https://x.example/%s", "document-uri": "/%s", "sample": "%s"}}'
    await quiet.post(
        "/csp-reports",
        content=report % (IN_BODY, IN_PATH, IN_BODY),
        headers={"Content-Type": "application/csp-report"},
    )
    logging.getLogger("some.library").error("%s", IN_BODY, exc_info=ValueError(IN_BODY))
    logging.getLogger("asyncio").warning(f"Task exception {IN_BODY}")
    written = lines.getvalue()
    assert MARK not in written
    assert written.count("request") > 80
    assert statuses >= ({500} if failure else {200, 303, 404, 415, 422})
    if failure:
        assert "test_logs.py" in written, "but the place of the failure is there"
        kind = "RuntimeError < KeyError" if failure is _fail_with_words else "Error < "
        assert kind in written


async def test_every_failure_looks_the_same(app: FastAPI, quiet: Client, lines: StringIO) -> None:
    """A forced error on every route: 500, the id of the log, all headers, and nothing of the error."""
    async with app.state.database.reading(SYSTEM) as session:
        values = {key: of[-1:] for key, of in (await load_values(session)).items()}
    app.dependency_overrides[guard] = _fail_with_words
    found: list[str] = []
    asked = 0
    for address in addresses(app, values, ["ar"]):
        for headers in ({}, FRAGMENT):
            answer = await quiet.request(address.method, address.path, headers={**SAME, **headers})
            asked += 1
            request_id = answer.headers["x-request-id"]
            is_named = request_id in answer.text and request_id in lines.getvalue()
            if answer.status_code != 500 or not is_named:
                found.append(f"{address}: {answer.status_code} {request_id}")
            if MARK in answer.text or "Error" in answer.text or "Traceback" in answer.text:
                found.append(f"{address}: says too much")
            found.extend(problems(answer, is_private=bool(PRIVATE.match(address.path))))
    assert found == []
    assert asked > 150


async def test_a_page_of_errors_that_fails_itself(
    quiet: Client, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then there are a few plain words with the id, and all headers."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(MARK)

    monkeypatch.setattr(errors, "page", broken)
    answer = await quiet.get("/en/nothing-here")
    assert (answer.status_code, answer.text) == (500, f"Medina: 500 {answer.headers['x-request-id']}")
    assert list(problems(answer)) == []
    assert MARK not in lines.getvalue()


def test_lines_have_known_keys_only(lines: StringIO) -> None:
    """What somebody adds without thinking is not written; line ends cannot forge a line."""
    structlog.get_logger().info("request", q=MARK, body=MARK, route="home\r\n2026 [info] forged", id="1")
    written = lines.getvalue()
    assert MARK not in written
    assert written.count("\n") == 1
    assert {"q", "body"}.isdisjoint(KEYS)


async def test_failures_are_loud_in_tests(app: FastAPI) -> None:
    """The client of all other tests raises what broke."""
    app.dependency_overrides[guard] = _fail_with_words
    async with client_of(app) as client:
        with pytest.raises(RuntimeError):
            await client.get("/en/")


def test_every_key_that_is_said_may_be_said() -> None:
    """A key outside the list is dropped without a word, and with it the cause that somebody looks for."""
    said = {
        keyword.arg
        for path in Path(app.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
        for keyword in call.keywords
    }
    assert {"file", "reason", "where"} <= said <= KEYS
