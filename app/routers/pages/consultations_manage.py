"""The hub's work on a consultation: read, follow up needs, give back, archive."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.actor import Actor
from app.core.db import ReadSession
from app.core.errors import Conflict, FieldError, Invalid, NotFound
from app.core.languages import LANGUAGES
from app.core.messages import noop
from app.features.consultations.commands.requests import (
    ReturnConsultation,
    ReviewStatement,
    SetNeedStatus,
    WriteHubNote,
)
from app.features.consultations.commands.tightening import DateNeedStatus, TightenStatement
from app.features.consultations.rules.questionnaire import SECTIONS, STATEMENT_SECTIONS
from app.features.consultations.rules.tightening import attributions_from, sensitivities_from
from app.features.consultations.service.publishing import (
    archive_consultation,
    return_consultation,
    review_statement,
    set_need_status,
    take_into_review,
    write_hub_note,
)
from app.features.consultations.service.tightening import (
    date_need_status,
    need_status,
    refuse_overwriting,
    tighten_statement,
)
from app.features.consultations.views.desk import DeskRecord, DeskStatement
from app.features.consultations.views.reader import Reader
from app.features.consultations.views.summary import AnswerGroup, SectionSummary, summary_of
from app.routers.pages.consultations_parts import Heading, desk, heading, record_and_reader
from app.web.deps import Reads, Who, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import Form, command_from, read_form
from app.web.htmx import see_other
from app.web.labels import LABELS, label
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/manage/consultations/{id_:uuid}", include_in_schema=False)

SAID: Mapping[str, str] = {
    "statement": noop("Saved. What is public follows at once."),
    "review": noop("Taken into review: the city sees that the hub is reading."),
    "note": noop("The note is saved."),
    "published": noop("Published. What the city allows can be read now."),
    "archived": noop("Archived. Nothing of this consultation is public any more."),
}

NO_NOTE = noop("Write what the city should change or add")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StatementForm:
    """A statement with its answers and the hub's form for it. `form` has what was typed and refused."""

    statement: DeskStatement
    answers: AnswerGroup
    attributions: Pairs
    sensitivities: Pairs
    statuses: Pairs
    translations: tuple[tuple[str, str, str], ...]
    form: Form

    def value(self, name: str, stored: str) -> str:
        """What was typed, else what is stored."""
        return self.form.get(name) if self.form.values else stored

    @property
    def is_read(self) -> bool:
        """Whether the box is ticked."""
        if self.form.values:
            return self.form.get("read") == "yes"
        return self.statement.reviewed_at is not None


@dataclass(frozen=True, slots=True)
class StatementSection:
    """All statements of a section."""

    code: str
    title: str
    general: SectionSummary
    statements: tuple[StatementForm, ...]


@dataclass(frozen=True, slots=True)
class ManageView:
    """The hub's page of one consultation."""

    head: Heading
    record: DeskRecord
    title: str
    about: tuple[SectionSummary, ...]
    sections: tuple[StatementSection, ...]
    unread: int
    problems: tuple[tuple[str, str], ...] = ()
    note: Form = field(default_factory=lambda: Form({}))
    returned: Form = field(default_factory=lambda: Form({}))
    said: str = ""
    said_of: str = ""


@router.get("", name="manage.consultation")
async def manage(
    request: Request, session: Reads, id_: UUID, who: Who, said: str = "", of: str = ""
) -> Response:
    """Everything the city sent, with the hub's forms; `said` names what was just done, `of` to what."""
    view = await _view(request, session, who, id_)
    told = words_of(request).gettext(SAID[said]) if said in SAID else ""
    return page(request, "consultations/manage.html", replace(view, said=told, said_of=of))


async def _view(
    request: Request, session: ReadSession, who: Actor, id_: UUID, *, refused: dict[str, Form] | None = None
) -> ManageView:
    record, reader = await record_and_reader(request, session, who, id_)
    if record.is_draft:
        raise NotFound()
    head = heading(record, reader)
    return ManageView(
        head=head,
        record=record,
        title=words_of(request).gettext("Consultation of %(city)s", city=head.place),
        about=tuple(
            summary_of(code, record.values[code], reader)
            for code in SECTIONS
            if code not in STATEMENT_SECTIONS
        ),
        sections=tuple(_section(code, record, reader, refused or {}) for code in STATEMENT_SECTIONS),
        unread=sum(one.reviewed_at is None for one in record.statements),
    )


def _section(code: str, record: DeskRecord, reader: Reader, refused: dict[str, Form]) -> StatementSection:
    summary = summary_of(code, record.values[code], reader)
    general = replace(summary, groups=tuple(group for group in summary.groups if group.title is None))
    rows = [group for group in summary.groups if group.title is not None]
    mine = [one for one in record.statements if one.section == code]
    return StatementSection(
        code,
        summary.title,
        general,
        tuple(
            _statement(one, row, reader, refused.get(str(one.id), Form({})))
            for one, row in zip(mine, rows, strict=True)
        ),
    )


