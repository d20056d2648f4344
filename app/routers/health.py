"""Is the process alive, is it ready to serve."""

import asyncio
import time

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import Database
from app.core.errors import Unavailable
from app.web.deps import database_of

router = APIRouter(prefix="/health", include_in_schema=False)
ROUTERS = (router,)

KEPT_SECONDS = 1.0
"""How long an answer of the database holds: whoever asks without end asks it once a second."""


class Readiness:
    """Whether the database answers, asked at most once in `KEPT_SECONDS`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = asyncio.Lock()
        self._until = 0.0
        self._is_ready = False

    async def is_ready(self) -> bool:
        """Ask the database, or remember what it said."""
        async with self._lock:
            if time.monotonic() >= self._until:
                self._is_ready = await self._ask()
                self._until = time.monotonic() + KEPT_SECONDS
        return self._is_ready

    async def _ask(self) -> bool:
        try:
            async with self._database.reading() as session:
                await session.execute(select(1))
        except (SQLAlchemyError, OSError):
            return False
        return True


@router.get("/live", name="live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/ready", name="ready")
async def ready(request: Request) -> dict[str, str]:
    """The database answers; the index was brought up to date before the process took requests."""
    state = request.app.state
    if not hasattr(state, "readiness"):
        state.readiness = Readiness(database_of(request))
    if not await state.readiness.is_ready():
        raise Unavailable()
    return {"status": "ready"}
