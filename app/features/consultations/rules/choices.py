"""Answers to choose from that exist in the questionnaire only (the others are columns of tables)."""

from enum import StrEnum


class WrittenIn(StrEnum):
    """The languages of Medina."""

    ARABIC = "ar"
    FRENCH = "fr"
    ENGLISH = "en"


class HowMany(StrEnum):
    """How a number of participants is meant, or that it is not known."""

    EXACT = "exact"
    AT_LEAST = "at least"
    ESTIMATE = "estimate"
    NOT_KNOWN = "not known"


class Sex(StrEnum):
    """Sex of a group of participants, as far as it was disclosed."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class Age(StrEnum):
    """Age of a group of participants."""

    UNDER_18 = "under 18"
    FROM_18 = "18-29"
    FROM_30 = "30-59"
    FROM_60 = "60 and over"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """In what role a group of participants took part."""

    ELECTED = "elected leader"
    OFFICIAL = "local official"
    NATIONAL = "national official"
    PRACTITIONER = "practitioner"
    COMMUNITY = "community leader"
    RELIGIOUS = "religious leader"
    RESEARCHER = "researcher"
    RESIDENT = "resident"
    OTHER = "other"
