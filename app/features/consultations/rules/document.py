"""The published copies: an allow-list per level, nothing else leaves the hub.

A consultation is published as one record of kind `consultation`, and each of its statements that may be
seen as a record of its own kind (`need`, `concern`, …), so that home, city and comparison can list them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.core.languages import MultiText, Translation
from app.core.sensitivity import Sensitivity
from app.features.publication.commands import Publish
from app.features.publication.rules import AUDIENCE, Visibility, copied_visibility, strictest
from app.models.consultation import Approach, Concern, Consultation, Need, Spoken

KIND = "consultation"

KIND_OF_SECTION: Mapping[str, str] = {
    "concerns": "concern",
    "approaches": "approach",
    "assets": "asset",
    "gaps": "gap",
    "needs": "need",
}
STATEMENT_KINDS = tuple(KIND_OF_SECTION.values())

_FACET: Mapping[str, str] = {"concern": "threat", "approach": "intervention", "need": "need"}
"""The facet that a statement's concept is a code of, as in the library."""


def visibility_of(consultation: Consultation, statement: Spoken) -> Visibility:
    """How much a copy of a statement says: nothing without consent or before a person has read it.

    The consultation's own levels are a ceiling over those of the statement.
    """
    is_consented = consultation.consent_given and consultation.consent_withdrawn_on is None
    if not is_consented or statement.reviewed_at is None:
        return Visibility.HIDDEN
    if consultation.sensitivity is None or consultation.attribution is None:
        return Visibility.HIDDEN
    return min(
        copied_visibility(consultation.sensitivity, consultation.attribution),
        copied_visibility(statement.sensitivity, statement.attribution),
    )


def audience_of(consultation: Consultation, statement: Spoken) -> Sensitivity:
    """Who may read the copy of a statement: the stricter of its own sensitivity and the consultation's."""
    return strictest(consultation.sensitivity or Sensitivity.HUB, statement.sensitivity)


def slug_of(statement: Spoken) -> str:
    """The slug of the published copy of a statement."""
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
    audience = audience_of(consultation, statement)
    if visibility < Visibility.CITY or audience is Sensitivity.HUB:
        return None
    kind = KIND_OF_SECTION[section]
    concept = statement.concept_code if isinstance(statement, Concern | Approach | Need) else None
    card: dict[str, Any] = {
        "id": slug_of(statement),
        "kind": kind,
        "concept": concept,
        "text": text_of(statement).dump(),
        "place_id": consultation.place_id,
        "country": country,
        "consultation": str(consultation.id),
        "year": _year(consultation),
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
    codes = (concept,) if concept else ()
    return Publish(
        kind=kind,
        slug=slug_of(statement),
        card=card,
        document=card,
        facets={
            _FACET.get(kind, "concept"): codes,
            KIND: (str(consultation.id),),
            **_where(consultation, country),
        },
        places=((consultation.place_id, "home"),),
        starts_on=_starts_on(consultation),
        is_illustration=consultation.is_illustration,
        audience=audience,
    )


def copies_of(
    statements: Iterable[tuple[str, Spoken]], consultation: Consultation, country: str
) -> list[Publish]:
    """The commands that publish all statements that may be seen.

    Needs are numbered anew, and once more for each reader (`renumbered`): a missing number would tell of
    a need that is hidden.
    """
    found: list[Publish] = []
    rank = 0
    for section, statement in statements:
        command = publication_of(section, statement, consultation, country)
        if command is None:
            continue
        if isinstance(statement, Need):
            rank += 1
            card = {**command.card, "rank": rank}
            command = replace(command, card=card, document=card)
        found.append(command)
    return found


def record_of(consultation: Consultation, statements: Sequence[Publish], country: str) -> Publish | None:
    """The command that publishes the consultation around its published statements; None without any.

    Its readers are those of its most open statement; which statements they see is asked at each reading.
    Title, purpose and people stay inside: nobody has read them for the public. The date is the year,
    since a day together with a city and an office would name the speaker.
    """
    if not statements:
        return None
    card: dict[str, Any] = {
        "id": str(consultation.id),
        "reference": consultation.reference,
        "place_id": consultation.place_id,
        "country": country,
        "year": _year(consultation),
        "method": str(consultation.method) if consultation.method else None,
        "language": consultation.language,
    }
    return Publish(
        kind=KIND,
        slug=str(consultation.id),
        card=card,
        document=card,
        facets=_where(consultation, country),
        places=((consultation.place_id, "home"),),
        starts_on=_starts_on(consultation),
        is_illustration=consultation.is_illustration,
        audience=min((one.audience for one in statements), key=AUDIENCE.__getitem__),
    )


def _where(consultation: Consultation, country: str) -> dict[str, tuple[str, ...]]:
    return {"country": (country,), "city": (consultation.place_id,)}


def _year(consultation: Consultation) -> int | None:
    held = consultation.held_from or consultation.held_until
    return held.year if held else None


def _starts_on(consultation: Consultation) -> date | None:
    year = _year(consultation)
    return date(year, 1, 1) if year else None
