"""Good practices as the hub edits them: the 44 fields of the merged field list."""

from app.models.practice.correction import CorrectionSuggestion
from app.models.practice.kinds import (
    Effect,
    Origin,
    PartnerRole,
    PracticeKind,
    PracticePlaceRole,
    RightsAnswer,
    Scale,
    Stage,
    SupportKind,
)
from app.models.practice.parts import (
    PracticeConcept,
    PracticeEvaluation,
    PracticeOutcome,
    PracticeOutput,
    PracticePartner,
    PracticePlace,
    PracticeReview,
    PracticeRightsAnswer,
    PracticeSource,
    PracticeText,
    PracticeTransferScore,
)
from app.models.practice.record import Practice

__all__ = [
    "CorrectionSuggestion",
    "Effect",
    "Origin",
    "PartnerRole",
    "Practice",
    "PracticeConcept",
    "PracticeEvaluation",
    "PracticeKind",
    "PracticeOutcome",
    "PracticeOutput",
    "PracticePartner",
    "PracticePlace",
    "PracticePlaceRole",
    "PracticeReview",
    "PracticeRightsAnswer",
    "PracticeSource",
    "PracticeText",
    "PracticeTransferScore",
    "RightsAnswer",
    "Scale",
    "Stage",
    "SupportKind",
]
