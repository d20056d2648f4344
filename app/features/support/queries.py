"""Reading published support, plans, national bodies and strategies, and reported needs."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.paging import Page
from app.core.text import sort_key
from app.features.publication.queries import (
    Published,
    list_published,
    page_of_published,
    published_cards,
)
from app.features.support.rules import (
    ACTION_PLAN,
    NATIONAL_BODY,
    NATIONAL_STRATEGY,
    REPORTED_NEED,
    SUPPORT,
)
from app.features.support.views import (
    ActionPlan,
    EventMention,
    NationalFramework,
    ReportedNeed,
    SupportLine,
    Where,
    action_plan,
    event_mention,
    national_body,
    national_strategy,
    reported_need,
    support_line,
)
from app.features.wording.views import Shelf

EVENT = "event"
SCOPES = ("region", "country", "city")


async def support_for(
    session: AsyncSession, shelf: Shelf, place_ids: Sequence[str] = (), *, illustrations: bool = False
) -> list[SupportLine]:
    """Support to and by the places (all of it without places): two statements."""
    found = await list_published(session, SUPPORT, place_ids=place_ids, illustrations=illustrations)
    mentions = await _mentions(session, found, shelf)
    lines = [support_line(one, mentions, shelf) for one in found]
    return sorted(lines, key=lambda line: (line.where.place is None, sort_key(_place_name(line.where))))


async def support_page(
    session: AsyncSession,
    shelf: Shelf,
    *,
    countries: Sequence[str] = (),
    place_ids: Sequence[str] = (),
    number: int = 1,
) -> Page[SupportLine]:
    """One page of support."""
    found = await page_of_published(
        session, SUPPORT, facets={"country": countries}, place_ids=place_ids, number=number
    )
    mentions = await _mentions(session, found.items, shelf)
    lines = [support_line(one, mentions, shelf) for one in found.items]
    return Page(lines, found.total, found.number, found.size)


async def action_plans(
    session: AsyncSession,
    shelf: Shelf,
    *,
    place_ids: Sequence[str] = (),
    country_codes: Sequence[str] = (),
    illustrations: bool = False,
) -> list[ActionPlan]:
    """Local action plans of the places and countries (all without any): one statement."""
    found = await list_published(
        session,
        ACTION_PLAN,
        facets={"country": country_codes},
        place_ids=place_ids,
        illustrations=illustrations,
    )
    return [action_plan(one, shelf) for one in found]


async def national_framework(
    session: AsyncSession, shelf: Shelf, country_codes: Sequence[str] = ()
) -> list[NationalFramework]:
    """National bodies and strategies by country (all reported ones without countries): two statements."""
    wanted = {"country": country_codes}
    bodies = [national_body(b, shelf) for b in await list_published(session, NATIONAL_BODY, facets=wanted)]
    strategies = [
        national_strategy(s, shelf) for s in await list_published(session, NATIONAL_STRATEGY, facets=wanted)
    ]
    codes = {body.country_code for body in bodies} | {strategy.country_code for strategy in strategies}
    names = {code: shelf.gazetteer.country_name(code, shelf.language) for code in codes}
    return [
        NationalFramework(
            code,
            names[code],
            tuple(body for body in bodies if body.country_code == code),
            tuple(strategy for strategy in strategies if strategy.country_code == code),
        )
        for code in sorted(names, key=lambda code: sort_key(names[code]))
    ]


async def reported_needs(
    session: AsyncSession,
    shelf: Shelf,
    *,
    place_ids: Sequence[str] = (),
    country_codes: Sequence[str] = (),
    illustrations: bool = False,
) -> list[ReportedNeed]:
    """Needs and concerns as reported, of the places and countries (all without any): two statements.

    The region first, then countries, then places; in each the Hub's priorities before other concepts.
    With `place_ids` only what sources say of those very places comes back.
    """
    found = await list_published(
        session,
        REPORTED_NEED,
        facets={"country": country_codes},
        place_ids=place_ids,
        illustrations=illustrations,
    )
    mentions = await _mentions(session, found, shelf)
    needs = (reported_need(one, mentions, shelf) for one in found)
    position = {code: number for number, code in enumerate(shelf.vocabulary.concepts)}

    def order(need: ReportedNeed) -> tuple[Any, ...]:
        where = need.where
        return (
            SCOPES.index(where.scope),
            sort_key(where.country or ""),
            sort_key(_place_name(where)),
            need.kind != "need",
            need.concept.scheme != "need",
            position[need.concept.code],
        )

    return sorted((need for need in needs if need is not None), key=order)


async def _mentions(
    session: AsyncSession, published: Iterable[Published], shelf: Shelf
) -> dict[str, EventMention]:
    """The published events that records name."""
    slugs = sorted({one.body["event"] for one in published if one.body["event"]})
    found = {one.slug: event_mention(one, shelf) for one in await published_cards(session, EVENT, slugs)}
    return {slug: mention for slug, mention in found.items() if mention is not None}


def _place_name(where: Where) -> str:
    return where.place.name if where.place else ""
