"""Keeping what readers say of practices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import WriteSession
from app.core.errors import NotFound
from app.core.languages import Language
from app.features.practices.commands import SuggestCorrection
from app.features.practices.rules.document import KIND
from app.features.publication.queries import published_cards
from app.models.practice import CorrectionSuggestion


async def suggest_correction(
    session: WriteSession, slug: str, command: SuggestCorrection, *, language: Language, now: datetime
) -> None:
    """Keep what a reader says about a published practice. Raises `NotFound` for any other."""
    if not await published_cards(session, KIND, [slug]):
        raise NotFound()
    session.add(
        CorrectionSuggestion(kind=KIND, slug=slug, text=command.text, language=language, suggested_at=now)
    )


async def mark_correction(
    session: WriteSession, actor: Actor, id_: UUID, *, is_handled: bool, now: datetime
) -> None:
    """Note that the hub has dealt with a suggestion, or that it waits again."""
    wanted = select(CorrectionSuggestion).where(CorrectionSuggestion.id == id_)
    suggestion = await session.scalar(wanted) if actor.is_editor else None
    if suggestion is None:
        raise NotFound()
    suggestion.handled_at = (suggestion.handled_at or now) if is_handled else None
    await session.flush()
