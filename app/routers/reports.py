"""Where browsers send what the Content-Security-Policy stopped."""

import structlog
from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from app.web.headers import REPORTS_PATH
from app.web.reports import KINDS, MAX_REPORT, Routes, violations

router = APIRouter(include_in_schema=False)
ROUTERS = (router,)
log = structlog.get_logger()


@router.post(REPORTS_PATH, name="csp.report")
async def report(request: Request) -> Response:
    """Note directive, origin and route of each violation; nothing else of a report is kept."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() not in KINDS:
        raise HTTPException(415)
    body = await request.body()
    if len(body) > MAX_REPORT:
        raise HTTPException(413)
    try:
        found = violations(body, _routes(request))
    except ValueError as error:
        raise HTTPException(400) from error
    for one in found:
        log.warning("csp", directive=one.directive, blocked=one.blocked, route=one.route)
    return Response(status_code=204)


def _routes(request: Request) -> Routes:
    """The routes of the app by their paths, put together with the first report."""
    state = request.app.state
    if not hasattr(state, "routes_by_path"):
        state.routes_by_path = Routes(request.app)
    routes: Routes = state.routes_by_path
    return routes
