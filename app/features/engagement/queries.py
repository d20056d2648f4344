"""Reading published events, representations and statements: of all places, or of one or more."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page
from app.features.engagement.commands import EventFilter
from app.features.engagement.rules import EVENT, REPRESENTATION, STATEMENT
from app.features.engagement.views import (
    EventCard,
    EventOption,
    EventRecord,
    RepresentationLine,
    StatementLine,
    event_card,
    event_record,
    representation_line,
    statement_line,
)
from app.features.publication.queries import (
    facet_counts,
    list_published,
    page_of_published,
    published_document,
)
from app.features.wording.views import Shelf


async def list_events(
    session: AsyncSession,
    shelf: Shelf,
    wanted: EventFilter | None = None,
    *,
    place_ids: Sequence[str] = (),
    illustrations: bool = False,
    size: int = PAGE_SIZE,
) -> Page[EventCard]:
    """One page of events, newest first; of events held in the places or at which they were represented."""
    wanted = wanted or EventFilter()
    found = await page_of_published(
        session,
        EVENT,
        facets=wanted.facets,
        place_ids=place_ids,
        illustrations=illustrations,
        whole=False,
        number=wanted.page,
        size=size,
    )
    return Page([event_card(one, shelf) for one in found.items], found.total, found.number, found.size)


async def event_options(
    session: AsyncSession, shelf: Shelf, wanted: EventFilter
) -> Mapping[str, tuple[EventOption, ...]]:
    """What the list can be filtered by. Counts of a filter ignore what is chosen in it.

    A code in use is offered even where nothing matches it any more, so that it can be taken back.
    """
    options = {}
    for facet, chosen in wanted.facets.items():
        counts = await facet_counts(session, EVENT, facet, facets=wanted.facets)
        for code in chosen:
            counts.setdefault(code, 0)
        found = [EventOption(code, option_word(facet, code, shelf), n) for code, n in counts.items()]
        if facet == "year":
            found.sort(key=lambda option: option.code, reverse=True)
        else:
            found.sort(key=lambda option: (-option.count, option.label))
        options[facet] = tuple(found)
    return options


def option_word(facet: str, code: str, shelf: Shelf) -> str:
    """The word for a code of a filter."""
    if facet == "format":
        return shelf.word("event-format", code)
    if facet == "country":
        return shelf.gazetteer.country_name(code, shelf.language)
    return code


async def event_by_slug(session: AsyncSession, slug: str, shelf: Shelf) -> EventRecord:
    """A published event with who was represented and what was said. Raises `NotFound` for any other."""
    found = await published_document(session, EVENT, slug)
    if found is None:
        raise NotFound()
    illustrations = found.is_illustration
    return event_record(
        found,
        await representations(session, shelf, event=slug, illustrations=illustrations),
        await statements(session, shelf, event=slug, illustrations=illustrations),
        shelf,
    )


async def representations(
    session: AsyncSession,
    shelf: Shelf,
    *,
    place_ids: Sequence[str] = (),
    event: str | None = None,
    illustrations: bool = False,
) -> tuple[RepresentationLine, ...]:
    """Representations, newest first: of the places, or at one event, or all."""
    found = await list_published(
        session,
        REPRESENTATION,
        facets={"event": [event] if event else []},
        place_ids=place_ids,
        illustrations=illustrations,
    )
    return tuple(representation_line(one, shelf) for one in found)


async def statements(
    session: AsyncSession,
    shelf: Shelf,
    *,
    place_ids: Sequence[str] = (),
    event: str | None = None,
    illustrations: bool = False,
) -> tuple[StatementLine, ...]:
    """Statements, newest first: of office holders of the places, or at one event, or all."""
    found = await list_published(
        session,
        STATEMENT,
        facets={"event": [event] if event else []},
        place_ids=place_ids,
        illustrations=illustrations,
    )
    return tuple(statement_line(one, shelf) for one in found)
