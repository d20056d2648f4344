"""From tables to answers: a stored consultation as the commands that would write it."""

from collections.abc import Callable, Mapping
from typing import Any

from app.features.consultations.commands.answers import (
    SECTION_KINDS,
    About,
    Answers,
    National,
    Participants,
    Privacy,
    Section,
)
from app.features.consultations.commands.statements import (
    ApproachStatement,
    AssetStatement,
    ConcernStatement,
    GapStatement,
    NeedStatement,
    Statement,
)
from app.features.consultations.rules.choices import HowMany
from app.models.consultation import Consultation, Participant, Spoken

STATEMENT_KINDS: Mapping[str, type[Statement]] = {
    "concerns": ConcernStatement,
    "approaches": ApproachStatement,
    "assets": AssetStatement,
    "gaps": GapStatement,
    "needs": NeedStatement,
}

_COLUMNS = {
    "held": "held_edtf",
    "since": "since_edtf",
    "urgency": "urgency_edtf",
    "concept": "concept_code",
    "modality": "modality_code",
    "practice": "practice_slug",
    "event": "event_slug",
    "other_places": "other_place_ids",
}


def column_of(field: str) -> str:
    """The column in which an answer is kept: mostly of the same name."""
    return _COLUMNS.get(field, field)


def answers_of(consultation: Consultation) -> Answers:
    """All answers of a consultation whose parts are loaded."""
    return Answers.model_validate({section: section_of(consultation, section) for section in SECTION_KINDS})


def section_of(consultation: Consultation, section: str) -> Section:
    """The answers of one section, whose part is loaded."""
    if section in STATEMENT_KINDS:
        return SECTION_KINDS[section].model_validate(
            {
                "discussed": consultation.discussed.get(section),
                "statements": [_statement(section, row) for row in getattr(consultation, section)],
            }
        )
    return _READERS[section](consultation)


def _read(row: object, fields: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {field: getattr(row, column_of(field)) for field in fields if field not in without}


def _statement(section: str, row: Spoken) -> dict[str, Any]:
    return _read(row, STATEMENT_KINDS[section].model_fields)


def _about(consultation: Consultation) -> About:
    values = _read(consultation, About.model_fields, "previous")
    values["previous"] = consultation.previous.reference if consultation.previous else None
    return About.model_validate(values)


def _participants(consultation: Consultation) -> Participants:
    basis = HowMany.NOT_KNOWN if consultation.participants_unknown else consultation.participants_basis
    return Participants.model_validate(
        {
            "basis": basis,
            "total": consultation.participants_total,
            "groups": consultation.participant_rows,
            "named": [_named(row) for row in consultation.participants],
            "who_was_missing": consultation.who_was_missing,
            "missing_groups": consultation.missing_groups,
        }
    )


def _named(row: Participant) -> dict[str, Any]:
    return {
        "office_title": row.office_title,
        "person_name": row.person_name,
        "organisation": row.organisation,
        "attribution": row.attribution,
    }


def _national(consultation: Consultation) -> National:
    return National.model_validate(consultation.nlc)


def _privacy(consultation: Consultation) -> Privacy:
    return Privacy.model_validate(_read(consultation, Privacy.model_fields))


_READERS: Mapping[str, Callable[[Consultation], Section]] = {
    "about": _about,
    "participants": _participants,
    "national": _national,
    "privacy": _privacy,
}
