"""Is the process alive, is it ready to serve."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import Unavailable
from app.web.deps import Reads

router = APIRouter(prefix="/health", include_in_schema=False)
ROUTERS = (router,)


@router.get("/live", name="live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/ready", name="ready")
async def ready(session: Reads) -> dict[str, str]:
    """The database answers; the index was brought up to date before the process took requests."""
    try:
        await session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise Unavailable() from error
    return {"status": "ready"}
