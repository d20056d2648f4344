"""Vocabulary, gazetteer and thesaurus, kept in memory and read anew when something was published or edited.

Every change of a place, a synonym or a publication moves the sequence of changes on; one small query per
request tells whether the copy in memory is still good, in every process.
"""

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from app.core.db import ReadSession
from app.features.places.queries import load_gazetteer
from app.features.places.views import Gazetteer
from app.features.publication.queries import last_change
from app.features.search.queries.meanings import load_thesaurus
from app.features.search.rules.thesaurus import Thesaurus
from app.features.vocabulary.queries import load_vocabulary
from app.features.vocabulary.views import Vocabulary
from app.features.wording.views import Shelf
from app.web.deps import Lang, Reads
from app.web.labels import label


@dataclass(frozen=True, slots=True)
class Reference:
    """What codes and place ids mean, as of one point in the sequence of changes."""

    sequence: int
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    thesaurus: Thesaurus


async def reference(request: Request, session: Reads) -> Reference:
    """The current reference data."""
    return await current_reference(request, session)


async def current_reference(request: Request, session: ReadSession) -> Reference:
    """The reference data in memory if it is still good, else read anew."""
    sequence = await last_change(session)
    kept: Reference | None = getattr(request.app.state, "reference", None)
    if kept is None or kept.sequence != sequence:
        kept = Reference(
            sequence,
            await load_vocabulary(session),
            await load_gazetteer(session),
            await load_thesaurus(session),
        )
        request.app.state.reference = kept
    return kept


async def shelf(language: Lang, known: "Known") -> Shelf:
    """What turns codes into words for this reader."""
    return Shelf(known.vocabulary, known.gazetteer, language, partial(label, language))


Known = Annotated[Reference, Depends(reference)]
OnShelf = Annotated[Shelf, Depends(shelf)]
