"""`GET /api/v1/support`: what cities got and gave, for partners."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.features.support.queries import support_page
from app.features.support.schemas import SupportListOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.params import chosen_filters
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1", tags=["support"], responses=PROBLEMS)


@router.get("/support", name="api.support", operation_id="listSupport", response_model=SupportListOut)
async def list_support(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    city: Annotated[list[str] | None, Query(description="Place slugs", examples=[["ma-fes"]])] = None,
    country: Annotated[list[str] | None, Query(description="ISO 3166-1 codes", examples=[["MA"]])] = None,
    page: Annotated[str, Query(description="From 1; twenty each")] = "1",
    lang: Annotated[str | None, Query(description="Language of the answer: ar, fr or en")] = None,
) -> Response:
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
