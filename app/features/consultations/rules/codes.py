"""Whether the codes in answers are ones that can be chosen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core.errors import FieldError
from app.core.messages import noop
from app.features.consultations.rules.questionnaire import SECTIONS, Grid, Kind, Question, Source
from app.features.consultations.rules.questionnaire.questions import questions_in, rows_in

UNKNOWN_CODE = noop("“%(code)s” cannot be chosen here")
MOST_NAMED = 60

Allowed = Mapping[tuple[Source, str], frozenset[str]]
"""What can be chosen, by source and name of the list."""


def codes_used(section: str, answers: Mapping[str, Any]) -> Iterator[tuple[str, Question, str]]:
    """Every code in the answers with its field name and its question."""
    parts = SECTIONS[section].parts
    yield from _of(questions_in(parts), answers, "")
    for rows in rows_in(parts):
        for position, row in enumerate(answers[rows.name]):
            yield from _of(questions_in(rows.parts), row, f"{rows.name}.{position}.")


def _of(
    questions: Iterable[Question], answers: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, Question, str]]:
    for question in questions:
        answer = answers[question.name]
        if question.source is None or answer is None:
            continue
        if question.kind is Kind.MANY:
            for position, code in enumerate(answer):
                yield f"{prefix}{question.name}.{position}", question, code
        elif question.source is not Source.WORDS:
            yield f"{prefix}{question.name}", question, answer


def needs_lists(section: str, answers: Mapping[str, Any]) -> bool:
    """Whether an answer was chosen from a list that the database holds."""
    grids = (part for part in SECTIONS[section].parts if isinstance(part, Grid))
    return any(answers[grid.name] for grid in grids) or any(
        question.source not in (None, Source.WORDS) for _, question, _ in codes_used(section, answers)
    )


def unknown_codes(section: str, answers: Mapping[str, Any], allowed: Allowed) -> list[FieldError]:
    """One error per code that cannot be chosen. Our own single answers are checked by their type."""
    errors = [
        _unknown(field, code, known)
        for field, question, code in codes_used(section, answers)
        if code not in (known := _allowed(question, allowed))
    ]
    for grid in SECTIONS[section].parts:
        if isinstance(grid, Grid) and answers[grid.name]:
            known = allowed[Source.CONCEPTS, grid.scheme]
            errors += [
                _unknown(f"{grid.name}.{key}", key, known) for key in answers[grid.name] if key not in known
            ]
    return errors


def _allowed(question: Question, allowed: Allowed) -> frozenset[str]:
    if question.source is Source.WORDS or question.source is None:
        return frozenset(question.codes)
    return allowed[question.source, question.of]


def _unknown(field: str, code: str, known: frozenset[str]) -> FieldError:
    return FieldError(
        field, UNKNOWN_CODE, {"code": code}, tuple(sorted(known)) if len(known) <= MOST_NAMED else ()
    )
