"""The hub's record, kind by kind: list, form, publishing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Request, Response

from app.core.errors import NotFound
from app.core.languages import LANGUAGES, Language
from app.core.text import slugify
from app.features.places.queries import all_sources
from app.features.records.queries import (
    free_slug,
    managed_record,
    names_to_choose,
    records,
    records_by_state,
)
from app.features.records.views import ManagedRecord
from app.routers.pages.manage.form_page import (
    SAVED,
    Action,
    FormPage,
    Link,
    empty_sheet,
    handled,
    show,
    stored_sheet,
)
from app.routers.pages.manage.hub_kinds import HUB_KINDS, HubKind
from app.routers.pages.manage.listing import (
    Line,
    ListView,
    known_state,
    page_number,
    show_list,
    tabs,
    turned,
)
from app.routers.pages.manage.sheet import Choices, Sheet, data_of
from app.routers.pages.manage.states import actions_for, publication_asked
from app.web.deps import Lang, Reads, Writes
from app.web.forms import command_from
from app.web.labels import label
from app.web.reference import OnShelf
from app.web.render import url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage/record/{kind}", include_in_schema=False)


async def kind_of(kind: str) -> HubKind:
    """The kind that an address names. Raises `NotFound`."""
    if kind not in HUB_KINDS:
        raise NotFound()
    return HUB_KINDS[kind]


OfKind = Annotated[HubKind, Depends(kind_of)]


async def _choices(session: Reads | Writes, shelf: OnShelf) -> Choices:
    """What only the hub's record names: sources, events, offices, persons, and mixed concepts."""
    sources = [(one.key, f"{one.key} – {one.title}"[:90]) for one in await all_sources(session)]
    schemes = shelf.vocabulary.scheme

    def concepts(*names: str) -> list[tuple[str, str]]:
        return [(one.code, one.label(shelf.language)) for name in names for one in schemes(name)]

    return {
        "sources": sources,
        "subjects": concepts("theme", "need", "intervention"),
        "needs-and-threats": concepts("need", "threat"),
        **await names_to_choose(session, shelf.language),
    }


@router.get("", name="manage.records")
async def listed(
    request: Request,
    session: Reads,
    lang: Lang,
    kind: str,
    of: OfKind,
    q: str = "",
    state: str = "",
) -> Response:
    """All records of a kind."""
    words = words_of(request)
    wanted, q = known_state(state), q.strip()[:100]
    number = page_number(request.query_params.get("page", "1"))
    found = await records(session, of.code, lang, q=q, state=wanted, number=number)
    lines = []
    for one in found.items:
        notes = [label(lang, "publication", one.publication)]
        if one.is_ahead:
            notes.append(words.gettext("Changes not published"))
        href = url_of(request, "manage.record", kind=kind, slug=one.slug)
        lines.append(Line(one.title, href, (one.slug,), tuple(notes)))
    counts = await records_by_state(session, of.code)
    view = ListView(
        title=words.gettext(of.title),
        lede=words.gettext(of.lede),
        route="manage.records",
        params={"kind": kind},
        new=Link(words.gettext(of.new), url_of(request, "manage.record.new", kind=kind)),
        q=q,
        has_search=True,
        state=wanted,
        tabs=tabs(request, "manage.records", counts, wanted, q, kind=kind),
        lines=turned(lines, found),
        count=words.ngettext("%(num)s record", "%(num)s records", found.total),
        query={"q": q, "state": wanted},
    )
    return show_list(request, view)


def _back(request: Request, kind: str, of: HubKind) -> Link:
    words = words_of(request)
    return Link(
        words.gettext("Back to the list: %(list)s", list=words.gettext(of.title)),
        url_of(request, "manage.records", kind=kind),
    )


def _source_of(sheet: Sheet, reader: Language) -> Language:
    asked = sheet.form.get("source_language")
    return next((one for one in LANGUAGES if one == asked), reader)


def _new_page(request: Request, kind: str, of: HubKind, sheet: Sheet) -> FormPage:
    words = words_of(request)
    return FormPage(
        title=words.gettext(of.new),
        name=None,
        back=_back(request, kind, of),
        action=url_of(request, "manage.record.create", kind=kind),
        sheet=sheet,
        actions=(Action("save", words.gettext("Save as a draft")),),
        facts=((words.gettext("Written in"), label(words.language, "language", sheet.source)),),
        links=tuple(
            Link(
                words.gettext("Write it in %(language)s", language=label(words.language, "language", one)),
                url_of(request, "manage.record.new", kind=kind, query={"source": one}),
            )
            for one in LANGUAGES
            if one != sheet.source
        ),
    )


@router.get("/new", name="manage.record.new")
async def new(
    request: Request, session: Reads, shelf: OnShelf, lang: Lang, kind: str, of: OfKind, source: str = ""
) -> Response:
    """An empty form."""
    written_in = next((one for one in LANGUAGES if one == source), lang)
    sheet = empty_sheet(request, of.sections, shelf, written_in, await _choices(session, shelf))
    return show(request, _new_page(request, kind, of, sheet))


