"""`GET /api/v1/support`: what cities got and gave, for partners."""

from fastapi import APIRouter, Request, Response

from app.features.support.queries import support_page
from app.features.support.schemas import SupportListOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.params import chosen_filters
from app.web.query_docs import codes, page, query
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1", tags=["support"], responses=PROBLEMS)


QUERY = query(
    codes("city", "Place slugs", example="ma-fes"),
    codes("country", "ISO 3166-1 codes", example="MA"),
    page("instances of support"),
)


@router.get(
    "/support",
    name="api.support",
    operation_id="listSupport",
    response_model=SupportListOut,
    openapi_extra=QUERY,
)
async def list_support(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """Support as sources report it. Within a filter any code will do; both filters must agree."""
    gazetteer = shelf.gazetteer
    cities = {place.id for place in gazetteer.cities(shelf.language)}
    chosen = chosen_filters(request, {"city": cities, "country": gazetteer.real_countries()})
    found = await support_page(
        session,
        shelf,
        countries=chosen.codes["country"],
        place_ids=chosen.codes["city"],
        number=chosen.page,
    )
    following = next_page(request, has_next=found.has_next, number=found.number)
    return json_out(request, SupportListOut.of(found, following))
