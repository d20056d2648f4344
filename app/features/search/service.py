"""Keeping the index in step with what is published, and with what words mean."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from app.features.search.gateway import Batch, SearchIndex
from app.features.search.queries.indexing import (
    changes_after,
    indexed_practices,
    is_known,
    last_position,
    load_names,
    slugs_after,
)

_BATCH = 500


@asynccontextmanager
async def _writing(index: SearchIndex) -> AsyncIterator[Batch]:
    """`index.writing()`, waiting for its turn outside the event loop."""
    turn = index.writing()
    batch = await to_thread(turn.__enter__)
    try:
        yield batch
    except BaseException as error:
        await to_thread(turn.__exit__, type(error), error, error.__traceback__)
        raise
    else:
        await to_thread(turn.__exit__, None, None, None)


async def follow(session: AsyncSession, index: SearchIndex) -> int:
    """Bring the index up to date; says how many practices changed in it.

    An index that is new, or was made from another database, is built anew.
    """
    if not await is_known(session, index.position):
        return await reindex(session, index)
    changed = 0
    while changes := await changes_after(session, index.position, _BATCH):
        practices = await indexed_practices(session, changes.slugs, await load_names(session))
        async with _writing(index) as batch:
            if index.position.sequence < changes.position.sequence:
                await to_thread(batch.remove, changes.slugs)
                await to_thread(batch.put, practices)
                await to_thread(batch.commit, changes.position)
                changed += len(changes.slugs)
    return changed


async def reindex(session: AsyncSession, index: SearchIndex) -> int:
    """Build the index anew from everything that is published; says how many practices it holds."""
    position, names = await last_position(session), await load_names(session)
    count, slug = 0, ""
    async with _writing(index) as batch:
        batch.clear()
        while slugs := await slugs_after(session, slug, _BATCH):
            practices = await indexed_practices(session, slugs, names)
            await to_thread(batch.put, practices)
            count, slug = count + len(practices), slugs[-1]
        await to_thread(batch.commit, position)
    return count
