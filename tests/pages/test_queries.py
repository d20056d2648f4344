"""No page asks the database once per row."""

from collections import Counter
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from app.core.scope import SYSTEM
from tests.conftest import client_of
from tests.factories.walk import addresses, load_values

MOST_OF_ONE = 8
"""So many kinds of record a page may ask for in the same words; lists have more rows than that."""
MOST_IN_ALL = 30


async def test_no_page_asks_once_per_row(app: FastAPI) -> None:
    """Counts the statements of every address that reads, as those who see most."""
    asked: Counter[str] = Counter()

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked[statement] += not statement.startswith(("BEGIN", "SET "))

    engine = app.state.database.reads.sync_engine
    async with app.state.database.reading(SYSTEM) as session:
        values = await load_values(session)
    event.listen(engine, "before_cursor_execute", count)
    too_many = []
    for persona in ("visitor", "official:iq-mosul", "editor"):
        async with client_of(app, persona) as client:
            for address in addresses(app, values, ["ar"]):
                if address.method != "GET":
                    continue
                await client.get(address.path)
                asked.clear()
                await client.get(address.path)
                for statement, times in asked.items():
                    if times > MOST_OF_ONE:
                        too_many.append(f"{persona} {address.path}: {times} x {statement[:120]}")
                if asked.total() > MOST_IN_ALL:
                    too_many.append(f"{persona} {address.path}: {asked.total()} in all")
    event.remove(engine, "before_cursor_execute", count)
    assert too_many == []
