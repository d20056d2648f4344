"""Consultations: a city's own, the hub's inbox, what is published; what is asked; starting one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.messages import noop
from app.core.paging import Page
from app.core.text import sort_key, western_digits
from app.features.consultations.commands.requests import ConsultationFilter
from app.features.consultations.queries.lists import count_by_state, list_consultations
from app.features.consultations.queries.published import list_public_consultations
from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.consultations.rules.questionnaire.questions import questions_in
from app.features.consultations.service.intake import start_consultation
from app.features.consultations.views.listed import ConsultationRow
from app.features.consultations.views.public import PublicLine, public_line
from app.features.consultations.views.reader import Reader
from app.routers.pages.consultations_parts import reader_of
from app.web.auditing import note_made
from app.web.deps import Lang, Reads, Who, Writes
from app.web.htmx import see_other
from app.web.labels import label
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/consultations", include_in_schema=False)

ATTRIBUTIONS = next(
    question.codes for question in questions_in(SECTIONS["privacy"].parts) if question.of == "attribution"
)
EVERYBODY = "everybody"
INBOX_STATES = ("submitted", "in review", "published", "archived")
UNKNOWN_STATE = noop("“%(code)s” is no state of a consultation")
UNKNOWN_COUNTRY = noop("“%(code)s” is no country here")


@dataclass(frozen=True, slots=True)
class Line:
    """A consultation in a list."""

    row: ConsultationRow
    place: str
    country: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A state or country to filter by."""

    code: str
    label: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class OwnView:
    """An official's page: the consultations of their city, and what others have published."""

    city: str
    is_illustration: bool
    lines: Page[Line]
    published: tuple[PublicLine, ...]
    has_more_published: bool
    illustrations: tuple[PublicLine, ...]
    sections: int
    is_discarded: bool


@dataclass(frozen=True, slots=True)
class InboxView:
    """The hub's inbox. `query` is the filter as it stands in the address."""

    lines: Page[Line]
    states: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    state: str
    country: str
    illustrations: bool
    query: Mapping[str, str]
    notices: tuple[str, ...]
    sections: int


