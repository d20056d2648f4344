"""Recording, publishing and archiving figures."""

from datetime import datetime
from typing import cast

from app.core.db import WriteSession
from app.features.insights.commands import RecordFigure
from app.features.insights.rules import FIGURE, copy_of_figure
from app.features.places.queries import sources_by_key
from app.features.publication.service import publish, withdraw
from app.features.support.service import store, store_again
from app.models.base import Publication
from app.models.hub import Figure


async def record_figure(
    session: WriteSession,
    command: RecordFigure,
    *,
    now: datetime,
    publication: Publication = Publication.DRAFT,
) -> Figure:
    """Store a new figure. Raises `Invalid` for unknown sources, `Conflict` for a slug that is taken."""
    return cast(Figure, await store(session, Figure, command, now=now, publication=publication))


async def change_figure(
    session: WriteSession, command: RecordFigure, *, version: int, now: datetime
) -> Figure:
    """Store a figure anew. Raises `NotFound`, `Conflict` when it is no longer at `version`, `Invalid`."""
    return cast(Figure, await store_again(session, Figure, command, version=version, now=now))


async def publish_figure(session: WriteSession, figure: Figure, *, now: datetime) -> None:
    """Write the published copy of a figure."""
    figure.publication = Publication.PUBLISHED
    sources = [source.dump() for source in await sources_by_key(session, figure.source_keys)]
    await publish(session, copy_of_figure(figure, sources), now=now)


async def archive_figure(session: WriteSession, figure: Figure, *, now: datetime) -> None:
    """Withdraw a figure; the record stays with the hub."""
    figure.publication = Publication.ARCHIVED
    await withdraw(session, FIGURE, figure.slug, now=now)
