"""Sources of populations by their full names."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.place import Source


async def source_titles(session: AsyncSession, sources: Iterable[str | None]) -> Mapping[str, str]:
    """Titles of the sources that texts such as "GN2018 (outdated)" begin with, by key: one statement."""
    keys = {source.partition(" ")[0] for source in sources if source}
    if not keys:
        return {}
    rows = await session.execute(select(Source.key, Source.title).where(Source.key.in_(keys)))
    return {row.key: row.title for row in rows}


def in_full(source: str | None, titles: Mapping[str, str]) -> str | None:
    """The name of a source, with its key replaced by its title."""
    if not source:
        return None
    key, _, rest = source.partition(" ")
    return f"{titles[key]} {rest}".rstrip() if key in titles else source