@dataclass(frozen=True, slots=True)
class PublishedListView:
    """What everybody may read."""

    published: Page[PublicLine]
    illustrations: tuple[PublicLine, ...]
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A section of the questionnaire, for those who have not started."""

    title: str
    intro: str


@dataclass(frozen=True, slots=True)
class NewView:
    """What is asked and who sees it. `city` is named where the reader can start."""

    city: str | None
    asked: tuple[Asked, ...]
    levels: tuple[Choice, ...]
    hints: Mapping[str, str]


@router.get("", name="consultations")
async def consultations(
    request: Request,
    session: Reads,
    who: Who,
    state: str = "",
    country: str = "",
    illustrations: str = "",
    of: str = "",
    said: str = "",
    number: Annotated[str, Query(alias="page")] = "1",
) -> Response:
    """The list that fits the reader; what cities have published, to everybody with `of=everybody`."""
    reader = await reader_of(request, session)
    at = _page_number(number)
    if of == EVERYBODY:
        return await _public(request, session, reader, at, {"of": EVERYBODY})
    if who.reads_for_hub:
        return await _inbox(request, session, who, reader, state, country, illustrations == "yes", at)
    if who.place_id in reader.gazetteer.places:
        return await _own(request, session, who, reader, at, is_discarded=said == "discarded")
    return await _public(request, session, reader, at)


def _page_number(typed: str) -> int:
    plain = western_digits(typed)
    return max(1, int(plain)) if plain.isascii() and plain.isdigit() and len(plain) < 6 else 1


async def _own(
    request: Request, session: Reads, who: Actor, reader: Reader, number: int, *, is_discarded: bool
) -> Response:
    found = await list_consultations(session, who, ConsultationFilter(page=number))
    place = reader.gazetteer.places[who.place_id or ""]
    published = await list_public_consultations(session, ConsultationFilter())
    view = OwnView(
        city=place.name(reader.language),
        is_illustration=place.is_illustration,
        lines=_lines(found, reader),
        published=tuple(public_line(one, reader) for one in published.items),
        has_more_published=published.has_next,
        illustrations=await _illustrations(session, reader),
        sections=len(SECTIONS),
        is_discarded=is_discarded,
    )
    return page(request, "consultations/own.html", view)


async def _inbox(
    request: Request,
    session: Reads,
    who: Actor,
    reader: Reader,
    state: str,
    country: str,
    illustrations: bool,
    number: int,
) -> Response:
    words = words_of(request)
    notices: list[str] = []
    counts = await count_by_state(session, who, illustrations=illustrations)
    states = {str(one): one for one in counts}
    if state and state not in states:
        notices.append(words.gettext(UNKNOWN_STATE, code=state[:80]))
        state = ""
    if country and country not in reader.gazetteer.countries:
        notices.append(words.gettext(UNKNOWN_COUNTRY, code=country[:80]))
        country = ""
    wanted = ConsultationFilter(
        state=states.get(state), country=country or None, illustrations=illustrations, page=number
    )
    found = await list_consultations(session, who, wanted)
    countries = sorted(
        (Choice(code, names[reader.language]) for code, names in reader.gazetteer.countries.items()),
        key=lambda one: sort_key(one.label),
    )
    view = InboxView(
        lines=_lines(found, reader),
        states=tuple(
            Choice(code, label(reader.language, "consultation-state", code), counts[states[code]])
            for code in INBOX_STATES
        ),
        countries=tuple(countries),
        state=state,
        country=country,
        illustrations=illustrations,
        query={"state": state, "country": country, "illustrations": "yes" if illustrations else ""},
        notices=tuple(notices),
        sections=len(SECTIONS),
    )
    return page(request, "consultations/inbox.html", view)


async def _public(
    request: Request, session: Reads, reader: Reader, number: int, query: Mapping[str, str] | None = None
) -> Response:
    found = await list_public_consultations(session, ConsultationFilter(page=number))
    lines = Page([public_line(one, reader) for one in found.items], found.total, found.number, found.size)
    view = PublishedListView(lines, await _illustrations(session, reader), query or {})
    return page(request, "consultations/published.html", view)


async def _illustrations(session: Reads, reader: Reader) -> tuple[PublicLine, ...]:
    found = await list_public_consultations(session, ConsultationFilter(illustrations=True))
    return tuple(public_line(one, reader) for one in found.items)


def _lines(found: Page[ConsultationRow], reader: Reader) -> Page[Line]:
    lines = [Line(row, reader.place(row.place_id), reader.country_of(row.place_id)) for row in found.items]
    return Page(lines, found.total, found.number, found.size)


@router.get("/new", name="consultation.new")
async def new(request: Request, session: Reads, who: Who, lang: Lang) -> Response:
    """What is asked, who sees what, how long it takes; open to everybody."""
    words = words_of(request)
    reader = await reader_of(request, session)
    is_official = who.place_id in reader.gazetteer.places
    levels = tuple(Choice(code, label(lang, "attribution", code)) for code in ATTRIBUTIONS)
    view = NewView(
        city=reader.place(who.place_id or "") if is_official else None,
        asked=tuple(
            Asked(words.gettext(section.title), words.gettext(section.intro)) for section in SECTIONS.values()
        ),
        levels=levels,
        hints={level.code: label(lang, "attribution-hint", level.code) for level in levels},
    )
    return page(request, "consultations/new.html", view)


@router.post("/new", name="consultation.start")
async def start(request: Request, session: Writes, who: Who, lang: Lang) -> Response:
    """An empty draft of the official's city."""
    if who.place_id is None:
        raise NotFound()
    draft = await start_consultation(session, who, who.place_id, lang, now=datetime.now(UTC))
    note_made(request, draft.id)
    return see_other(request, url_of(request, "consultation", id_=draft.id))
