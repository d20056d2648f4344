"""Practices as the hub works on them."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.features.places.queries import load_gazetteer
from app.features.practices.rules.document import publication_of
from app.features.publication.commands import Publish
from app.features.vocabulary.queries import load_vocabulary
from app.models.practice import Practice


async def publication_as_stored(session: AsyncSession, practice: Practice) -> Publish:
    """The copy that readers would get of a practice whose parts are loaded, as it is now."""
    vocabulary, gazetteer = await load_vocabulary(session), await load_gazetteer(session)
    lineage = {
        p.place_id: [one for one in gazetteer.lineage(p.place_id) if gazetteer.places[one].kind != "country"]
        for p in practice.places
    }
    return publication_of(
        practice,
        scheme_of={code: concept.scheme for code, concept in vocabulary.concepts.items()},
        country_of={id_: place.country_code for id_, place in gazetteer.places.items()},
        lineage=lineage,
    )
