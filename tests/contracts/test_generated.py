"""Generated questions to the interface, as five principals: no failure, answers as documented."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.web.openapi import document
from app.web.rates import Rates
from tests.conftest import running, settings_for
from tests.databases import Templates
from tests.factories.canaries import Canaries
from tests.factories.principals import client_for, plant_people

ASKING = ("visitor", "lead A", "editor", "token read:library", "token write:consultations")
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
EXAMPLES = settings(
    max_examples=10,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Per operation, principal and mode; the same ones in every run."""
SEED = 20260301


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop of its own: generated examples are not asynchronous, the app is."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture
def peopled(
    engine: str, templates: Templates, tmp_path: Path, loop: asyncio.AbstractEventLoop
) -> Iterator[FastAPI]:
    """The app outside demo mode, with everybody's accounts."""
    stack = AsyncExitStack()

    async def open_app() -> FastAPI:
        url = await templates.copy(engine, "filled")
        stack.push_async_callback(templates.drop, engine, url)
        app = await stack.enter_async_context(running(settings_for(url, tmp_path / "index", demo=False)))
        async with app.state.database.writing() as session:
            await plant_people(session, Canaries(), datetime.now(UTC))
        return app

    yield loop.run_until_complete(open_app())
    loop.run_until_complete(stack.aclose())


class Asker:
    """Sends generated questions as one principal and holds the answers against the document."""

    def __init__(self, app: FastAPI, key: str, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client_for(app, key)
        self._loop = loop
        self.answered: list[int] = []

    def __call__(self, case: Any) -> None:
        """One question. Raises when the answer is not as documented."""
        answer = self._loop.run_until_complete(self._client.request(**_told(case)))
        self.answered.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)


def _told(case: Any) -> dict[str, Any]:
    """A generated question in httpx's words, without credentials: these are the principal's."""
    told = {name: value for name, value in case.as_transport_kwargs().items() if value is not None}
    told.pop("cookies", None)
    headers = dict(told.pop("headers", {}))
    refused = ("authorization", "cookie", "host", "content-length")
    told["headers"] = [(name, value) for name, value in headers.items() if name.lower() not in refused]
    if isinstance(told.get("data"), bytes | str):
        told["content"] = told.pop("data")
    return {**told, "url": httpx.URL("http://localhost").join(str(told["url"]))}


def test_generated_questions(
    peopled: FastAPI, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every operation, asked by the document and against it: no 5xx; status, type, body as documented."""
    monkeypatch.setattr(Rates, "wait", lambda *_: 0)
    told: Any = schemathesis.openapi.from_dict(document(peopled))
    operations = [found.ok() for found in told.get_all_operations()]
    assert len(operations) > 10
    answered: set[int] = set()
    for key in ASKING:
        asker = Asker(peopled, key, loop)
        for operation in operations:
            for mode in MODES:
                seed(SEED)(EXAMPLES(given(case=operation.as_strategy(mode))(asker.__call__)))()
        assert len(asker.answered) > 100, key
        answered |= set(asker.answered)
    assert {200, 404, 422} <= answered
