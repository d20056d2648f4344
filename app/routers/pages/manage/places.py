"""Places as the hub describes them."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from app.features.places.commands import CreatePlace, SavePlace
from app.features.places.queries import all_sources, managed_place, managed_places
from app.features.places.service import create_place, save_place
from app.features.places.views import ManagedPlace
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
from app.routers.pages.manage.listing import Line, ListView, page_number, show_list, turned
from app.routers.pages.manage.place_form import NEW_SECTIONS, SECTIONS
from app.routers.pages.manage.sheet import Choices, Sheet
from app.web.deps import Lang, Reads, Who, Writes
from app.web.labels import label
from app.web.reference import OnShelf
from app.web.render import url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage/places", include_in_schema=False)


@router.get("", name="manage.places")
async def places(request: Request, session: Reads, shelf: OnShelf, lang: Lang, q: str = "") -> Response:
    """All places, by their names."""
    words = words_of(request)
    q = q.strip()[:100]
    number = page_number(request.query_params.get("page", "1"))
    found = await managed_places(session, lang, q=q, number=number)
    lines = [
        Line(
            one.name,
            url_of(request, "manage.place", id_=one.id),
            (
                label(lang, "place-kind", one.kind),
                shelf.gazetteer.country_name(one.country_code, lang),
                one.id,
            ),
        )
        for one in found.items
    ]
    view = ListView(
        title=words.gettext("Places"),
        lede=words.gettext("Names, position, population and part in the network."),
        route="manage.places",
        new=Link(words.gettext("New place"), url_of(request, "manage.place.new")),
        q=q,
        has_search=True,
        state="",
        tabs=(),
        lines=turned(lines, found),
        count=words.ngettext("%(num)s place", "%(num)s places", found.total),
        query={"q": q},
    )
    return show_list(request, view)


async def sources_to_choose(session: Reads | Writes) -> Choices:
    """All sources, by key and title."""
    return {"sources": [(one.key, f"{one.key} – {one.title}"[:90]) for one in await all_sources(session)]}


def _back(request: Request) -> Link:
    return Link(words_of(request).gettext("Back to places"), url_of(request, "manage.places"))


def _new_page(request: Request, sheet: Sheet) -> FormPage:
    words = words_of(request)
    return FormPage(
        title=words.gettext("New place"),
        name=None,
        back=_back(request),
        action=url_of(request, "manage.place.create"),
        sheet=sheet,
        actions=(Action("save", words.gettext("Save")),),
        notes=(
            words.gettext("Places are told apart by their id, which is made of country and English name."),
        ),
    )


@router.get("/new", name="manage.place.new")
async def new(request: Request, session: Reads, shelf: OnShelf, lang: Lang) -> Response:
    """An empty form."""
    sheet = empty_sheet(request, NEW_SECTIONS, shelf, lang, await sources_to_choose(session))
    return show(request, _new_page(request, sheet))


@router.post("/new", name="manage.place.create")
async def create(request: Request, session: Writes, actor: Who, shelf: OnShelf, lang: Lang) -> Response:
    """Store a place."""

    async def write(sheet: Sheet, do: str) -> str:
        command = command_of(CreatePlace, sheet)
        place = await create_place(session, actor, command, now=datetime.now(UTC))
        return url_of(request, "manage.place", id_=place.id, query={"saved": "created"})

    blank = empty_sheet(request, NEW_SECTIONS, shelf, lang, await sources_to_choose(session))
    return await handled(request, blank, lambda sheet: _new_page(request, sheet), write)


def _page_of(
    request: Request, place: ManagedPlace, sheet: Sheet, shelf: OnShelf, saved: str = ""
) -> FormPage:
    words = words_of(request)
    return FormPage(
        title=words.gettext("Edit a place"),
        name=place.name,
        back=_back(request),
        action=url_of(request, "manage.place.save", id_=place.id),
        sheet=sheet,
        actions=(Action("save", words.gettext("Save")),),
        facts=(
            (words.gettext("Id"), place.id),
            (
                words.gettext("Country"),
                shelf.gazetteer.country_name(place.country_code, words.language),
            ),
        ),
        links=()
        if place.answers["kind"] == "country"
        else (Link(words.gettext("As readers see it"), url_of(request, "city", slug=place.id)),),
        notes=(words.gettext("Readers see changes of a place at once, and search follows."),),
        saved=words.gettext(SAVED[saved]) if saved in SAVED else "",
    )


async def _stored(request: Request, session: Reads | Writes, place: ManagedPlace, shelf: OnShelf) -> Sheet:
    return stored_sheet(
        request,
        SECTIONS,
        shelf,
        source=shelf.language,
        version=place.version,
        answers=place.answers,
        more=await sources_to_choose(session),
    )


@router.get("/{id_}", name="manage.place")
async def place(
    request: Request, session: Reads, id_: str, shelf: OnShelf, lang: Lang, saved: str = ""
) -> Response:
    """The form of a place."""
    found = await managed_place(session, id_, lang)
    return show(
        request, _page_of(request, found, await _stored(request, session, found, shelf), shelf, saved)
    )


@router.post("/{id_}", name="manage.place.save")
async def save(
    request: Request, session: Writes, actor: Who, id_: str, shelf: OnShelf, lang: Lang
) -> Response:
    """Write a place."""
    found = await managed_place(session, id_, lang)

    async def write(sheet: Sheet, do: str) -> str:
        command = command_of(SavePlace, sheet)
        await save_place(session, actor, id_, sheet.version, command, now=datetime.now(UTC))
        return url_of(request, "manage.place", id_=id_, query={"saved": "saved"})

    async def stored() -> Sheet:
        return await _stored(request, session, await managed_place(session, id_, lang), shelf)

    return await handled(
        request,
        await _stored(request, session, found, shelf),
        lambda sheet: _page_of(request, found, sheet, shelf),
        write,
        stored,
    )
