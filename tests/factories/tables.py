"""What stands in all tables: to see whether anything has changed."""

from collections.abc import Collection

from sqlalchemy import select

from app.core.db import Database
from app.core.scope import SYSTEM
from app.models import Base


async def dump(database: Database, without: Collection[str] = ()) -> dict[str, list[str]]:
    """All rows of all tables but `without`, as text in an order of their own."""
    rows = {}
    async with database.reading(SYSTEM) as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in without:
                rows[table.name] = sorted(repr(tuple(row)) for row in await session.execute(select(table)))
    return rows
