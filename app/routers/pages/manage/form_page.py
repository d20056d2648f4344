"""The page that every form of the hub is shown on, and what its buttons ask for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import unquote, urlencode, urlsplit

from fastapi import Request, Response
from pydantic import BaseModel

from app.core.errors import Conflict, FieldError, Invalid
from app.core.languages import LocalText
from app.core.messages import noop
from app.features.wording.views import Shelf
from app.routers.pages.manage.choices import choices_for
from app.routers.pages.manage.fields import HAS_TEXTS, Sections, fields_of
from app.routers.pages.manage.sheet import (
    Choices,
    Sheet,
    data_of,
    differences,
    form_of,
    gathered,
    named_problems,
    tidied,
    with_rows_changed,
)
from app.web.auditing import note_made
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.identity import is_confirmed
from app.web.render import page, url_of, words_of

Command = TypeVar("Command", bound=BaseModel)

SAVED = {
    "saved": noop("Saved."),
    "deleted": noop("Deleted."),
    "created": noop("Created and saved."),
    "published": noop("Saved and published. Readers see this version now."),
    "draft": noop("Saved, and withdrawn from readers."),
    "in review": noop("Saved, and waiting for review."),
    "archived": noop("Saved and archived. Readers do not see it any more."),
    "unpublished": noop("Saved, but not published yet: confirm that it is you, then publish."),
}
UNPUBLISHED = "unpublished"
"""What became of a wish to publish by somebody who has not proven lately to be there."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button at the foot of a form; with a question it asks back first."""

    do: str
    text: str
    question: str = ""
    kind: str = "primary"


@dataclass(frozen=True, slots=True)
class Link:
    """A way from the form to another page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form of the hub. Texts are finished; `way_on` stands beside what was `saved`."""

    title: str
    name: LocalText | str | None
    back: Link
    action: str
    sheet: Sheet
    actions: tuple[Action, ...]
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    saved: str = ""
    way_on: Link | None = None
    problems: tuple[tuple[str, str], ...] = ()


NO_CHOICES: Choices = {}


def empty_sheet(
    request: Request, sections: Sections, shelf: Shelf, source: str, more: Choices = NO_CHOICES
) -> Sheet:
    """A form to fill in; `more` are choices that the sections name beside those we know."""
    return Sheet(sections, Form({}), choices_for(sections, shelf, words_of(request), more), source)


def stored_sheet(
    request: Request,
    sections: Sections,
    shelf: Shelf,
    *,
    source: str,
    version: int,
    answers: Mapping[str, Any],
    more: Choices = NO_CHOICES,
) -> Sheet:
    """A form with what is stored."""
    choices = choices_for(sections, shelf, words_of(request), more)
    return Sheet(sections, form_of(answers, sections), choices, source, version)


async def read_sheet(request: Request, blank: Sheet) -> tuple[Sheet, str]:
    """What was typed into a form, and what its button asks for."""
    form = await read_form(request)
    do = form.get("do", "save")
    version = form.get("version")
    typed = replace(
        blank,
        form=form,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        is_unsaved=True,
    )
    changed = with_rows_changed(form, blank.sections, do)
    if changed is not None:
        return replace(typed, form=changed[0], added=changed[1]), "rows"
    return replace(typed, form=tidied(form, blank.sections)), do


def command_of(kind: type[Command], sheet: Sheet) -> Command:
    """The command that a filled-in form makes. Raises `Invalid`."""
    return command_from(kind, data_of(sheet.form, sheet.sections))


def show(request: Request, view: FormPage, *, status: int = 200) -> Response:
    """The page of a form; htmx gets the form."""
    if request.query_params.get("saved") == UNPUBLISHED:
        href = url_of(request, "confirm", query={"next": request.url.path})
        view = replace(view, way_on=Link(words_of(request).gettext("Confirm that it is you"), href))
    return page(request, "manage/form.html", view, status=status, blocks={"form": "form"})


def refused(request: Request, view: FormPage, error: Invalid) -> ShowAgain:
    """The form again, with what is wrong; raising it rolls back."""
    found = Invalid(gathered(error.errors, view.sheet.sections))
    words = words_of(request)
    sheet = replace(view.sheet, form=view.sheet.form.rejected(found, words))
    again = replace(view, sheet=sheet, problems=named_problems(sheet, words))
    return ShowAgain(show(request, again, status=422))


def conflicting(request: Request, view: FormPage, stored: Sheet) -> ShowAgain:
    """The form again, with what somebody else saved meanwhile beside what was typed."""
    found = differences(view.sheet, stored.form)
    again = replace(view.sheet, version=stored.version, is_conflict=True, differences=found)
    return ShowAgain(show(request, replace(view, sheet=again), status=409))


def _named_by(view: FormPage) -> str:
    """The control that a new record gets its name from: the first of its form."""
    first = next(fields_of(view.sheet.sections))
    return f"{first.name}.{view.sheet.source}" if first.kind in HAS_TEXTS else first.name


async def handled(
    request: Request,
    blank: Sheet,
    page_of: Callable[[Sheet], FormPage],
    write: Callable[[Sheet, str], Awaitable[str]],
    stored: Callable[[], Awaitable[Sheet]] | None = None,
) -> Response:
    """What became of a filled-in form: rows changed, refused, in conflict, or written and gone on.

    `write` saves what was typed as the button asks and gives the address to go to; `stored` reads
    what is stored now, for a conflict. Publishing is for those who have proven lately to be there:
    for others it saves, so that nothing typed is lost on the way to the proof.
    """
    sheet, do = await read_sheet(request, blank)
    view = page_of(sheet)
    if do == "rows":
        return show(request, view)
    must_confirm = do == "publish" and not is_confirmed(request)
    try:
        address = await write(sheet, "save" if must_confirm else do)
        if stored is None:
            note_made(request, unquote(urlsplit(address).path.rpartition("/")[2]))
        if must_confirm:
            address = f"{urlsplit(address).path}?{urlencode({'saved': UNPUBLISHED})}"
        return see_other(request, address)
    except Invalid as error:
        raise refused(request, view, error) from error
    except Conflict as error:
        if stored is None:  # a new record: what is in its way is its name
            raise refused(request, view, Invalid([FieldError(_named_by(view), error.message)])) from error
        raise conflicting(request, view, await stored()) from error
