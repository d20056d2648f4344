"""`GET /api/v1/cities`: cities for partners, and what is published about each."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.core.errors import Invalid
from app.features.cities.commands.reading import read_city_filter
from app.features.cities.queries.cards import city_cards
from app.features.cities.queries.portraits import city_portrait
from app.features.cities.schemas import CityListOut, CityOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.query_docs import codes, page, query, text
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1/cities", tags=["cities"], responses=PROBLEMS)


QUERY = query(
    text("q", "Any name or spelling in any script", example="الموصل"),
    codes("country", "ISO 3166-1 codes", example="IQ"),
    codes("kind", "city, district, governorate_or_region or sub_city_area", example="city"),
    codes("membership", "member, former-member, engaged or not-reported", example="member"),
    page("cities"),
)


@router.get("", name="api.cities", operation_id="listCities", response_model=CityListOut, openapi_extra=QUERY)
async def list_cities(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """Real cities and districts by name. Within a filter any code will do; all filters used must agree."""
    reading = read_city_filter(request.query_params.multi_items(), shelf.gazetteer, ignored=("lang",))
    if reading.errors:
        raise Invalid(reading.errors)
    found = await city_cards(session, reading.filter, shelf)
    following = next_page(request, has_next=found.page.has_next, number=found.page.number)
    return json_out(request, CityListOut.of(found, following))


@router.get("/{slug}", name="api.city", operation_id="getCity", response_model=CityOut, openapi_extra=query())
async def get_city(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    slug: Annotated[str, Path(examples=["iq-mosul"])],
) -> Response:
    """A city with its names, its part in the network, and everything published about it."""
    return json_out(request, CityOut.of(await city_portrait(session, slug, shelf)))
