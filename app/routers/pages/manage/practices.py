"""Practices as the hub writes them: list, snapshot form, preview, publishing."""

from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from app.core.languages import LANGUAGES, Language
from app.core.messages import noop
from app.features.practices.commands import SavePractice
from app.features.practices.queries.managed import (
    managed_practice,
    managed_practices,
    practices_by_state,
    preview_of,
)
from app.features.practices.service import create_practice, move_practice, save_practice
from app.features.practices.views.managed import ManagedLine, ManagedPractice
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
from app.routers.pages.manage.listing import (
    Line,
    ListView,
    known_state,
    page_number,
    show_list,
    tabs,
    turned,
)
from app.routers.pages.manage.practice_form import SECTIONS
from app.routers.pages.manage.sheet import Sheet
from app.routers.pages.manage.states import actions_for, publication_asked
from app.routers.pages.practice import view_of
from app.web.deps import Config, Lang, Reads, Who, Writes
from app.web.labels import label
from app.web.reference import OnShelf
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage/practices", include_in_schema=False)

NO_RIGHTS_REVIEW = noop("The rights review of this practice has not been made yet. Readers are told so.")
WAITS_FOR_REVIEW = noop("This practice waits for review. Publish it only when its rights review is settled.")
READERS_SEE_EARLIER = noop("Readers still see the version that was published before.")
NOT_IN_THIS_FORM = noop(
    "Budget, staff, results, lessons, evidence and the rights review come with an import. "
    "This form keeps them as they are."
)
GAPS_ALLOWED = noop(
    "This record comes from desk research: it may be published with gaps. Each gap is shown as not reported."
)


@router.get("", name="manage.practices")
async def practices(
    request: Request, session: Reads, lang: Lang, q: str = "", state: str = "", number: str = "1"
) -> Response:
    """All practices, by state and words of the title."""
    words = words_of(request)
    wanted, q = known_state(state), q.strip()[:100]
    asked = page_number(request.query_params.get("page", number))
    found = await managed_practices(session, lang, q=q, state=wanted, number=asked)
    view = ListView(
        title=words.gettext("Practices"),
        lede=words.gettext("Write, publish and archive good practices."),
        route="manage.practices",
        new=Link(words.gettext("New practice"), url_of(request, "manage.practice.new")),
        q=q,
        has_search=True,
        state=wanted,
        tabs=tabs(request, "manage.practices", await practices_by_state(session), wanted, q),
        lines=turned([_line(request, line) for line in found.items], found),
        count=words.ngettext("%(num)s practice", "%(num)s practices", found.total),
        query={"q": q, "state": wanted},
    )
    return show_list(request, view)


def _line(request: Request, line: ManagedLine) -> Line:
    words = words_of(request)
    notes = [label(words.language, "publication", line.publication)]
    if line.is_ahead:
        notes.append(words.gettext("Changes not published"))
    return Line(
        line.title,
        url_of(request, "manage.practice", slug=line.slug),
        (
            label(words.language, "origin", line.origin),
            words.gettext("Changed on %(date)s", date=words.date(line.updated_at)),
        ),
        tuple(notes),
    )


def source_of(asked: str, reader: Language) -> Language:
    """The language a new record is written in: as asked for, else that of the page."""
    return next((one for one in LANGUAGES if one == asked), reader)


def _new_page(request: Request, sheet: Sheet) -> FormPage:
    words = words_of(request)
    others = [one for one in LANGUAGES if one != sheet.source]
    return FormPage(
        title=words.gettext("New practice"),
        name=None,
        back=Link(words.gettext("Back to practices"), url_of(request, "manage.practices")),
        action=url_of(request, "manage.practice.create"),
        sheet=sheet,
        actions=(Action("save", words.gettext("Save as a draft")),),
        facts=((words.gettext("Written in"), label(words.language, "language", sheet.source)),),
        links=tuple(
            Link(
                words.gettext("Write it in %(language)s", language=label(words.language, "language", one)),
                url_of(request, "manage.practice.new", query={"source": one}),
            )
            for one in others
        ),
        notes=(words.gettext("Only the title is needed to save a draft."),),
    )


@router.get("/new", name="manage.practice.new")
async def new(request: Request, shelf: OnShelf, lang: Lang, source: str = "") -> Response:
    """An empty form."""
    sheet = empty_sheet(request, SECTIONS, shelf, source_of(source, lang))
    return show(request, _new_page(request, sheet))


