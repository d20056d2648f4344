"""Reading changes nothing: GET and HEAD of every address, with all tables before and after."""

from itertools import chain

from fastapi import FastAPI

from app.core.scope import SYSTEM
from tests.conftest import client_of
from tests.factories.tables import dump
from tests.factories.walk import addresses, load_values

MAY_CHANGE: frozenset[str] = frozenset()
"""Tables in which reading leaves a trace on purpose."""

READERS = ("visitor", "official:iq-mosul", "editor")


async def test_reading_changes_nothing(app: FastAPI) -> None:
    """As everybody, plainly and as htmx asks; a row more, less or other would show."""
    database = app.state.database
    before = await dump(database, MAY_CHANGE)
    assert sum(map(len, before.values())) > 1000
    async with database.reading(SYSTEM) as session:
        values = await load_values(session)
    asked = 0
    for persona in READERS:
        async with client_of(app, persona) as client:
            for address in addresses(app, {key: of[:2] for key, of in values.items()}, ["en"]):
                if address.method == "GET":
                    await client.get(address.path, headers={"HX-Request": "true", "HX-Target": "main#main"})
                    await client.head(address.path)
                    asked += 1
    after = await dump(database, MAY_CHANGE)
    assert asked > 150
    changed = [name for name in after if before[name] != after[name]]
    assert changed == [], set(chain.from_iterable(after[name] for name in changed)) - set(
        chain.from_iterable(before[name] for name in changed)
    )
