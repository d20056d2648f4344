"""The snapshot form of a practice, as an editor of the hub fills it in."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from app.core.messages import noop
from app.core.sensitivity import Sensitivity
from app.core.values import (
    Address,
    Code,
    Command,
    Edtf,
    Line,
    Needed,
    NeededEdtf,
    Prose,
    Texts,
    Texts100,
    Texts160,
    Tidy,
    Year,
    YesNo,
)
from app.models.practice import PartnerRole, PracticeKind, PracticePlaceRole, Scale, Stage, SupportKind

MOST_WORDS_OF_SUMMARY = 250
MOST_WORDS_OF_KEY_DATE = 6
MOST_KEY_DATES = 5
MOST_ROWS = 40

TOO_MANY_WORDS = noop("Write at most %(most)s words")

Codes = tuple[Annotated[str, StringConstraints(min_length=1, max_length=80)], ...]
LanguageTag = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")] | None, Tidy
]


def _words(most: int) -> AfterValidator:
    def check(text: Any) -> Any:
        if text is not None and len(text.split()) > most:
            raise ValueError(TOO_MANY_WORDS, {"most": most})
        return text

    return AfterValidator(check)


_Summary = Annotated[Prose, _words(MOST_WORDS_OF_SUMMARY)]


class Summaries(Texts):
    """Summaries: at most 250 words in each language."""

    ar: _Summary = None
    fr: _Summary = None
    en: _Summary = None


class PracticeTexts(Command):
    """The texts of the snapshot form."""

    title: Texts100 = Texts100()
    one_line: Texts160 = Texts160()
    summary: Summaries = Summaries()
    activities: Texts = Texts()


class PlaceRow(Command):
    """A place and its role."""

    place_id: Needed
    role: PracticePlaceRole = PracticePlaceRole.HOME


class PartnerRow(Command):
    """An organisation beside the lead."""

    name: Needed
    role: PartnerRole = PartnerRole.PARTNER
    support_kind: SupportKind | None = None


class KeyDateRow(Command):
    """A date that mattered, in a few words."""

    date: NeededEdtf
    label: Annotated[Needed, _words(MOST_WORDS_OF_KEY_DATE)]


class TargetGroupRow(Command):
    """A target group, narrowed by age and sex where the practice does."""

    code: Needed
    age_band: Line = None
    sex_focus: Line = None


class SourceRow(Command):
    """A document, and what it supports."""

    title: Needed
    url: Address = None
    publisher: Line = None
    year: Year = None
    supports: Prose = None


class SavePractice(Command):
    """Fields 1-18, 23, 41 and 42; everything else of the record stays as it is."""

    texts: PracticeTexts = PracticeTexts()
    original_language: LanguageTag = None
    kind: PracticeKind | None = None
    stage: Stage = Stage.UNKNOWN
    scale: Scale | None = None
    start: Edtf = None
    end: Edtf = None
    key_dates: Annotated[tuple[KeyDateRow, ...], Field(max_length=MOST_KEY_DATES)] = ()
    places: Annotated[tuple[PlaceRow, ...], Field(max_length=MOST_ROWS)] = ()
    lead_organisation: Line = None
    partners: Annotated[tuple[PartnerRow, ...], Field(max_length=MOST_ROWS)] = ()
    contact: Line = None
    contact_sensitivity: Sensitivity = Sensitivity.HUB
    themes: Codes = ()
    threats: Codes = ()
    needs: Codes = ()
    target_groups: Annotated[tuple[TargetGroupRow, ...], Field(max_length=MOST_ROWS)] = ()
    prevention_levels: Codes = ()
    interventions: Codes = ()
    provenance: Annotated[tuple[SourceRow, ...], Field(max_length=MOST_ROWS)] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    licence: Code = None
    consent_to_publish: YesNo = None
    hub_note: Prose = None
