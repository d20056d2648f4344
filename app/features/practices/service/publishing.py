"""Writing the published copy of a practice, and taking it back."""

from datetime import datetime

from app.core.db import WriteSession
from app.features.practices.queries.managed import publication_as_stored
from app.features.practices.rules.document import KIND
from app.features.publication.service import publish, withdraw
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
