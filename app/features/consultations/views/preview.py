"""What publishing a consultation would show, and what would stay inside."""

from dataclasses import dataclass
from enum import StrEnum

from app.features.consultations.views.listed import PublicStatement


class Reason(StrEnum):
    """Why a statement would not be public."""

    NO_CONSENT = "no consent"
    NOT_READ = "not read"
    LEVELS = "levels"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement that stays inside."""

    section: str
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole of what would be public, and the rest."""

    has_consent: bool
    shown: tuple[PublicStatement, ...]
    withheld: tuple[Withheld, ...]
