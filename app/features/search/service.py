"""Keeping the index in step with what is published, and with what words mean."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf

from sqlalchemy.ext.asyncio import AsyncSession

from app.features.search.commands.indexed import Position
from app.features.search.gateway import Batch, IndexBusy, SearchIndex
from app.features.search.queries.indexing import (
    changes_after,
    indexed_practices,
    is_known,
    last_position,
    load_names,
    slugs_after,
)

_BATCH = 500
_PATIENCE = 10.0


@asynccontextmanager
async def _writing(index: SearchIndex, patience: float = inf) -> AsyncIterator[Batch]:
    """`index.writing()`, waiting for its turn outside the event loop."""
    turn = index.writing(patience)
    batch = await to_thread(turn.__enter__)
    try:
        yield batch
    except BaseException as error:
        await to_thread(turn.__exit__, type(error), error, error.__traceback__)
        raise
    else:
        await to_thread(turn.__exit__, None, None, None)


async def follow(session: AsyncSession, index: SearchIndex) -> int:
    """Bring the index up to date; says how many practices it looked at anew.

    An index that is new, or was made from another database, is built anew. While somebody else
    is busy with the index for long, nothing happens: the next change catches up.
    """
    try:
        if not await is_known(session, position := index.position):
            return await _rebuild(session, index, patience=_PATIENCE, if_at=position)
        return await _follow(session, index)
    except IndexBusy:
        return 0


async def _follow(session: AsyncSession, index: SearchIndex) -> int:
    looked_at = 0
    while changes := await changes_after(session, (position := index.position), _BATCH):
        practices = await indexed_practices(session, changes.slugs, await load_names(session))
        async with _writing(index, _PATIENCE) as batch:
            # Somebody else may have moved on meanwhile: then look again.
            if index.position == position:
                await to_thread(batch.remove, changes.slugs)
                await to_thread(batch.put, practices)
                await to_thread(batch.commit, changes.position)
                looked_at += len(changes.slugs)
    return looked_at


async def reindex(session: AsyncSession, index: SearchIndex) -> int:
    """Build the index anew from everything that is published; says how many practices it holds."""
    return await _rebuild(session, index)


async def _rebuild(
    session: AsyncSession, index: SearchIndex, *, patience: float = inf, if_at: Position | None = None
) -> int:
    """Build the index anew, unless somebody has moved it from `if_at` while we waited."""
    count, slug = 0, ""
    async with _writing(index, patience) as batch:
        if if_at is not None and index.position != if_at:
            return 0
        position, names = await last_position(session), await load_names(session)
        batch.clear()
        while slugs := await slugs_after(session, slug, _BATCH):
            practices = await indexed_practices(session, slugs, names)
            await to_thread(batch.put, practices)
            count, slug = count + len(practices), slugs[-1]
        await to_thread(batch.commit, position)
    return count
