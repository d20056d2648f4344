"""From answers to tables: writing one section of a consultation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.edtf import parse_date
from app.features.consultations.commands.answers import About, Participants, Section
from app.features.consultations.commands.statements import Statement, Statements
from app.features.consultations.queries.answers import column_of
from app.features.consultations.rules.choices import HowMany
from app.features.consultations.rules.levels import CONSENT_VERSION
from app.models.base import CountBasis
from app.models.consultation import (
    Approach,
    Asset,
    Concern,
    Consultation,
    Gap,
    Need,
    NeedStatus,
    Participant,
    PartOfConsultation,
    Spoken,
)

_TABLES: Mapping[str, Callable[..., Spoken]] = {
    "concerns": Concern,
    "approaches": Approach,
    "assets": Asset,
    "gaps": Gap,
    "needs": Need,
}


async def write_section(
    session: AsyncSession, consultation: Consultation, section: str, answers: Section
) -> None:
    """Put the answers of a section into a consultation whose part is loaded."""
    if isinstance(answers, About):
        await _write_about(session, consultation, answers)
    elif isinstance(answers, Participants):
        _write_participants(consultation, answers)
    elif isinstance(answers, Statements):
        await _write_statements(session, consultation, section, answers)
    elif section == "national":
        consultation.nlc = answers.model_dump(mode="json")
    else:
        _write(consultation, answers)
        consultation.consent_version = CONSENT_VERSION if consultation.consent_given is not None else None


def _write(row: object, answers: Section | Statement, *without: str) -> None:
    """Every answer into its column."""
    for field in type(answers).model_fields:
        if field not in without:
            value = getattr(answers, field)
            value = list(value) if isinstance(value, tuple) else value
            setattr(row, column_of(field), "" if field == "text" and value is None else value)


async def _write_about(session: AsyncSession, consultation: Consultation, answers: About) -> None:
    _write(consultation, answers, "previous", "language")
    held = parse_date(answers.held) if answers.held else None
    consultation.held_from = held.start if held else None
    consultation.held_until = held.end if held else None
    if answers.language is not None:
        consultation.language = answers.language.value
    earlier = select(Consultation).where(Consultation.reference == answers.previous)
    consultation.previous = await session.scalar(earlier) if answers.previous else None


def _write_participants(consultation: Consultation, answers: Participants) -> None:
    is_known = answers.basis is not None and answers.basis is not HowMany.NOT_KNOWN
    consultation.participants_unknown = answers.basis is HowMany.NOT_KNOWN
    consultation.participants_basis = CountBasis(str(answers.basis)) if is_known else None
    consultation.participants_total = answers.total
    consultation.participant_rows = [group.model_dump(mode="json") for group in answers.groups]
    consultation.who_was_missing = answers.who_was_missing
    consultation.missing_groups = list(answers.missing_groups)
    _resize(consultation.participants, Participant, len(answers.named))
    for row, named in zip(consultation.participants, answers.named, strict=True):
        row.office_title = named.office_title or ""
        row.person_name, row.organisation = named.person_name, named.organisation
        row.attribution = named.attribution


async def _write_statements(
    session: AsyncSession, consultation: Consultation, section: str, answers: Statements
) -> None:
    """A statement keeps its row, and with it what the hub has done about it, wherever it moves to.

    Changed in any way it was not read by the hub yet; with other words it is not translated either.
    """
    consultation.discussed = {**consultation.discussed, section: answers.discussed}
    rows = cast("list[Spoken]", getattr(consultation, section))
    kept = _rows_of(rows, [statement.text or "" for statement in answers.statements])
    await _park_ranks(session, rows, [row for row in kept if row is not None])
    table = _TABLES[section]
    rows[:] = [row or table(text="", translations={}) for row in kept]
    for position, (row, statement) in enumerate(zip(rows, answers.statements, strict=True)):
        before = _read(row, statement)
        _write(row, statement)
        if _read(row, statement) != before:
            row.reviewed_at = None
        if row.text != before["text"]:
            row.translations = {}
        row.position, row.language = position, consultation.language
        if isinstance(row, Need):
            row.rank, row.status = position + 1, row.status or NeedStatus.RECEIVED


def _rows_of(rows: Sequence[Spoken], texts: Sequence[str]) -> list[Spoken | None]:
    """The row of each text: the one with these words, else the one that stands in its place."""
    left = list(rows)
    found: list[Spoken | None] = []
    for text in texts:
        same = next((row for row in left if row.text == text), None)
        found.append(same)
        if same is not None:
            left.remove(same)
    in_place = {row.position: row for row in left}
    return [row or in_place.get(position) for position, row in enumerate(found)]


async def _park_ranks(session: AsyncSession, rows: list[Spoken], kept: Sequence[Spoken]) -> None:
    """Let needs change places: no two of them may have the same rank, not even for a moment."""
    if not rows or not isinstance(rows[0], Need) or rows[: len(kept)] == kept:
        return
    rows[:] = kept
    for need in cast("list[Need]", rows):
        need.rank = -need.rank
    await session.flush()


def _read(row: Spoken, statement: Statement) -> dict[str, Any]:
    """What is stored of the answers of a statement."""
    return {field: getattr(row, column_of(field)) for field in type(statement).model_fields}


def _resize(rows: Sequence[Any], table: Callable[..., PartOfConsultation], wanted: int) -> None:
    """Make a list of rows as long as needed."""
    kept = cast("list[Any]", rows)
    del kept[wanted:]
    for position in range(len(kept), wanted):
        kept.append(table(position=position))
