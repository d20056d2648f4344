"""Documents that facts are read in: events, figures, memberships and others name them by key."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from app.core.messages import noop
from app.core.paging import Page
from app.features.places.commands import SaveSource
from app.features.places.queries import all_sources, managed_source
from app.features.places.service import create_source, save_source
from app.features.places.views import ManagedSource
from app.routers.pages.manage.fields import Field, Kind, Section
from app.routers.pages.manage.form_page import (
    SAVED,
    Action,
    FormPage,
    Link,
    command_of,
    empty_sheet,
    handled,
    show,
    stored_sheet,
)
from app.routers.pages.manage.listing import Line, ListView, show_list
from app.routers.pages.manage.sheet import Sheet
from app.web.deps import Lang, Reads, Who, Writes
from app.web.reference import OnShelf
from app.web.render import url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage/sources", include_in_schema=False)

SECTIONS = (
    Section(
        noop("Document"),
        (
            Field("title", noop("Title of the document"), needed=True, size="l"),
            Field("url", noop("Address on the web"), Kind.ADDRESS, size="l"),
        ),
    ),
)


@router.get("", name="manage.sources")
async def sources(request: Request, session: Reads, q: str = "") -> Response:
    """All sources by key."""
    words = words_of(request)
    q = q.strip()[:100]
    found = [one for one in await all_sources(session) if q.lower() in f"{one.key} {one.title}".lower()]
    lines = [Line(one.title, url_of(request, "manage.source", key=one.key), (one.key,)) for one in found]
    view = ListView(
        title=words.gettext("Sources"),
        lede=words.gettext("Documents that facts are read in. Records name them by key."),
        route="manage.sources",
        new=Link(words.gettext("New source"), url_of(request, "manage.source.new")),
        q=q,
        has_search=True,
        state="",
        tabs=(),
        lines=Page(lines, len(lines), 1, max(1, len(lines))),
        count=words.ngettext("%(num)s source", "%(num)s sources", len(lines)),
        query={"q": q},
    )
    return show_list(request, view)


def _page(request: Request, sheet: Sheet, source: ManagedSource | None, saved: str = "") -> FormPage:
    words = words_of(request)
    return FormPage(
        title=words.gettext("Edit a source") if source else words.gettext("New source"),
        name=source.key if source else None,
        back=Link(words.gettext("Back to sources"), url_of(request, "manage.sources")),
        action=url_of(request, "manage.source.save", key=source.key)
        if source
        else url_of(request, "manage.source.create"),
        sheet=sheet,
        actions=(Action("save", words.gettext("Save")),),
        notes=(words.gettext("Published records keep the words they were published with."),),
        saved=words.gettext(SAVED[saved]) if saved in SAVED else "",
    )


@router.get("/new", name="manage.source.new")
async def new(request: Request, shelf: OnShelf, lang: Lang) -> Response:
    """An empty form."""
    return show(request, _page(request, empty_sheet(request, SECTIONS, shelf, lang), None))


@router.post("/new", name="manage.source.create")
async def create(request: Request, session: Writes, actor: Who, shelf: OnShelf, lang: Lang) -> Response:
    """Store a source."""

    async def write(sheet: Sheet, do: str) -> str:
        key = await create_source(session, actor, command_of(SaveSource, sheet))
        return url_of(request, "manage.source", key=key, query={"saved": "created"})

    blank = empty_sheet(request, SECTIONS, shelf, lang)
    return await handled(request, blank, lambda sheet: _page(request, sheet, None), write)


def _stored(request: Request, source: ManagedSource, shelf: OnShelf) -> Sheet:
    answers = {"title": source.title, "url": source.url}
    return stored_sheet(request, SECTIONS, shelf, source=shelf.language, version=0, answers=answers)


@router.get("/{key}", name="manage.source")
async def source(request: Request, session: Reads, key: str, shelf: OnShelf, saved: str = "") -> Response:
    """The form of a source."""
    found = await managed_source(session, key)
    return show(request, _page(request, _stored(request, found, shelf), found, saved))


@router.post("/{key}", name="manage.source.save")
async def save(request: Request, session: Writes, actor: Who, key: str, shelf: OnShelf) -> Response:
    """Write a source."""
    found = await managed_source(session, key)

    async def write(sheet: Sheet, do: str) -> str:
        await save_source(session, actor, key, command_of(SaveSource, sheet), now=datetime.now(UTC))
        return url_of(request, "manage.source", key=key, query={"saved": "saved"})

    blank = _stored(request, found, shelf)
    return await handled(request, blank, lambda sheet: _page(request, sheet, found), write)
