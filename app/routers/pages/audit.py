"""The auditor's page: who saw or changed what, between two days; and the same as a table to keep."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response

from app.core.db import ReadSession
from app.core.errors import Invalid
from app.core.languages import Language
from app.core.messages import noop
from app.core.scope import SYSTEM
from app.features.audit.commands import PARAMETERS, AuditFilter
from app.features.audit.queries import list_entries
from app.features.audit.views import AuditLine, AuditList
from app.features.consultations.queries.lists import id_of_reference
from app.web.deps import Lang, Reads, database_of
from app.web.forms import Form, command_from
from app.web.i18n import Translator
from app.web.labels import LABELS, label
from app.web.render import page, url_of, words_of
from app.web.spreadsheet import Value, csv_response

router = APIRouter(prefix="/{lang:lang}", include_in_schema=False)

PAGE = 50
MOST_IN_A_FILE = 50_000

COLUMNS = (
    noop("Entry"),
    noop("When (UTC)"),
    noop("Who"),
    noop("What happened"),
    noop("Kind of record"),
    noop("Record"),
    noop("How it ended"),
    noop("Address"),
    noop("Request"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in the reader's words; what has no word keeps its code."""

    sequence: int
    happened_at: datetime
    actor: str
    event: str
    kind: str
    record: str
    outcome: str
    route: str
    request_id: str


@dataclass(frozen=True, slots=True)
class AuditView:
    """The form as it was filled in, and what it finds. `csv` is empty where there is nothing to keep."""

    form: Form
    kinds: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    lines: tuple[Told, ...]
    is_filtered: bool
    newest: str
    older: str
    csv: str
    most: int


@router.get("/audit", name="audit")
async def audit(request: Request, session: Reads, lang: Lang) -> Response:
    """The newest entries that fit; with a mistake in the form no entries, so that none is overlooked."""
    form = _typed(request)
    try:
        wanted = _read(form)
    except Invalid as error:
        refused = _view(request, lang, form.rejected(error, words_of(request)), AuditFilter(), None)
        return page(request, "audit/list.html", refused, status=422)
    found = await _find(request, session, wanted, PAGE)
    return page(request, "audit/list.html", _view(request, lang, form, wanted, found))


@router.get("/audit.csv", name="audit.csv")
async def audit_csv(request: Request, session: Reads, lang: Lang) -> Response:
    """The newest entries that fit, as a table. Raises `Invalid` for a filter that is not understood."""
    wanted = _read(_typed(request)).model_copy(update={"before": None})
    found = await _find(request, session, wanted, MOST_IN_A_FILE)
    words = words_of(request)
    rows: list[list[Value]] = [
        [
            told.sequence,
            told.happened_at.isoformat(timespec="seconds"),
            told.actor,
            told.event,
            told.kind,
            told.record,
            told.outcome,
            told.route,
            told.request_id,
        ]
        for told in (_told(line, lang, words) for line in found.lines)
    ]
    answer = csv_response([[words.gettext(title) for title in COLUMNS], *rows], f"medina-audit-{lang}.csv")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _typed(request: Request) -> Form:
    return Form({name: request.query_params.getlist(name) for name in PARAMETERS})


def _read(form: Form) -> AuditFilter:
    return command_from(AuditFilter, {name: form.get(name) for name in PARAMETERS})


async def _find(request: Request, session: ReadSession, wanted: AuditFilter, size: int) -> AuditList:
    """People know consultations by their reference number; the log by their id.

    The auditor may read no consultation, so Medina itself looks the number up.
    """
    same_as: list[str] = []
    if wanted.record and wanted.kind in (None, "consultation"):
        async with database_of(request).reading(SYSTEM) as system:
            id_ = await id_of_reference(system, wanted.record)
        same_as = [str(id_)] if id_ else []
    return await list_entries(session, wanted, size=size, same_as=same_as)


def _view(
    request: Request, lang: Language, form: Form, wanted: AuditFilter, found: AuditList | None
) -> AuditView:
    words = words_of(request)
    lines = found.lines if found else ()
    older = found.older if found else None
    return AuditView(
        form=form,
        kinds=_options(lang, "audit-kind", wanted.kind),
        events=_options(lang, "audit-event"),
        lines=tuple(_told(line, lang, words) for line in lines),
        is_filtered=not wanted.is_empty,
        newest=url_of(request, "audit", query=wanted.query(before=None)) if wanted.before else "",
        older=url_of(request, "audit", query=wanted.query(before=older)) if older else "",
        csv=url_of(request, "audit.csv", query=wanted.query(before=None)) if lines else "",
        most=MOST_IN_A_FILE,
    )


def _options(lang: Language, group: str, chosen: str | None = None) -> tuple[tuple[str, str], ...]:
    """All codes of a list, and the one chosen, so that the form never hides a filter that acts."""
    codes = dict.fromkeys([*LABELS[group], *([chosen] if chosen else [])])
    return tuple((code, _word(lang, group, code)) for code in codes)


def _told(line: AuditLine, lang: Language, words: Translator) -> Told:
    kind, _, pseudonym = line.actor.partition(":")
    is_token = kind == "token" and bool(pseudonym)
    return Told(
        sequence=line.sequence,
        happened_at=line.happened_at,
        actor=words.gettext("Token of %(name)s", name=pseudonym)
        if is_token
        else _word(lang, "audit-actor", line.actor),
        event=_word(lang, "audit-event", line.event),
        kind=_word(lang, "audit-kind", line.object_kind),
        record=line.object_id,
        outcome=_word(lang, "audit-outcome", line.outcome),
        route=line.route,
        request_id=line.request_id,
    )


def _word(lang: Language, group: str, code: str) -> str:
    """The word for a code; one that somebody wrote into the database by hand is shown as it is."""
    return label(lang, group, code) if code in LABELS[group] else code
