"""What all walks of the matrix need: nothing is counted, each database has a process of its own."""

from collections.abc import Sequence
from typing import Any

import pytest

from app.web import throttle
from app.web.rates import Rates


@pytest.fixture(autouse=True)
def no_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rates and throttles have tests of their own."""

    async def never(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(Rates, "wait", lambda *_: 0)
    monkeypatch.setattr(throttle, "count_tries", never)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """The two databases run side by side, so that neither waits for the other."""
    for item in items:
        if "/matrix/" in str(item.path).replace("\\", "/"):
            for engine in ("sqlite", "postgresql"):
                if engine in item.keywords:
                    item.add_marker(pytest.mark.xdist_group(f"matrix-{engine}"))
