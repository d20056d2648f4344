"""A world with everybody and everything in it, to be broken into."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.web import throttle
from app.web.rates import Rates
from tests.databases import Templates
from tests.matrix.world import World, world


@pytest.fixture
async def made(
    engine: str, filled_url: str, templates: Templates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """One of every state and place; nothing is counted."""

    async def never(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(Rates, "wait", lambda *_: 0)
    monkeypatch.setattr(throttle, "count_tries", never)
    async with world(engine, filled_url, templates, tmp_path, is_small=True) as found:
        yield found
