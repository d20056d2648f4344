"""One consultation: task list of a draft, receipt after it was sent, what is public for everybody else."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.core.actor import Actor
from app.core.db import ReadSession
from app.core.errors import FieldError, Invalid, NotFound
from app.core.messages import noop
from app.features.consultations.queries.published import public_consultation
from app.features.consultations.rules.completeness import all_missing
from app.features.consultations.rules.openness import Openness, openness_of
from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.consultations.service.intake import discard_draft, submit_consultation, withdraw_consent
from app.features.consultations.views.desk import DeskRecord
from app.features.consultations.views.forms import section_form
from app.features.consultations.views.public import PublicView, public_view
from app.features.consultations.views.reader import Reader
from app.features.consultations.views.summary import SectionSummary, summary_of
from app.routers.pages.consultations_parts import (
    CHECK_STEP,
    Heading,
    Step,
    heading,
    reader_of,
    record_and_reader,
    steps,
)
from app.web.deps import Reads, Who, Writes, database_of
from app.web.errors import ShowAgain
from app.web.forms import read_form, translated
from app.web.htmx import see_other
from app.web.render import page, url_of, words_of

router = APIRouter(prefix="/{lang:lang}/consultations/{id_:uuid}", include_in_schema=False)

NOT_CONFIRMED = noop("Confirm that you have checked the answers")
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class TasksView:
    """The task list of a draft."""

    head: Heading
    record: DeskRecord
    title: str
    steps: tuple[Step, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something missing, with the address of the field that can mend it."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """All answers before they are sent. `problems` are shown on top after a refused try.

    `openness` is how many statements others may come to read, and how many there are.
    """

    head: Heading
    sections: tuple[SectionSummary, ...]
    steps: tuple[Step, ...]
    count: int
    missing: tuple[Problem, ...]
    openness: Openness
    problems: tuple[Problem, ...] = ()
    is_confirmed: bool = False
    confirm_error: str | None = None


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in the receipt."""

    text: str
    concept: str | None
    status: str
    since: date | None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the city has in its hands after sending."""

    head: Heading
    record: DeskRecord
    title: str
    needs: tuple[NeedLine, ...]
    sections: tuple[SectionSummary, ...]
    can_withdraw: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class PublishedView:
    """What everybody may read."""

    head: Heading
    public: PublicView


@router.get("", name="consultation")
async def consultation(request: Request, session: Reads, id_: UUID, who: Who, sent: str = "") -> Response:
    """The consultation as far as the reader may know of it."""
    try:
        record, reader = await record_and_reader(request, session, who, id_)
    except NotFound:
        return await _published(request, session, id_)
    if record.is_draft and who.speaks_for(record.place_id):
        return _tasks(request, record, reader)
    return _receipt(request, record, reader, who, is_new=sent == "yes")


async def _published(request: Request, session: ReadSession, id_: UUID) -> Response:
    found = await public_consultation(session, id_)
    reader = await reader_of(request, session)
    head = Heading(
        id=found.id,
        title=None,
        reference=found.reference,
        place_id=found.place_id,
        place=reader.place(found.place_id),
        country=reader.country_of(found.place_id),
        is_illustration=found.is_illustration,
    )
    view = PublishedView(head, public_view(found, reader))
    return page(request, "consultations/public.html", view)


def _tasks(request: Request, record: DeskRecord, reader: Reader) -> Response:
    words = words_of(request)
    head = heading(record, reader)
    title = words.gettext("Consultation of %(city)s", city=head.place)
    view = TasksView(head, record, title, steps(request, record)[:-1], len(SECTIONS))
    return page(request, "consultations/tasks.html", view)


def _receipt(request: Request, record: DeskRecord, reader: Reader, who: Actor, *, is_new: bool) -> Response:
    words = words_of(request)
    head = heading(record, reader)
    needs = tuple(
        NeedLine(
            need.text,
            reader.vocabulary.label(need.concept, reader.language) if need.concept else None,
            need.need_status or "",
            need.need_status_on,
        )
        for need in record.needs
        if not record.is_draft
    )
    view = ReceiptView(
        head=head,
        record=record,
        title=words.gettext("Consultation of %(city)s", city=head.place),
        needs=needs,
        sections=tuple(summary_of(code, record.values[code], reader, unanswered=False) for code in SECTIONS),
        can_withdraw=(
            who.leads(record.place_id)
            and record.consent_given is True
            and record.consent_withdrawn_on is None
        ),
        is_new=is_new,
    )
    return page(request, "consultations/receipt.html", view)


@router.get("/check", name="consultation.check")
async def check(request: Request, session: Reads, id_: UUID, who: Who) -> Response:
    """All answers in words, what is still missing, and the button that sends them."""
    record, reader = await record_and_reader(request, session, who, id_)
    if not record.is_draft or not who.speaks_for(record.place_id):
        return see_other(request, url_of(request, "consultation", id_=id_))
    return page(request, "consultations/check.html", _check_view(request, record, reader))


def _check_view(request: Request, record: DeskRecord, reader: Reader) -> CheckView:
    return CheckView(
        head=heading(record, reader),
        sections=tuple(summary_of(code, record.values[code], reader) for code in SECTIONS),
        steps=steps(request, record, CHECK_STEP),
        count=len(SECTIONS) + 1,
        missing=_problems(request, record, reader, all_missing(record.answers)),
        openness=openness_of(record.answers),
    )


def _problems(
    request: Request, record: DeskRecord, reader: Reader, errors: list[FieldError]
) -> tuple[Problem, ...]:
    """Errors whose field names begin with their section, as links to the fields."""
    words = words_of(request)
    found: list[Problem] = []
    for code in SECTIONS:
        mine = [
            FieldError(error.field.partition(".")[2], error.message, error.params)
            for error in errors
            if error.field.partition(".")[0] == code
        ]
        if mine:
            href = url_of(request, "consultation.section", id_=record.id, section=code)
            form = section_form(code, record.values[code], translated(mine, words), reader)
            found += [Problem(f"{href}#{name.replace('.', '-')}", text) for name, text in form.problems]
    return tuple(found)


@router.post("/submit", name="consultation.submit")
async def submit(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """Send the consultation to the hub."""
    form = await read_form(request)
    try:
        if form.get(CONFIRMED) != "yes":
            raise Invalid([FieldError(CONFIRMED, NOT_CONFIRMED)])
        await submit_consultation(session, who, id_, now=datetime.now(UTC))
    except Invalid as error:
        async with database_of(request).reading(who.scope) as reading:
            answer = await _not_sent(request, reading, who, id_, error)
        raise ShowAgain(answer) from error
    return see_other(request, url_of(request, "consultation", id_=id_, query={"sent": "yes"}))


async def _not_sent(
    request: Request, session: ReadSession, who: Actor, id_: UUID, error: Invalid
) -> Response:
    record, reader = await record_and_reader(request, session, who, id_)
    if not who.speaks_for(record.place_id):
        raise NotFound()
    before = _check_view(request, record, reader)
    said = translated(error.errors, words_of(request)).get(CONFIRMED)
    problems = (Problem(f"#{CONFIRMED}", said),) if said and not before.missing else before.missing
    view = replace(before, problems=problems, is_confirmed=said is None, confirm_error=said)
    return page(request, "consultations/check.html", view, status=422)


@router.post("/discard", name="consultation.discard")
async def discard(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """Delete a draft that never reached the hub."""
    await discard_draft(session, who, id_)
    return see_other(request, url_of(request, "consultations", query={"said": "discarded"}))


@router.post("/withdraw", name="consultation.withdraw")
async def withdraw(request: Request, session: Writes, id_: UUID, who: Who) -> Response:
    """Take consent back."""
    await withdraw_consent(session, who, id_, now=datetime.now(UTC))
    return see_other(request, url_of(request, "consultation", id_=id_))
