"""The words a consultation is told in: states, methods, scales, statuses."""

from enum import StrEnum


class ConsultationState(StrEnum):
    """How far a consultation is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Method(StrEnum):
    """How the consultation was held."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus group"
    ROUNDTABLE_IN_PERSON = "roundtable in person"
    ROUNDTABLE_ONLINE = "roundtable online"
    SURVEY = "survey"
    BILATERAL_CALL = "bilateral call"
    DOCUMENT_REVIEW = "document review"
    SITE_VISIT = "site visit"


class Discussed(StrEnum):
    """Whether a subject came up: "not discussed", "no" and "unknown" are three things."""

    YES = "yes"
    NO = "no"
    NOT_DISCUSSED = "not discussed"
    UNKNOWN = "unknown"


class Trend(StrEnum):
    """Which way a concern moves."""

    DOWN = "down"
    STABLE = "stable"
    UP = "up"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure the speaker is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Basis(StrEnum):
    """What a statement rests on."""

    PERCEPTION = "perception"
    INCIDENT_DATA = "incident data"
    STUDY = "study"


class ApproachStatus(StrEnum):
    """How far an existing approach has come."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class ScoredBy(StrEnum):
    """Who gave a score: a city's own view and a facilitator's are shown apart."""

    CITY = "city"
    FACILITATOR = "facilitator"
    ANALYST = "analyst"


class AssetKind(StrEnum):
    """What a city can build on."""

    STAFF = "staff"
    BUDGET = "budget"
    NETWORK = "network"
    PLAN = "plan"
    LAW_OR_MANDATE = "law or mandate"
    DATA = "data"
    VENUE = "venue"
    PARTNER = "partner"
    VOLUNTEERS = "volunteers"


class CapacityLevel(StrEnum):
    """Where a gap lies."""

    ENVIRONMENT = "environment"
    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


class Priority(StrEnum):
    """How pressing a need is to the city."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Channel(StrEnum):
    """How consent was given."""

    FORM = "form"
    WRITING = "writing"
    SPOKEN = "spoken"
    EMAIL = "e-mail"


class NeedStatus(StrEnum):
    """What became of a need."""

    RECEIVED = "received"
    BEING_LOOKED_AT = "being looked at"
    MATCHED = "matched"
    IN_SUPPORT = "in support"
    MET = "met"
    NOT_NOW = "not now"
