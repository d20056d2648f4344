"""What is missing or does not fit together before a section, or the whole, counts as completed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.core.edtf import parse_date
from app.core.errors import FieldError
from app.core.messages import noop
from app.features.consultations.rules.choices import HowMany
from app.features.consultations.rules.questionnaire import SECTIONS
from app.features.consultations.rules.questionnaire.questions import Question, questions_in, rows_in
from app.models.base import Attribution
from app.models.consultation import Discussed

NO_NUMBER = noop("Give the number of participants, or choose that you do not know it")
NUMBER_TOO_MUCH = noop("Remove the number, or choose how well you know it")
NOTHING_SAID = noop("Add at least one, or change the answer above")
SAID_ALL_THE_SAME = noop("You wrote some below: choose yes, or remove them")
NO_OFFICE = noop("Give the office of the speaker, or choose a level that does not show it")
NO_NAME = noop("Give the name of the speaker, or choose a level that does not show it")
NO_CONSENT_LANGUAGE = noop("Choose the language in which they were asked")
NO_CONSENT_DAY = noop("Give the day on which they consented")
NO_CONSENT_CHANNEL = noop("Choose how they consented")
NOT_YET = noop("This date is in the future")

_CONSENT = (
    ("consent_language", NO_CONSENT_LANGUAGE),
    ("consent_on", NO_CONSENT_DAY),
    ("consent_channel", NO_CONSENT_CHANNEL),
)
_WITH_OFFICE = (Attribution.ROLE, Attribution.NAMED)
_PAST = {"about": ("held",), "national": ("last_contact",), "privacy": ("consent_on", "returned_on")}


def missing_answers(section: str, answers: Mapping[str, Any]) -> list[FieldError]:
    """What a section still needs."""
    parts = SECTIONS[section].parts
    errors = _unanswered(questions_in(parts), answers)
    for rows in rows_in(parts):
        for position, row in enumerate(answers[rows.name]):
            errors += _unanswered(questions_in(rows.parts), row, f"{rows.name}.{position}.")
    if section == "participants":
        errors += _participants(answers)
    elif section == "privacy" and answers["consent_given"]:
        errors += [FieldError(name, message) for name, message in _CONSENT if answers[name] is None]
    elif SECTIONS[section].has_statements:
        errors += _statements(answers)
    return errors


def all_missing(answers: Mapping[str, Mapping[str, Any]]) -> list[FieldError]:
    """What the whole consultation still needs; field names begin with their section."""
    return [
        FieldError(f"{section}.{error.field}", error.message, error.params)
        for section in SECTIONS
        for error in missing_answers(section, answers[section])
    ]


EASTERNMOST = timedelta(hours=14)


def today_anywhere(now: datetime) -> date:
    """The latest day that it is anywhere at a moment: what a city calls today is not in the future."""
    return (now + EASTERNMOST).date()


def not_yet(section: str, answers: Mapping[str, Any], today: date) -> list[FieldError]:
    """Dates that say something has happened but lie in the future."""
    return [
        FieldError(name, NOT_YET) for name in _PAST.get(section, ()) if _begins_after(answers[name], today)
    ]


def _begins_after(value: str | date | None, today: date) -> bool:
    if value is None:
        return False
    start = value if isinstance(value, date) else parse_date(value).start
    return start is not None and start > today


def _unanswered(questions: list[Question], answers: Mapping[str, Any], prefix: str = "") -> list[FieldError]:
    return [
        FieldError(f"{prefix}{question.name}", question.missing)
        for question in questions
        if question.missing and answers[question.name] is None
    ]


def _participants(answers: Mapping[str, Any]) -> list[FieldError]:
    """A number, or the answer that it is not known; never both, never worked out from the groups."""
    is_unknown = answers["basis"] == HowMany.NOT_KNOWN
    if is_unknown and answers["total"] is not None:
        return [FieldError("total", NUMBER_TOO_MUCH)]
    if answers["basis"] is not None and not is_unknown and answers["total"] is None:
        return [FieldError("total", NO_NUMBER)]
    return []


def _statements(answers: Mapping[str, Any]) -> list[FieldError]:
    """Statements and the answer to "was it discussed" agree; levels that show a speaker have one."""
    errors: list[FieldError] = []
    statements = answers["statements"]
    if answers["discussed"] == Discussed.YES and not statements:
        errors.append(FieldError("statements", NOTHING_SAID))
    if statements and answers["discussed"] not in (None, Discussed.YES):
        errors.append(FieldError("discussed", SAID_ALL_THE_SAME))
    for position, statement in enumerate(statements):
        if statement["attribution"] in _WITH_OFFICE and statement["office_title"] is None:
            errors.append(FieldError(f"statements.{position}.office_title", NO_OFFICE))
        if statement["attribution"] == Attribution.NAMED and statement["person_name"] is None:
            errors.append(FieldError(f"statements.{position}.person_name", NO_NAME))
    return errors
