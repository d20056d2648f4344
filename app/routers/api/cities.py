"""`GET /api/v1/cities`: cities for partners, and what is published about each."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.core.errors import Invalid
from app.features.cities.commands.reading import read_city_filter
from app.features.cities.queries.cards import city_cards
from app.features.cities.queries.portraits import city_portrait
from app.features.cities.schemas import CityListOut, CityOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1/cities", tags=["cities"], responses=PROBLEMS)


@router.get("", name="api.cities", operation_id="listCities", response_model=CityListOut)
async def list_cities(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    q: Annotated[str, Query(description="Any name or spelling in any script", examples=["الموصل"])] = "",
    country: Annotated[list[str] | None, Query(description="ISO 3166-1 codes", examples=[["IQ"]])] = None,
    kind: Annotated[
        list[str] | None,
        Query(description="city, district, governorate_or_region or sub_city_area", examples=[["city"]]),
    ] = None,
    membership: Annotated[
        list[str] | None,
        Query(description="member, former-member, engaged or not-reported", examples=[["member"]]),
    ] = None,
    page: Annotated[str, Query(description="From 1; twenty cities each")] = "1",
    lang: Annotated[str | None, Query(description="Language of the answer: ar, fr or en")] = None,
) -> Response:
    """Real cities and districts by name. Within a filter any code will do; all filters used must agree."""
    reading = read_city_filter(request.query_params.multi_items(), shelf.gazetteer, ignored=("lang",))
    if reading.errors:
        raise Invalid(reading.errors)
    found = await city_cards(session, reading.filter, shelf)
    following = next_page(request, has_next=found.page.has_next, number=found.page.number)
    return json_out(request, CityListOut.of(found, following))


@router.get("/{slug}", name="api.city", operation_id="getCity", response_model=CityOut)
async def get_city(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    slug: Annotated[str, Path(examples=["iq-mosul"])],
    lang: Annotated[str | None, Query(description="Language of the answer: ar, fr or en")] = None,
) -> Response:
    """A city with its names, its part in the network, and everything published about it."""
    return json_out(request, CityOut.of(await city_portrait(session, slug, shelf)))