@router.post("/new", name="manage.record.create")
async def create(
    request: Request, session: Writes, shelf: OnShelf, lang: Lang, kind: str, of: OfKind
) -> Response:
    """Store a draft."""

    async def write(sheet: Sheet, do: str) -> str:
        data = data_of(sheet.form, of.sections)
        slug = await free_slug(session, of.code, _slug_for(of, data))
        source = _source_of(sheet, lang)
        command = command_from(of.command, {**data, "slug": slug, "source_language": source})
        record = await of.record(session, command, now=datetime.now(UTC))
        return url_of(request, "manage.record", kind=kind, slug=record.slug, query={"saved": "created"})

    return await handled(
        request,
        empty_sheet(request, of.sections, shelf, lang, await _choices(session, shelf)),
        lambda sheet: _new_page(request, kind, of, replace(sheet, source=_source_of(sheet, lang))),
        write,
    )


def _slug_for(of: HubKind, data: Mapping[str, Any]) -> str:
    """A short name for the address: of the text that tells records apart, else one that says nothing."""
    named = data.get(of.named_by) if of.named_by else None
    if isinstance(named, dict):
        named = named.get("en") or named.get("fr")
    slug = slugify(named, fallback="") if isinstance(named, str) else ""
    return slug or f"{of.code.replace('_', '-')}-{uuid4().hex[:8]}"


def _page_of(
    request: Request, kind: str, of: HubKind, record: ManagedRecord, sheet: Sheet, saved: str = ""
) -> FormPage:
    words = words_of(request)
    is_published = record.publication == "published"
    notes = []
    if record.is_ahead:
        notes.append(words.gettext("Readers still see the version that was published before."))
    if is_published and not record.is_shown:
        notes.append(words.gettext("Readers see nothing of it: consent or sensitivity keeps it in."))
    links = []
    if is_published and record.is_shown and of.public_route:
        href = url_of(request, of.public_route, slug=record.slug)
        links.append(Link(words.gettext("As readers see it"), href))
    return FormPage(
        title=words.gettext(of.edit),
        name=record.title,
        back=_back(request, kind, of),
        action=url_of(request, "manage.record.save", kind=kind, slug=record.slug),
        sheet=sheet,
        actions=tuple(one for one in actions_for(words, record.publication) if one.do != "withdraw"),
        facts=(
            (words.gettext("State"), label(words.language, "publication", record.publication)),
            (words.gettext("Written in"), label(words.language, "language", record.source_language)),
            (words.gettext("Last changed"), words.date(record.updated_at)),
        ),
        links=tuple(links),
        notes=tuple(notes),
        saved=words.gettext(SAVED[saved]) if saved in SAVED else "",
    )


async def _stored(
    request: Request, session: Reads | Writes, of: HubKind, record: ManagedRecord, shelf: OnShelf
) -> Sheet:
    return stored_sheet(
        request,
        of.sections,
        shelf,
        source=record.source_language,
        version=record.version,
        answers=record.answers,
        more=await _choices(session, shelf),
    )


@router.get("/{slug}", name="manage.record")
async def record(
    request: Request,
    session: Reads,
    shelf: OnShelf,
    lang: Lang,
    kind: str,
    of: OfKind,
    slug: str,
    saved: str = "",
) -> Response:
    """The form of a record."""
    found = await managed_record(session, of.code, slug, of.command, lang)
    sheet = await _stored(request, session, of, found, shelf)
    return show(request, _page_of(request, kind, of, found, sheet, saved))


@router.post("/{slug}", name="manage.record.save")
async def save(
    request: Request, session: Writes, shelf: OnShelf, lang: Lang, kind: str, of: OfKind, slug: str
) -> Response:
    """Save, and publish or archive where the button asks for it."""
    found = await managed_record(session, of.code, slug, of.command, lang)

    async def write(sheet: Sheet, do: str) -> str:
        now, data = datetime.now(UTC), data_of(sheet.form, of.sections)
        data |= {"slug": slug, "source_language": found.source_language}
        command = command_from(of.command, data)
        written = await of.change(session, command, version=sheet.version, now=now)
        target = publication_asked(do)
        if target == "published":
            await of.publish(session, written, now=now)
        elif target == "archived":
            await of.archive(session, written, now=now)
        return url_of(request, "manage.record", kind=kind, slug=slug, query={"saved": target or "saved"})

    async def stored() -> Sheet:
        fresh = await managed_record(session, of.code, slug, of.command, lang)
        return await _stored(request, session, of, fresh, shelf)

    return await handled(
        request,
        await _stored(request, session, of, found, shelf),
        lambda sheet: _page_of(request, kind, of, found, sheet),
        write,
        stored,
    )
