"""The questionnaire: every question once, for form, check, receipt and comparison of versions."""

from collections.abc import Mapping

from app.features.consultations.rules.questionnaire.about import ABOUT, PARTICIPANTS
from app.features.consultations.rules.questionnaire.closing import NATIONAL, PRIVACY
from app.features.consultations.rules.questionnaire.questions import (
    Grid,
    Kind,
    Question,
    Rows,
    SectionOf,
    Source,
    questions_in,
    rows_in,
)
from app.features.consultations.rules.questionnaire.statements import (
    APPROACHES,
    ASSETS,
    CONCERNS,
    GAPS,
    NEEDS,
)

SECTIONS: Mapping[str, SectionOf] = {
    section.code: section
    for section in (ABOUT, PARTICIPANTS, CONCERNS, APPROACHES, ASSETS, GAPS, NEEDS, NATIONAL, PRIVACY)
}
"""All sections in the order in which they are asked."""

MANY_NAMES = frozenset(
    question.name
    for section in SECTIONS.values()
    for parts in (section.parts, *(rows.parts for rows in rows_in(section.parts)))
    for question in questions_in(parts)
    if question.kind is Kind.MANY
)
"""The names of questions with several answers."""

STATEMENT_SECTIONS = ("concerns", "approaches", "assets", "gaps", "needs")

__all__ = [
    "MANY_NAMES",
    "SECTIONS",
    "STATEMENT_SECTIONS",
    "Grid",
    "Kind",
    "Question",
    "Rows",
    "SectionOf",
    "Source",
]
