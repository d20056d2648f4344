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

_TABLES: Mapping[str, type[Spoken]] = {
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
        _write_statements(consultation, section, answers)
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
            setattr(row, column_of(field), list(value) if isinstance(value, tuple) else value)


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


def _write_statements(consultation: Consultation, section: str, answers: Statements) -> None:
    """Rows are written over in place, so that a rank keeps its row.

    Other words are another statement: it was not read by the hub yet, and not translated.
    """
    consultation.discussed = {**consultation.discussed, section: answers.discussed}
    rows = cast("list[Spoken]", getattr(consultation, section))
    _resize(rows, _TABLES[section], len(answers.statements))
    for row, statement in zip(rows, answers.statements, strict=True):
        _write(row, statement, "text")
        if row.translations is None or row.text != (statement.text or ""):
            row.translations, row.reviewed_at = {}, None
        row.text, row.language = statement.text or "", consultation.language
        if isinstance(row, Need):
            row.rank, row.status = row.position + 1, row.status or NeedStatus.RECEIVED


def _resize(rows: Sequence[Any], table: Callable[..., PartOfConsultation], wanted: int) -> None:
    """Make a list of rows as long as needed."""
    kept = cast("list[Any]", rows)
    del kept[wanted:]
    for position in range(len(kept), wanted):
        kept.append(table(position=position))
