"""The published copy of an event."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.features.engagement.rules import EVENT
from app.features.engagement.rules.parts import Around, only
from app.features.publication.commands import Publish
from app.models.hub import Event

VENUE = "venue"
REPRESENTED = "represented"


def publication_of_event(event: Event, represented: Sequence[str], around: Around) -> Publish:
    """The command that publishes `event`; `represented` are cities of its published representations."""
    card = _card(event, represented, around)
    return Publish(
        kind=EVENT,
        slug=event.slug,
        card=card,
        document={**card, "note": event.note or None, "sources": list(around.sources)},
        facets={
            "year": years_of(event.held_from, event.held_until),
            "format": (str(event.format),),
            "country": only(card["country"]),
        },
        places=tuple((place_id, VENUE) for place_id in only(event.place_id))
        + tuple((place_id, REPRESENTED) for place_id in represented),
        starts_on=event.held_from,
        ends_on=event.held_until,
        is_illustration=around.is_illustration(event.place_id, *represented),
    )


def years_of(start: date | None, end: date | None) -> tuple[str, ...]:
    """The years an event lies in; of an open interval only the year that is known."""
    first, last = start or end, end or start
    if first is None or last is None:
        return ()
    return tuple(str(year) for year in range(first.year, min(last.year, first.year + 20) + 1))


def mention_of(event: Event) -> dict[str, Any]:
    """How other records name a published event."""
    return {"slug": event.slug, "title": event.title, "held": event.held_edtf}


def _card(event: Event, represented: Sequence[str], around: Around) -> dict[str, Any]:
    """What lists show of an event."""
    return {
        "title": event.title,
        "summary": event.summary or None,
        "format": str(event.format),
        "held": event.held_edtf,
        "ends_on": event.held_until.isoformat() if event.held_until else None,
        "place_id": event.place_id,
        "place_basis": event.place_basis,
        "country": around.country(event.place_id, event.country_code),
        "is_online": event.is_online,
        "hosts": event.hosts,
        "partners": event.partners,
        "funders": event.funders,
        "attendance": _attendance(event),
        "represented": list(represented),
    }


def _attendance(event: Event) -> dict[str, Any] | None:
    """How many came, with what the number means; a note alone says why there is no number."""
    if event.attendance is None and not event.attendance_note:
        return None
    return {
        "count": event.attendance,
        "basis": str(event.attendance_basis) if event.attendance_basis else None,
        "unit": event.attendance_unit,
        "note": event.attendance_note,
    }
