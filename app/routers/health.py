"""Is the process alive, is it ready to serve."""

from fastapi import APIRouter
from sqlalchemy import text

from app.core.errors import Unavailable
from app.web.deps import Index, Reads

router = APIRouter(prefix="/health", include_in_schema=False)
ROUTERS = (router,)


@router.get("/live", name="live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/ready", name="ready")
async def ready(session: Reads, index: Index) -> dict[str, str]:
    """The database answers and the index can be searched."""
    await session.execute(text("SELECT 1"))
    if not index.is_ready:
        raise Unavailable()
    return {"status": "ready"}
