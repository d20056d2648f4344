"""The published copy of a statement: no more than sensitivity and consent allow."""

from typing import Any

from app.core.edtf import parse_date
from app.features.engagement.rules import STATEMENT
from app.features.engagement.rules.parts import Around, only
from app.features.publication.commands import Publish
from app.features.publication.rules import Visibility, effective_visibility
from app.models.hub import Statement

SPEAKER = "speaker"


def visibility_of(statement: Statement) -> Visibility:
    """How much of a statement the public may learn."""
    return effective_visibility(statement.sensitivity, statement.attribution)


def publication_of_statement(statement: Statement, around: Around) -> Publish | None:
    """The command that publishes `statement`, or None when nothing of it may be shown.

    Country: the country only. City: also the place, the event and the date. Role: also the office.
    Named: also the person, and the sources, which name the person to whoever opens them.
    """
    seen = visibility_of(statement)
    if seen is Visibility.HIDDEN:
        return None
    office = around.office or {}
    place_id = office.get("place_id") if seen >= Visibility.CITY else None
    event = around.event if seen >= Visibility.CITY else None
    country = around.country(office.get("place_id"), office.get("country"))
    said = statement.said_edtf if seen >= Visibility.CITY else None
    card: dict[str, Any] = {
        "paraphrase": statement.paraphrase,
        "kind": statement.kind,
        "shown": seen.name.lower(),
        "country": country,
        "place_id": place_id,
        "event": event,
        "said": said,
        "office": around.office if seen >= Visibility.ROLE else None,
        "person": around.person if seen >= Visibility.NAMED else None,
        "sources": list(around.sources) if seen >= Visibility.NAMED else [],
    }
    starts_on = parse_date(said).start if said else around.event_starts if event else None
    return Publish(
        kind=STATEMENT,
        slug=statement.slug,
        card=card,
        document={
            **card,
            "note": (statement.note or None) if seen >= Visibility.NAMED else None,
            "consent_basis": statement.consent_basis,
        },
        facets={
            "event": only(event["slug"] if event else None),
            "country": only(country),
            "kind": (statement.kind,),
        },
        places=tuple((id_, SPEAKER) for id_ in only(place_id)),
        starts_on=starts_on,
        is_illustration=around.is_illustration(office.get("place_id")),
    )
