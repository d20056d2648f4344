"""Every route as every persona, with canaries in every protected field: nobody sees what is not theirs."""

import io
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI

from app.core.actor import VISITOR
from app.core.db import Database
from app.core.scope import SYSTEM
from app.web.policy import POLICY
from tests.conftest import client_of
from tests.factories.marks import CITIES, MARK, plant
from tests.factories.people import an_actor
from tests.factories.walk import Address, addresses, load_values

PERSONAS = ("visitor", "practitioner", "official:iq-mosul", "official:iq-baghdad", "editor")
HUB_ONLY = frozenset({"consultation.hub_note"})
"""Fields of a city's own consultations that the city does not see either."""

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
_CANARY = re.compile(rf"{MARK}:([a-z_.]+):([a-z-]+)")
_TARGETS = re.compile(r'hx-target="#([\w-]+)"')


@dataclass
class Walk:
    """What came back: canaries as (field, owner) by persona and address, and wrong statuses."""

    seen: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    leaks: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)

    def take(self, persona: str, address: Address, answer: httpx.Response) -> None:
        """Note the canaries of an answer, and those that `persona` may not see."""
        for found in _CANARY.finditer(_words(answer)):
            canary = (found[1], found[2])
            self.seen[persona].add(canary)
            if not _may_see(persona, *canary):
                self.leaks.append(f"{persona} {address.path}: {canary}")

    def check(self, persona: str, address: Address, status: int) -> None:
        """Note a status that the policy does not allow, or a failure."""
        actor = VISITOR if persona == "visitor" else an_actor(persona)
        is_allowed = not actor.roles.isdisjoint(POLICY[address.route].roles)
        if status >= 500 or (not is_allowed and status != 404):
            self.statuses.append(f"{persona} {address.method} {address.path}: {status}")


def _words(answer: httpx.Response) -> str:
    """The text of an answer; of spreadsheets what their parts say."""
    if "spreadsheet" in answer.headers.get("content-type", ""):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return answer.text + "\n" + "\n".join(answer.headers.values())


def _may_see(persona: str, protected: str, owner: str) -> bool:
    if persona == "editor":
        return True
    return persona == f"official:{owner}" and protected not in HUB_ONLY


@dataclass(frozen=True)
class Planted:
    """The app with canaries in every protected field, and the records to look at."""

    app: FastAPI
    values: dict[str, list[str]]


@pytest.fixture
async def planted(app: FastAPI) -> Planted:
    """Canaries everywhere; of each city every consultation is looked at."""
    database: Database = app.state.database
    async with database.writing(SYSTEM) as session:
        owned = await plant(session)
    async with database.reading(SYSTEM) as session:
        values = await load_values(session)
    return Planted(app, {**values, "consultations": [id_ for ids in owned.values() for id_ in ids]})


async def test_reading_as_everybody(planted: Planted) -> None:
    """Pages, fragments, JSON, CSV and XLSX: no canary comes out where it should not."""
    app, values = planted.app, planted.values
    walk = Walk()
    for persona in PERSONAS:
        async with client_of(app, persona) as client:
            for address in addresses(app, values, ["en", "ar"]):
                if address.method != "GET":
                    continue
                whole = await client.get(address.path)
                walk.take(persona, address, whole)
                walk.check(persona, address, whole.status_code)
                for target in sorted(set(_TARGETS.findall(whole.text))):
                    headers = {
                        "HX-Request": "true",
                        "HX-Request-Type": "partial",
                        "HX-Target": f"div#{target}",
                    }
                    walk.take(persona, address, await client.get(address.path, headers=headers))
    assert walk.leaks == []
    assert walk.statuses == []
    assert len(walk.seen["editor"]) > 40, "the canaries sing for the hub"
    for city in CITIES:
        own = {protected for protected, owner in walk.seen[f"official:{city}"] if owner == city}
        assert {"concern.text", "need.text", "consultation.title"} <= own, "a city reads its own"


async def test_writing_as_everybody(planted: Planted) -> None:
    """Who may not knock finds nothing there, whatever is sent; nobody gets a failure."""
    app, values = planted.app, planted.values
    walk = Walk()
    for persona in PERSONAS:
        async with client_of(app, persona, **{"Sec-Fetch-Site": "same-origin"}) as client:
            for address in addresses(app, values, ["en"]):
                if address.method == "GET":
                    continue
                answer = await client.request(address.method, address.path, data={"q": "x"})
                walk.take(persona, address, answer)
                walk.check(persona, address, answer.status_code)
    assert walk.leaks == []
    assert walk.statuses == []
