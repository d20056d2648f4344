"""Practices as readers see them, in one language."""

from app.features.practices.views.cards import Cost, PracticeCard, practice_card
from app.features.practices.views.records import (
    CountedOutput,
    OutcomeLine,
    PracticeRecord,
    practice_record,
)
from app.features.practices.views.related import RelatedPractice, related_practice

__all__ = [
    "Cost",
    "CountedOutput",
    "OutcomeLine",
    "PracticeCard",
    "PracticeRecord",
    "RelatedPractice",
    "practice_card",
    "practice_record",
    "related_practice",
]
