"""The published copy of a statement: an allow-list per level, nothing else leaves the hub."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.languages import MultiText, Translation
from app.features.publication.commands import Publish
from app.features.publication.rules import Visibility, effective_visibility
from app.models.consultation import Approach, Concern, Consultation, Need, Spoken

KIND = "consultation_statement"

KIND_OF_SECTION: Mapping[str, str] = {
    "concerns": "concern",
    "approaches": "approach",
    "assets": "asset",
    "gaps": "gap",
    "needs": "need",
}


def visibility_of(consultation: Consultation, statement: Spoken) -> Visibility:
    """What the public may learn of a statement: hidden without consent or before a person has read it.

    The consultation's own levels are a ceiling over those of the statement.
    """
    is_consented = consultation.consent_given and consultation.consent_withdrawn_on is None
    if not is_consented or statement.reviewed_at is None:
        return Visibility.HIDDEN
    if consultation.sensitivity is None or consultation.attribution is None:
        return Visibility.HIDDEN
    return min(
        effective_visibility(consultation.sensitivity, consultation.attribution),
        effective_visibility(statement.sensitivity, statement.attribution),
    )


def slug_of(statement: Spoken) -> str:
    """The slug of the published copy."""
    return statement.id.hex


def text_of(statement: Spoken) -> MultiText:
    """The words in the language they were written in, and their translations."""
    texts = {statement.language: (statement.text, Translation.ORIGINAL)}
    for language, text in statement.translations.items():
        texts.setdefault(language, (text, Translation.HUMAN))
    return MultiText(statement.language, texts)


def publication_of(
    section: str, statement: Spoken, consultation: Consultation, country: str
) -> Publish | None:
    """The command that publishes a statement; None when the city is not to be named (below A3)."""
    visibility = visibility_of(consultation, statement)
    if visibility < Visibility.CITY:
        return None
    kind = KIND_OF_SECTION[section]
    concept = statement.concept_code if isinstance(statement, Concern | Approach | Need) else None
    card: dict[str, Any] = {
        "kind": kind,
        "concept": concept,
        "text": text_of(statement).dump(),
        "place_id": consultation.place_id,
        "country": country,
        "held": _held(consultation, visibility),
        "attribution": visibility.name.lower(),
        "office_title": statement.office_title if visibility >= Visibility.ROLE else None,
        "person_name": statement.person_name if visibility >= Visibility.NAMED else None,
        "priority": None,
        "rank": None,
        "status": None,
    }
    if isinstance(statement, Need):
        card["priority"] = str(statement.priority) if statement.priority else None
        card["rank"], card["status"] = statement.rank, str(statement.status)
    return Publish(
        kind=KIND,
        slug=slug_of(statement),
        card=card,
        document=card,
        facets={
            "statement": (kind,),
            "concept": (concept,) if concept else (),
            "country": (country,),
            "city": (consultation.place_id,),
        },
        places=((consultation.place_id, "home"),),
        starts_on=date(year, 1, 1) if (year := _year(consultation)) else None,
        is_illustration=consultation.is_illustration,
    )


def _held(consultation: Consultation, visibility: Visibility) -> str | None:
    """The date of the consultation: the year only, unless the speaker is named.

    A day together with a city and an office would name the speaker.
    """
    year = _year(consultation)
    if visibility >= Visibility.NAMED or year is None:
        return consultation.held_edtf
    return str(year)


def _year(consultation: Consultation) -> int | None:
    held = consultation.held_from or consultation.held_until
    return held.year if held else None
