"""What the provider says of itself is kept for an hour, and asked for by one at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from app.features.accounts.gateway.asking import NotAnswering

Found = dict[str, Any]
LIVES = timedelta(hours=1)
RENEWED_EVERY = timedelta(minutes=1)
"""How often a newer one may be asked for while the old one lives: forged tokens cost one request a minute."""
FAILED_FOR = timedelta(seconds=15)
"""How long a failure is remembered, so that those who wait do not all try in turn."""
_NEVER = datetime(1, 1, 2, tzinfo=UTC)


class Kept:
    """An answer that is kept. `fetch` asks for it, and raises `NotAnswering`."""

    def __init__(self, fetch: Callable[[datetime], Awaitable[Found]]) -> None:
        self._fetch = fetch
        self._lock = asyncio.Lock()
        self._found: Found = {}
        self._found_at = self._tried_at = _NEVER
        self._failure = ""

    async def get(self, now: datetime) -> Found:
        """The answer, at most an hour old. Raises `NotAnswering`."""
        async with self._lock:
            if now - self._found_at >= LIVES:
                await self._renew(now)
            return self._found

    async def newer(self, now: datetime) -> Found:
        """The answer, at most a minute old. Raises `NotAnswering`."""
        async with self._lock:
            if now - self._tried_at >= RENEWED_EVERY:
                await self._renew(now)
            return self._found

    async def _renew(self, now: datetime) -> None:
        if self._failure and now - self._tried_at < FAILED_FOR:
            raise NotAnswering(self._failure)
        self._tried_at = now
        try:
            self._found = await self._fetch(now)
        except NotAnswering as error:
            self._failure = error.reason
            raise
        self._found_at, self._failure = now, ""
