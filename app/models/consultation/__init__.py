"""Consultations: what a city worries about, does, has, lacks and needs, as typed statements."""

from app.models.consultation.consent import Consent
from app.models.consultation.kinds import (
    ApproachStatus,
    AssetKind,
    Basis,
    CapacityLevel,
    Channel,
    Confidence,
    ConsultationState,
    Discussed,
    Method,
    NeedStatus,
    Priority,
    ScoredBy,
    Trend,
)
from app.models.consultation.record import Consultation
from app.models.consultation.requests import ReferenceCounter, StoredAnswer
from app.models.consultation.statements import (
    Approach,
    Asset,
    Concern,
    Gap,
    Need,
    Participant,
    PartOfConsultation,
    Spoken,
)

__all__ = [
    "Approach",
    "ApproachStatus",
    "Asset",
    "AssetKind",
    "Basis",
    "CapacityLevel",
    "Channel",
    "Concern",
    "Confidence",
    "Consent",
    "Consultation",
    "ConsultationState",
    "Discussed",
    "Gap",
    "Method",
    "Need",
    "NeedStatus",
    "PartOfConsultation",
    "Participant",
    "Priority",
    "ReferenceCounter",
    "ScoredBy",
    "Spoken",
    "StoredAnswer",
    "Trend",
]
