"""Writing the published copy of a practice, and taking it back."""

from datetime import datetime

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import Invalid, NotFound
from app.features.practices.queries.managed import publication_as_stored
from app.features.practices.rules.answers import answers_of_practice
from app.features.practices.rules.completeness import obstacles
from app.features.practices.rules.document import KIND
from app.features.publication.service import publish, withdraw
from app.features.vocabulary.queries import load_vocabulary
from app.models.base import Publication
from app.models.practice import Practice


async def publish_practice(session: WriteSession, practice: Practice, *, now: datetime) -> None:
    """Write the published copy of a practice whose parts are loaded."""
    practice.publication = Publication.PUBLISHED
    practice.archived_on = None
    practice.first_published_at = practice.first_published_at or now
    await publish(session, await publication_as_stored(session, practice), now=now)


async def archive_practice(session: WriteSession, practice: Practice, *, now: datetime) -> None:
    """Take a practice out of the library; the record stays with the hub."""
    practice.publication = Publication.ARCHIVED
    practice.archived_on = now.date()
    await withdraw(session, KIND, practice.slug, now=now)


async def move_practice(
    session: WriteSession, actor: Actor, practice: Practice, to: str, *, now: datetime
) -> None:
    """Take a practice to another state. Raises `Invalid` when something keeps it from being published."""
    if not actor.is_editor:
        raise NotFound()
    wanted = Publication(to)
    if wanted is Publication.PUBLISHED:
        vocabulary = await load_vocabulary(session)
        scheme_of = {code: concept.scheme for code, concept in vocabulary.concepts.items()}
        errors = obstacles(practice, answers_of_practice(practice, scheme_of))
        if errors:
            raise Invalid(errors)
        await publish_practice(session, practice, now=now)
    elif wanted is Publication.ARCHIVED:
        await archive_practice(session, practice, now=now)
    else:
        practice.publication, practice.archived_on = wanted, None
        await withdraw(session, KIND, practice.slug, now=now)
    await session.flush()
