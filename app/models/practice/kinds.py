"""The lists of words that describe a practice."""

from enum import StrEnum


class Origin(StrEnum):
    """Where a record comes from; imported ones may be published with gaps."""

    WRITTEN_HERE = "written here"
    DESK_RESEARCH = "desk research"


class PracticeKind(StrEnum):
    """What sort of thing a practice is."""

    PROGRAMME = "programme"
    STRUCTURE = "structure"
    POLICY_OR_PLAN = "policy/plan"
    TOOL = "tool"
    EVENT_SERIES = "event series"
    SERVICE = "service"


class Stage(StrEnum):
    """How far a practice has come in real life."""

    PLANNED = "planned"
    PILOT = "pilot"
    RUNNING = "running"
    ENDED = "ended"
    PAUSED = "paused"
    ABSORBED = "absorbed"
    UNKNOWN = "unknown"


class Scale(StrEnum):
    """How large an area a practice covers."""

    NEIGHBOURHOOD = "neighbourhood"
    CITY = "city"
    INTER_CITY = "inter-city"
    GOVERNORATE = "governorate"
    NATIONAL = "national"


class PracticePlaceRole(StrEnum):
    """Why a practice names a place."""

    HOME = "home"
    REPLICATED = "replicated"
    VENUE = "venue"


class PartnerRole(StrEnum):
    """Why a practice names an organisation beside the lead."""

    PARTNER = "partner"
    FUNDER = "funder"


class SupportKind(StrEnum):
    """What a partner brings."""

    ADMINISTRATIVE = "administrative"
    FINANCIAL = "financial"
    POLITICAL = "political"
    TECHNICAL = "technical"


class Effect(StrEnum):
    """Direction of one outcome; an axis of its own beside the strength of evidence."""

    POSITIVE = "positive"
    MIXED = "mixed"
    NONE_FOUND = "none found"
    HARM_FOUND = "harm found"
    NOT_ASSESSED = "not assessed"


class RightsAnswer(StrEnum):
    """Answer to one of the fourteen questions of the rights review."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not applicable"