def _statement(one: DeskStatement, row: AnswerGroup, reader: Reader, form: Form) -> StatementForm:
    language = reader.language
    return StatementForm(
        statement=one,
        answers=row,
        attributions=_pairs(language, "attribution", attributions_from(one.attribution)),
        sensitivities=_pairs(language, "sensitivity", sensitivities_from(one.sensitivity)),
        statuses=_pairs(language, "need-status", LABELS["need-status"]) if one.need_status else (),
        translations=tuple(
            (code, label(language, "language", code), one.translations.get(code, ""))
            for code in LANGUAGES
            if code != one.language
        ),
        form=form,
    )


def _pairs(language: Any, group: str, codes: Any) -> Pairs:
    return tuple((str(code), label(language, group, code)) for code in codes)


@router.post("/statements/{statement_id:uuid}", name="manage.consultation.statement")
async def save_statement(
    request: Request, session: Writes, id_: UUID, statement_id: UUID, who: Who
) -> Response:
    """Mark a statement as read, translate it, show less of it, say what became of a need."""
    form = await read_form(request)
    now = datetime.now(UTC)
    translations = {code: form.get(f"translation.{code}") for code in LANGUAGES}
    try:
        levels = command_from(
            TightenStatement,
            {"attribution": form.get("attribution"), "sensitivity": form.get("sensitivity")},
        )
        review = command_from(
            ReviewStatement,
            {
                "is_reviewed": form.get("read") == "yes",
                "is_warning_seen": form.get("warning_seen") == "yes",
                "translations": {code: text for code, text in translations.items() if text.strip()},
            },
        )
        await refuse_overwriting(session, who, id_, statement_id, seen=form.get("seen"))
        await tighten_statement(session, who, id_, statement_id, levels, now=now)
        await review_statement(session, who, id_, statement_id, review, now=now)
        if status := form.get("status"):
            dated = command_from(DateNeedStatus, {"status_on": form.get("status_on")})
            is_new = await need_status(session, who, id_, statement_id) != status
            command = command_from(SetNeedStatus, {"status": status})
            await set_need_status(session, who, id_, statement_id, command, now=now)
            await date_need_status(session, who, id_, statement_id, dated, is_new=is_new, now=now)
    except (Invalid, Conflict) as error:
        found = Invalid([FieldError("read", error.message)]) if isinstance(error, Conflict) else error
        again = form.rejected(found, words_of(request))
        async with database_of(request).reading(who.scope) as reading:
            view = await _view(request, reading, who, id_, refused={str(statement_id): again})
        named = tuple((f"s{statement_id.hex}.{name}", text) for name, text in again.problems)
        view = replace(view, problems=named)
        code = 409 if isinstance(error, Conflict) else 422
        answer = page(request, "consultations/manage.html", view, status=code)
        raise ShowAgain(answer) from error
    return see_other(request, desk(request, id_, "statement", f"s{statement_id.hex}"))


@router.post("/review", name="manage.consultation.review")
async def review(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """The hub begins to read."""
    await take_into_review(session, who, id_, now=datetime.now(UTC))
    return see_other(request, desk(request, id_, "review"))


@router.post("/note", name="manage.consultation.note")
async def note(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """A note for the staff of the hub."""
    form = await read_form(request)
    try:
        command = command_from(WriteHubNote, {"note": form.get("note")})
        await write_hub_note(session, who, id_, command, now=datetime.now(UTC))
    except Invalid as error:
        again = form.rejected(error, words_of(request))
        async with database_of(request).reading(who.scope) as reading:
            view = await _view(request, reading, who, id_)
        view = replace(view, note=again, problems=tuple(again.problems))
        raise ShowAgain(page(request, "consultations/manage.html", view, status=422)) from error
    return see_other(request, desk(request, id_, "note", "hub-note"))


@router.post("/return", name="manage.consultation.return")
async def give_back(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """Give the consultation back to its city with a note on what to change."""
    form = await read_form(request)
    try:
        command = command_from(ReturnConsultation, {"note": form.get("return_note")})
        await return_consultation(session, who, id_, command, now=datetime.now(UTC))
    except Invalid as error:
        again = form.rejected(error, words_of(request))
        said = (
            again.errors.get("note", "")
            if form.get("return_note").strip()
            else words_of(request).gettext(NO_NOTE)
        )
        renamed = Form(again.values, {"return_note": said})
        async with database_of(request).reading(who.scope) as reading:
            view = await _view(request, reading, who, id_)
        view = replace(view, returned=renamed, problems=tuple(renamed.problems))
        raise ShowAgain(page(request, "consultations/manage.html", view, status=422)) from error
    return see_other(request, url_of(request, "consultations"))


@router.post("/archive", name="manage.consultation.archive")
async def archive(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """Close a consultation; nothing of it stays public."""
    await archive_consultation(session, who, id_, now=datetime.now(UTC))
    return see_other(request, desk(request, id_, "archived"))
