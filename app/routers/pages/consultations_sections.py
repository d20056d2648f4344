"""The sections of the form, saved one by one; what was typed is never lost."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response

from app.core.actor import Actor
from app.core.db import ReadSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.consultations.commands.answers import SECTION_KINDS
from app.features.consultations.commands.requests import SaveSection
from app.features.consultations.rules.answers import edited_rows, flat, without_blank_rows
from app.features.consultations.rules.caution import names_somebody
from app.features.consultations.rules.questionnaire import MANY_NAMES, SECTIONS
from app.features.consultations.service.intake import save_section
from app.features.consultations.views.caution import cautioned_rows
from app.features.consultations.views.forms import FormView, section_form
from app.features.consultations.views.summary import Difference, differences
from app.routers.pages.consultations_parts import (
    Heading,
    Step,
    after,
    heading,
    possible_names,
    record_and_reader,
    steps,
)
from app.web.deps import Reads, Who, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, nested, read_form, translated
from app.web.htmx import see_other
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/consultations/{id_:uuid}", include_in_schema=False)

FINISHED = "finished"
CHOOSE_FINISHED = noop("Choose whether you have finished this section")
WARNED = "warned"
CONTROLS = frozenset({"action", "version", "page", FINISHED, WARNED})
"""Fields of the form that are no answers."""

_TOKEN = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class SectionView:
    """The page of one section.

    `version` is the save that this page builds on, `token` names the opened page. In a conflict,
    `conflict` has what differs between what is stored now and what was typed; `is_sent` tells that
    the consultation was sent meanwhile. `cautioned` are statements that seem to name a person.
    """

    head: Heading
    form: FormView
    steps: tuple[Step, ...]
    number: int
    count: int
    version: int
    token: str
    finished: str
    finished_error: str | None
    problems: tuple[tuple[str, str], ...]
    cautioned: tuple[tuple[str, str], ...] = ()
    conflict: tuple[Difference, ...] | None = None
    is_sent: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with a form: the answers as nested data, the button, and what the page was based on."""

    data: dict[str, Any]
    action: str
    target: str
    finished: str
    version: int
    token: str
    is_warned: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the section is called finished."""
        return self.action == "continue" and self.finished == "yes"


@router.get("/{section:section}", name="consultation.section")
async def show(
    request: Request, session: Reads, id_: UUID, section: str, who: Who, add: str = ""
) -> Response:
    """The form of a section with what is stored; `add` names a list that gets a blank row."""
    record, reader = await record_and_reader(request, session, who, id_, (section,))
    if not record.is_draft or not who.speaks_for(record.place_id):
        return see_other(request, url_of(request, "consultation", id_=id_))
    note = record.note(section)
    form = section_form(section, record.values[section], {}, reader, added=add or None)
    view = SectionView(
        head=heading(record, reader),
        form=form,
        steps=steps(request, record, section),
        number=list(SECTIONS).index(section) + 1,
        count=len(SECTIONS) + 1,
        version=note.saves,
        token=uuid4().hex,
        finished="yes" if note.is_done else "",
        finished_error=None,
        problems=(),
        cautioned=cautioned_rows(form),
    )
    return page(request, "consultations/section.html", view, headers={"Cache-Control": "no-store"})


@router.post("/{section:section}", name="consultation.section.save")
async def save(request: Request, session: Writes, id_: UUID, section: str, who: Who) -> Response:
    """Save what was typed, then go where the button says: on, back to the list, or to the changed rows."""
    typed = _typed(section, await read_form(request))
    try:
        await _save(session, who, id_, section, typed)
    except (Invalid, Conflict) as error:
        await _again(request, who, id_, section, typed, error)
    return see_other(request, _where_next(request, id_, section, typed))


@router.post("/{section:section}/draft", name="consultation.section.draft")
async def autosave(request: Request, session: Writes, id_: UUID, section: str, who: Who) -> Response:
    """Keep what was typed so far; refused rather than written over what somebody else saved."""
    typed = _typed(section, await read_form(request))
    saves = await _save(session, who, id_, section, typed, is_autosave=True)
    return Response(status_code=204, headers={"Medina-Version": str(saves), "Cache-Control": "no-store"})


def _typed(section: str, form: Form) -> Typed:
    """What was typed, without the rows that are blank, and after the button of a row has done its work."""
    answers = possible_names({name: typed for name, typed in form.values.items() if name not in CONTROLS})
    data = nested(answers, MANY_NAMES)
    action, _, target = form.get("action", "continue").partition(":")
    if action in ("remove", "up"):
        data = edited_rows(data, action, target)
    version, token = form.get("version"), form.get("page")
    is_asked = SECTIONS[section].has_statements
    return Typed(
        data=without_blank_rows(SECTIONS[section], data),
        action=action,
        target=target,
        finished=form.get(FINISHED) if is_asked else "yes",
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1,
        token=token if _TOKEN.fullmatch(token) else "",
        is_warned=form.get(WARNED) == "yes",
    )


async def _save(
    session: Writes, who: Actor, id_: UUID, section: str, typed: Typed, *, is_autosave: bool = False
) -> int:
    """Raises `Invalid` and `Conflict`."""
    answers = command_from(SECTION_KINDS[section], typed.data)
    if typed.action == "continue" and not is_autosave and typed.finished not in ("yes", "no"):
        raise Invalid([FieldError(FINISHED, CHOOSE_FINISHED)])
    command = SaveSection(
        consultation_id=id_,
        section=section,
        answers=answers,
        is_done=typed.is_done,
        based_on=typed.version,
        page=typed.token,
        is_autosave=is_autosave,
    )
    return await save_section(session, who, command, now=datetime.now(UTC))


async def _again(
    request: Request, who: Actor, id_: UUID, section: str, typed: Typed, error: Invalid | Conflict
) -> NoReturn:
    """Show the form again with what was typed. The refused transaction is rolled back."""
    async with database_of(request).reading(who.scope) as session:
        answer = await _refused(request, session, who, id_, section, typed, error)
    raise ShowAgain(answer) from error


async def _refused(
    request: Request,
    session: ReadSession,
    who: Actor,
    id_: UUID,
    section: str,
    typed: Typed,
    error: Invalid | Conflict,
) -> Response:
    record, reader = await record_and_reader(request, session, who, id_, (section,))
    if not who.speaks_for(record.place_id):
        raise NotFound()
    is_conflict = isinstance(error, Conflict)
    errors = translated(error.errors, words_of(request)) if isinstance(error, Invalid) else {}
    finished_error = errors.pop(FINISHED, None)
    values = flat(typed.data)
    added = typed.target if typed.action == "add" else None
    form = section_form(section, values, errors, reader, added=added)
    view = SectionView(
        head=heading(record, reader),
        form=form,
        steps=steps(request, record, section),
        number=list(SECTIONS).index(section) + 1,
        count=len(SECTIONS) + 1,
        version=record.note(section).saves if is_conflict else max(typed.version, 0),
        token=uuid4().hex if is_conflict or not typed.token else typed.token,
        finished=typed.finished,
        finished_error=finished_error,
        problems=(*form.problems, *([(FINISHED, finished_error)] if finished_error else [])),
        cautioned=cautioned_rows(form),
        conflict=differences(section, record.values[section], values, reader) if is_conflict else None,
        is_sent=not record.is_draft,
    )
    return page(
        request,
        "consultations/section.html",
        view,
        status=409 if is_conflict else 422,
        headers={"Cache-Control": "no-store"},
    )


def _where_next(request: Request, id_: UUID, section: str, typed: Typed) -> str:
    if typed.action == "later":
        return url_of(request, "consultation", id_=id_)
    if typed.action == "add":
        return url_of(request, "consultation.section", id_=id_, section=section, query={"add": typed.target})
    if typed.action in ("remove", "up"):
        return url_of(request, "consultation.section", id_=id_, section=section) + "#form"
    if not typed.is_warned and SECTIONS[section].has_statements and names_somebody(typed.data):
        return url_of(request, "consultation.section", id_=id_, section=section) + "#caution"
    following = after(section)
    if following is None:
        return url_of(request, "consultation.check", id_=id_)
    return url_of(request, "consultation.section", id_=id_, section=following)
