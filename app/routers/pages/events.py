"""Events: the list with its filters, and the page of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from app.core.paging import Page
from app.features.engagement.commands import EventFilter, read_event_filter
from app.features.engagement.queries import event_by_slug, event_options, list_events, option_word
from app.features.engagement.views import EventCard, EventOption, EventRecord
from app.web.deps import Reads
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/events", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class EventsView:
    """The list of events."""

    events: Page[EventCard]
    filter: EventFilter
    options: Mapping[str, tuple[EventOption, ...]]
    notices: tuple[str, ...]
    chips: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """The page of one event."""

    record: EventRecord


@router.get("", name="events")
async def events(request: Request, session: Reads, shelf: OnShelf) -> Response:
    """The list for the filters in the address; what is not understood is left out with a notice."""
    reading = read_event_filter(request.query_params.multi_items(), shelf.gazetteer.real_countries())
    wanted, words = reading.filter, words_of(request)
    view = EventsView(
        events=await list_events(session, shelf, wanted),
        filter=wanted,
        options=await event_options(session, shelf, wanted),
        notices=tuple(words.gettext(error.message, **error.params) for error in reading.errors),
        chips=tuple(
            {
                "label": option_word(facet, code, shelf),
                "href": url_of(request, "events", query=wanted.without(facet, code)),
            }
            for facet, codes in wanted.facets.items()
            for code in codes
        ),
    )
    return page(request, "events/list.html", view, blocks={"results": "results"})


@router.get("/{slug}", name="event")
async def event(request: Request, session: Reads, shelf: OnShelf, slug: str) -> Response:
    """An event with who was represented there, and its sources."""
    return page(request, "events/record.html", EventView(await event_by_slug(session, slug, shelf)))
