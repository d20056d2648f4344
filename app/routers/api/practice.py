"""`GET /api/v1/practices/{slug}`: one practice for partners."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.features.practices.queries import practice_by_slug
from app.features.practices.schemas import PracticeOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out
from app.web.query_docs import query
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1", tags=["practices"], responses=PROBLEMS)


@router.get(
    "/practices/{slug}",
    name="api.practice",
    operation_id="getPractice",
    response_model=PracticeOut,
    openapi_extra=query(),
)
async def get_practice(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    slug: Annotated[str, Path(examples=["iq-mosul-talafar-local-pve-plans"])],
) -> Response:
    """A published practice with its sources. What nobody reported is null."""
    return json_out(request, PracticeOut.of_record(await practice_by_slug(session, slug, shelf)))
