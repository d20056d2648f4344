"""Lists of what the hub edits: search, states, pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response

from app.core.languages import LocalText
from app.core.paging import Page
from app.core.text import parse_integer
from app.routers.pages.manage.form_page import Link
from app.web.labels import label
from app.web.render import page, url_of, words_of

STATES = ("draft", "submitted", "in review", "published", "archived")
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Tab:
    """A state to list, with the number of records in it."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list, in finished words; `notes` are badges."""

    title: LocalText | str
    href: str
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of what the hub edits. `query` is kept by the links to other pages."""

    title: str
    lede: str
    route: str
    new: Link | None
    q: str
    has_search: bool
    state: str
    tabs: tuple[Tab, ...]
    lines: Page[Line]
    count: str
    query: Mapping[str, Any]
    saved: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def page_number(text: str) -> int:
    """The number of a page as it stands in an address, in any digits; 1 for anything else."""
    try:
        return min(max(1, parse_integer(text)), MOST_PAGES)
    except ValueError:
        return 1


def known_state(text: str) -> str:
    """A state of publication; none for anything else."""
    return text if text in STATES else ""


def tabs(
    request: Request, route: str, counts: Mapping[str, int], state: str, q: str, **params: str
) -> tuple[Tab, ...]:
    """All states that records are in, and all records together."""
    words = words_of(request)
    language = words.language
    everything = words.gettext("All (%(number)s)", number=words.number(sum(counts.values())))
    found = [Tab(everything, url_of(request, route, query={"q": q}, **params), not state)]
    for one in STATES:
        if counts.get(one) or one == state:
            text = words.gettext(
                "%(state)s (%(number)s)",
                state=label(language, "publication", one),
                number=words.number(counts.get(one, 0)),
            )
            found.append(
                Tab(text, url_of(request, route, query={"state": one, "q": q}, **params), one == state)
            )
    return tuple(found)


def turned(lines: Sequence[Line], found: Page[Any]) -> Page[Line]:
    """The lines of a page of something."""
    return Page(lines, found.total, found.number, found.size)


def show_list(request: Request, view: ListView) -> Response:
    """The page of a list."""
    return page(request, "manage/list.html", view)
