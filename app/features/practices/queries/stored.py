"""The records themselves, as the hub writes them."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.core.errors import NotFound
from app.models.practice import Practice


async def stored_practice(session: AsyncSession, slug: str, *, for_update: bool = False) -> Practice:
    """A practice with everything that belongs to it. Raises `NotFound`."""
    statement = (
        select(Practice)
        .where(Practice.slug == slug)
        .options(
            selectinload(Practice.texts),
            selectinload(Practice.places),
            selectinload(Practice.concepts),
            selectinload(Practice.partners),
            selectinload(Practice.outputs),
            selectinload(Practice.outcomes),
            selectinload(Practice.evaluations),
            selectinload(Practice.provenance),
            selectinload(Practice.transfer_scores),
            selectinload(Practice.rights_answers),
            selectinload(Practice.reviews),
        )
    )
    if for_update:
        # What was read before the lock was had may be old by now.
        statement = statement.with_for_update().execution_options(populate_existing=True)
    practice = await session.scalar(statement)
    if practice is None:
        raise NotFound()
    return practice
