"""`GET /api/v1/figures`: figures as reported, for partners."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.features.insights.queries import key_figures
from app.features.insights.schemas import FigureListOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out
from app.web.params import chosen_filters
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1", tags=["figures"], responses=PROBLEMS)


@router.get("/figures", name="api.figures", operation_id="listFigures", response_model=FigureListOut)
async def list_figures(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    lang: Annotated[str | None, Query(description="Language of the answer: ar, fr or en")] = None,
) -> Response:
    """Figures of the hub, each with what qualifies it, its date and its sources. Never counted by Medina."""
    chosen_filters(request, {}, paged=False)
    return json_out(request, FigureListOut.of(await key_figures(session, shelf)))