@router.post("/new", name="manage.practice.create")
async def create(request: Request, session: Writes, actor: Who, shelf: OnShelf, lang: Lang) -> Response:
    """Store a draft."""

    async def write(sheet: Sheet, do: str) -> str:
        source = _source(sheet)
        command = command_of(SavePractice, sheet)
        practice = await create_practice(session, actor, source, command, now=datetime.now(UTC))
        return url_of(request, "manage.practice", slug=practice.slug, query={"saved": "created"})

    def _source(sheet: Sheet) -> Language:
        return source_of(sheet.form.get("source_language"), lang)

    return await handled(
        request,
        empty_sheet(request, SECTIONS, shelf, lang),
        lambda sheet: _new_page(request, replace(sheet, source=_source(sheet))),
        write,
    )


def _page_of(request: Request, practice: ManagedPractice, sheet: Sheet, saved: str = "") -> FormPage:
    words = words_of(request)
    is_public = practice.publication == "published"
    notes = []
    if practice.is_ahead:
        notes.append(READERS_SEE_EARLIER)
    if practice.publication == "in review":
        notes.append(WAITS_FOR_REVIEW)
    elif not practice.has_rights_review:
        notes.append(NO_RIGHTS_REVIEW)
    if practice.origin == "desk research":
        notes.append(GAPS_ALLOWED)
    notes.append(NOT_IN_THIS_FORM)
    links = [Link(words.gettext("Preview"), url_of(request, "manage.practice.preview", slug=practice.slug))]
    if is_public:
        links.append(
            Link(words.gettext("As readers see it"), url_of(request, "practice", slug=practice.slug))
        )
    return FormPage(
        title=words.gettext("Edit a practice"),
        name=practice.title,
        back=Link(words.gettext("Back to practices"), url_of(request, "manage.practices")),
        action=url_of(request, "manage.practice.save", slug=practice.slug),
        sheet=sheet,
        actions=actions_for(words, practice.publication, can_review=True),
        facts=(
            (words.gettext("State"), label(words.language, "publication", practice.publication)),
            (words.gettext("Origin"), label(words.language, "origin", practice.origin)),
            (words.gettext("Written in"), label(words.language, "language", practice.source_language)),
            (words.gettext("Last changed"), words.date(practice.updated_at)),
        ),
        links=tuple(links),
        notes=tuple(words.gettext(note) for note in notes),
        saved=words.gettext(SAVED[saved]) if saved in SAVED else "",
    )


def _stored(request: Request, practice: ManagedPractice, shelf: OnShelf) -> Sheet:
    return stored_sheet(
        request,
        SECTIONS,
        shelf,
        source=practice.source_language,
        version=practice.version,
        answers=practice.answers,
    )


@router.get("/{slug}", name="manage.practice")
async def practice(
    request: Request, session: Reads, slug: str, shelf: OnShelf, lang: Lang, saved: str = ""
) -> Response:
    """The snapshot form."""
    found = await managed_practice(session, slug, lang)
    return show(request, _page_of(request, found, _stored(request, found, shelf), saved))


@router.post("/{slug}", name="manage.practice.save")
async def save(
    request: Request, session: Writes, actor: Who, slug: str, shelf: OnShelf, lang: Lang
) -> Response:
    """Save, and take the practice to another state where the button asks for one."""
    found = await managed_practice(session, slug, lang)

    async def write(sheet: Sheet, do: str) -> str:
        now = datetime.now(UTC)
        command = command_of(SavePractice, sheet)
        written = await save_practice(session, actor, slug, sheet.version, command, now=now)
        target = publication_asked(do)
        if target:
            await move_practice(session, actor, written, target, now=now)
        return url_of(request, "manage.practice", slug=slug, query={"saved": target or "saved"})

    async def stored() -> Sheet:
        return _stored(request, await managed_practice(session, slug, lang), shelf)

    blank = _stored(request, found, shelf)
    return await handled(request, blank, lambda sheet: _page_of(request, found, sheet), write, stored)


@router.get("/{slug}/preview", name="manage.practice.preview")
async def preview(request: Request, session: Reads, slug: str, shelf: OnShelf, config: Config) -> Response:
    """The practice as readers would see it."""
    record = await preview_of(session, slug, shelf)
    return page(request, "manage/preview.html", view_of(request, record, (), config.hub_email))
