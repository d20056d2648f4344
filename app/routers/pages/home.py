"""The start page."""

from fastapi import APIRouter, Request, Response

from app.web.deps import language_of
from app.web.htmx import see_other

router = APIRouter(include_in_schema=False)


@router.get("/", name="root")
async def root(request: Request) -> Response:
    """To the reader's language."""
    return see_other(request, f"/{language_of(request)}/practices")


@router.get("/{lang:lang}/", name="home")
async def home(request: Request) -> Response:
    """The start page."""
    return see_other(request, f"/{language_of(request)}/practices")


@router.post("/persona", name="persona")
async def persona(request: Request) -> Response:
    """Choose a persona."""
    return see_other(request, "/")
