"""Reading published practices."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.features.practices.rules.document import KIND
from app.features.practices.views import (
    PracticeCard,
    PracticeRecord,
    Shelf,
    practice_card,
    practice_record,
)
from app.features.publication.queries import published_cards, published_document, published_documents


async def practice_by_slug(session: AsyncSession, slug: str, shelf: Shelf) -> PracticeRecord:
    """A published practice. Raises `NotFound` for one that is not published."""
    found = await published_document(session, KIND, slug)
    if found is None:
        raise NotFound()
    return practice_record(found, shelf)


async def practices_by_slug(session: AsyncSession, slugs: Sequence[str], shelf: Shelf) -> list[PracticeRecord]:
    """Published practices in the order of `slugs`, those that exist."""
    return [practice_record(one, shelf) for one in await published_documents(session, KIND, slugs)]


async def practice_cards(session: AsyncSession, slugs: Sequence[str], shelf: Shelf) -> list[PracticeCard]:
    """Cards of published practices in the order of `slugs`, those that exist."""
    return [practice_card(one, shelf) for one in await published_cards(session, KIND, slugs)]
