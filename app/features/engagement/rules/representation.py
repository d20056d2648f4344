"""The published copy of a representation: a city heard at somebody else's event."""

from app.features.engagement.rules import REPRESENTATION
from app.features.engagement.rules.events import REPRESENTED
from app.features.engagement.rules.parts import Around, only
from app.features.publication.commands import Publish
from app.models.hub import Representation


def publication_of_representation(representation: Representation, around: Around) -> Publish:
    """The command that publishes `representation`."""
    place_id = representation.place_id
    card = {
        "event": around.event,
        "place_id": place_id,
        "office": around.office,
        "person": around.person,
        "people": representation.people,
        "people_basis": str(representation.people_basis) if representation.people_basis else None,
        "purpose": representation.purpose or None,
    }
    return Publish(
        kind=REPRESENTATION,
        slug=representation.slug,
        card=card,
        document={**card, "note": representation.note or None, "sources": list(around.sources)},
        facets={
            "event": only(around.event["slug"] if around.event else None),
            "country": only(around.country(place_id)),
        },
        places=tuple((id_, REPRESENTED) for id_ in only(place_id)),
        starts_on=around.event_starts,
        is_illustration=around.is_illustration(place_id),
    )
