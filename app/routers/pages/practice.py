"""One practice."""

from fastapi import APIRouter, Request, Response

from app.features.practices.queries import practice_by_slug
from app.web.deps import Reads
from app.web.reference import OnShelf
from app.web.render import page

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)


@router.get("/practices/{slug}", name="practice")
async def practice(request: Request, session: Reads, shelf: OnShelf, slug: str) -> Response:
    """The whole record."""
    return page(request, "practices/show.html", await practice_by_slug(session, slug, shelf))


@router.get("/compare", name="compare")
async def compare(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """Side by side."""
    return page(request, "practices/show.html", None)
