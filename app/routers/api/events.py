"""`GET /api/v1/events` and `/api/v1/events/{slug}`: the hub's events for partners."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.core.errors import Invalid
from app.features.engagement.commands import read_event_filter
from app.features.engagement.queries import event_by_slug, list_events
from app.features.engagement.schemas import EventListOut, EventOut
from app.web.deps import Reads
from app.web.jsonout import PROBLEMS, json_out, next_page
from app.web.query_docs import codes, page, query
from app.web.reference import OnShelf

router = APIRouter(prefix="/api/v1", tags=["events"], responses=PROBLEMS)

QUERY = query(
    codes("year", "A year of the event", example="2023"),
    codes(
        "format",
        "workshop, roundtable, online-roundtable, peer-exchange, summit or voice-elevation",
        example="workshop",
    ),
    codes("country", "ISO 3166-1 codes of where it was held", example="MA"),
    page("events"),
)


@router.get(
    "/events", name="api.events", operation_id="listEvents", response_model=EventListOut, openapi_extra=QUERY
)
async def events(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """Events, newest first. Within a filter any code will do; all filters used must agree.

    `next` is the address of the next page. Dates are EDTF: `2023-03/..` has no end that is known.
    """
    reading = read_event_filter(
        request.query_params.multi_items(), shelf.gazetteer.real_countries(), ignored=("lang",)
    )
    if reading.errors:
        raise Invalid(reading.errors)
    found = await list_events(session, shelf, reading.filter)
    following = next_page(request, has_next=found.has_next, number=found.number)
    return json_out(request, EventListOut.of(found, following))


@router.get(
    "/events/{slug}",
    name="api.event",
    operation_id="getEvent",
    response_model=EventOut,
    openapi_extra=query(),
)
async def event(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    slug: Annotated[str, Path(examples=["ev-rabat-2023"])],
) -> Response:
    """An event with the cities heard there, what was said, and its sources. What nobody reported is null."""
    return json_out(request, EventOut.of_record(await event_by_slug(session, slug, shelf)))
