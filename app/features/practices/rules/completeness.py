"""What a practice needs before readers may see it.

Records written in Medina answer every question of the snapshot form that must be answered; imported
ones may be published with gaps, each shown as "not reported". No gap is ever filled to pass.
"""

from collections.abc import Mapping
from typing import Any

from app.core.errors import FieldError
from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.features.practices.rules.criteria import RIGHTS_QUESTIONS
from app.models.practice import Origin, Practice, RightsAnswer, Stage

NEEDED = (
    "original_language",
    "kind",
    "stage",
    "scale",
    "start",
    "places",
    "lead_organisation",
    "contact",
    "themes",
    "threats",
    "needs",
    "target_groups",
    "prevention_levels",
    "interventions",
    "provenance",
    "licence",
    "consent_to_publish",
)
"""Fields that must be answered, beside the texts."""

NEEDED_TEXTS = ("title", "one_line", "summary", "activities")
_HOLDING_QUESTIONS = RIGHTS_QUESTIONS[:6]

ANSWER_FIRST = noop("Answer this before the practice is published")
NO_CONSENT = noop("Consent to publish was refused, so readers may not see this practice")
NOT_PUBLIC = noop("Only a practice that is open to the public can be published")
RIGHTS_FIRST = noop("The rights review found a point that must be settled before publishing")


def obstacles(practice: Practice, answers: Mapping[str, Any]) -> list[FieldError]:
    """What keeps a practice from being published, by field of the form."""
    errors: list[FieldError] = []
    source = practice.source_language
    if practice.origin is Origin.WRITTEN_HERE:
        texts = answers["texts"]
        errors += [
            FieldError(f"texts.{field}.{source}", ANSWER_FIRST)
            for field in NEEDED_TEXTS
            if not texts[field].get(source)
        ]
        errors += [
            FieldError(field, ANSWER_FIRST)
            for field in NEEDED
            if answers[field] in (None, [], "", Stage.UNKNOWN)
        ]
    if practice.consent_to_publish is False:
        errors.append(FieldError("consent_to_publish", NO_CONSENT))
    if practice.sensitivity is not Sensitivity.PUBLIC:
        errors.append(FieldError("sensitivity", NOT_PUBLIC))
    if any(a.question in _HOLDING_QUESTIONS and a.answer is RightsAnswer.NO for a in practice.rights_answers):
        errors.append(FieldError("form", RIGHTS_FIRST))
    return errors
