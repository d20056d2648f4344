"""`GET /api/v1/figures`: figures as reported, for partners."""

from fastapi import APIRouter, Request, Response

from app.features.insights.queries import key_figures
from app.features.insights.schemas import FigureListOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out
from app.web.params import chosen_filters
from app.web.query_docs import query
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1", tags=["figures"], responses=PROBLEMS)


@router.get(
    "/figures",
    name="api.figures",
    operation_id="listFigures",
    response_model=FigureListOut,
    openapi_extra=query(),
)
async def list_figures(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """Figures of the hub, each with what qualifies it, its date and its sources. Never counted by Medina."""
    chosen_filters(request, {}, paged=False)
    return json_out(request, FigureListOut.of(await key_figures(session, shelf)))
