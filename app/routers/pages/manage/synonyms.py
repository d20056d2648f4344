"""Terms that find each other: search follows each change at once."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.messages import noop
from app.core.paging import PAGE_SIZE, Page
from app.features.vocabulary.commands import SaveSynonyms
from app.features.vocabulary.queries import synonym_set, synonym_sets
from app.features.vocabulary.service import create_synonyms, delete_synonyms, save_synonyms
from app.features.vocabulary.views import SynonymSetView
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
from app.routers.pages.manage.listing import Line, ListView, page_number, show_list
from app.routers.pages.manage.sheet import Sheet
from app.web.deps import Reads, Who, Writes
from app.web.reference import OnShelf
from app.web.render import url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage/synonyms", include_in_schema=False)

SECTIONS = (
    Section(
        noop("Terms"),
        (
            Field(
                "terms",
                noop("Terms that mean the same"),
                Kind.ROWS,
                noop("Two at least, in any of the three languages. A search for one finds the others."),
                needed=True,
                row=noop("Term %(number)s"),
                add=noop("Add a term"),
                fields=(
                    Field("text", noop("Term"), needed=True),
                    Field(
                        "language",
                        noop("Language"),
                        Kind.SELECT,
                        options="our-languages",
                        needed=True,
                        default="ar",
                    ),
                ),
            ),
            Field("note", noop("Note for the hub"), size="l"),
        ),
    ),
)


@router.get("", name="manage.synonyms")
async def synonyms(request: Request, session: Reads, q: str = "", saved: str = "") -> Response:
    """All sets."""
    words = words_of(request)
    q = q.strip()[:100]
    found = await synonym_sets(session, q=q)
    number = page_number(request.query_params.get("page", "1"))
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    lines = [
        Line(
            one.words,
            url_of(request, "manage.synonym", id_=one.id),
            (words.ngettext("%(num)s term", "%(num)s terms", len(one.terms)),),
        )
        for one in shown
    ]
    view = ListView(
        title=words.gettext("Synonyms"),
        lede=words.gettext("Terms that find each other in search, in and across the three languages."),
        route="manage.synonyms",
        new=Link(words.gettext("New set of synonyms"), url_of(request, "manage.synonym.new")),
        q=q,
        has_search=True,
        state="",
        tabs=(),
        lines=Page(lines, len(found), number, PAGE_SIZE),
        count=words.ngettext("%(num)s set", "%(num)s sets", len(found)),
        query={"q": q},
        saved=words.gettext(SAVED[saved]) if saved in SAVED else "",
    )
    return show_list(request, view)


def _page(request: Request, sheet: Sheet, known: SynonymSetView | None, saved: str = "") -> FormPage:
    words = words_of(request)
    actions = [Action("save", words.gettext("Save"))]
    if known:
        question = words.gettext("Search no longer takes these terms for the same. Delete?")
        actions.append(Action("delete", words.gettext("Delete"), question, "danger"))
    return FormPage(
        title=words.gettext("Edit synonyms") if known else words.gettext("New set of synonyms"),
        name=known.words if known else None,
        back=Link(words.gettext("Back to synonyms"), url_of(request, "manage.synonyms")),
        action=url_of(request, "manage.synonym.save", id_=known.id)
        if known
        else url_of(request, "manage.synonym.create"),
        sheet=sheet,
        actions=tuple(actions),
        saved=words.gettext(SAVED[saved]) if saved in SAVED else "",
    )


def _blank(request: Request, shelf: OnShelf) -> Sheet:
    return empty_sheet(request, SECTIONS, shelf, shelf.language)


@router.get("/new", name="manage.synonym.new")
async def new(request: Request, shelf: OnShelf) -> Response:
    """An empty form."""
    return show(request, _page(request, _blank(request, shelf), None))


@router.post("/new", name="manage.synonym.create")
async def create(request: Request, session: Writes, actor: Who, shelf: OnShelf) -> Response:
    """Store a set."""

    async def write(sheet: Sheet, do: str) -> str:
        command = command_of(SaveSynonyms, sheet)
        id_ = await create_synonyms(session, actor, command, now=datetime.now(UTC))
        return url_of(request, "manage.synonym", id_=id_, query={"saved": "created"})

    return await handled(request, _blank(request, shelf), lambda sheet: _page(request, sheet, None), write)


def _stored(request: Request, known: SynonymSetView, shelf: OnShelf) -> Sheet:
    answers = {
        "terms": [{"language": language, "text": text} for language, text in known.terms],
        "note": known.note or None,
    }
    return stored_sheet(
        request, SECTIONS, shelf, source=shelf.language, version=known.version, answers=answers
    )


@router.get("/{id_:uuid}", name="manage.synonym")
async def synonym(request: Request, session: Reads, id_: UUID, shelf: OnShelf, saved: str = "") -> Response:
    """The form of a set."""
    known = await synonym_set(session, id_)
    return show(request, _page(request, _stored(request, known, shelf), known, saved))


@router.post("/{id_:uuid}", name="manage.synonym.save")
async def save(request: Request, session: Writes, actor: Who, id_: UUID, shelf: OnShelf) -> Response:
    """Write a set, or delete it."""
    known = await synonym_set(session, id_)

    async def write(sheet: Sheet, do: str) -> str:
        now = datetime.now(UTC)
        if do == "delete":
            await delete_synonyms(session, actor, id_, sheet.version, now=now)
            return url_of(request, "manage.synonyms", query={"saved": "deleted"})
        command = command_of(SaveSynonyms, sheet)
        await save_synonyms(session, actor, id_, sheet.version, command, now=now)
        return url_of(request, "manage.synonym", id_=id_, query={"saved": "saved"})

    async def stored() -> Sheet:
        return _stored(request, await synonym_set(session, id_), shelf)

    return await handled(
        request,
        _stored(request, known, shelf),
        lambda sheet: _page(request, sheet, known),
        write,
        stored,
    )
