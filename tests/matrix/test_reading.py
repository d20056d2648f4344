"""Everything that can be read, as everybody, in every rendering: nobody sees what is not theirs."""

import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import httpx

from tests.databases import Templates
from tests.factories.principals import PRINCIPALS, client_for
from tests.factories.walk import NOBODY, Address
from tests.matrix.expected import BY_SECRET, COLUMN_OF, FINDS
from tests.matrix.judge import finds, statuses
from tests.matrix.world import Findings, World, masked, world

IS_SMALL = os.environ.get("MEDINA_MATRIX") == "small"
"""A slice for `make guards`: fewer objects and principals; `make test` walks all."""
ARABIC = frozenset({"visitor", "lead A", "editor"})
SLICE = (
    "visitor", "practitioner", "partner of IQ", "contributor A", "lead A", "lead C other country",
    "reviewer", "analyst of MA", "editor of IQ", "editor long unconfirmed", "admin", "auditor",
    "token read:library", "token read:own-consultations", "token of an editor", "editor asleep",
    "suspended session", "idle session of the hub", "session of yesterday", "ended session", "former member",
    "suspended token", "revoked token", "expired token", "token of a former member",
)  # fmt: skip
TELLING = frozenset({*FINDS, "consultations", "account", "manage", "manage.practices", "api.consultations"})
"""Routes that show at once whether somebody dead is taken for alive."""
QUERIES = {
    "compare": ("practice=iq-baghdad-cohesion-subplan&practice=ANOTHER",),
    "compare.csv": ("practice=iq-baghdad-cohesion-subplan",),
    "compare.xlsx": ("practice=iq-baghdad-cohesion-subplan",),
    "compare.cities": ("city=iq-mosul&city=iq-baghdad&city=ma-rabat",),
    "compare.cities.csv": ("city=iq-mosul&city=iq-baghdad&city=ma-rabat",),
    "compare.cities.xlsx": ("city=iq-mosul&city=iq-baghdad&city=ma-rabat",),
    "consultations": ("state=draft", "state=published&country=IQ"),
    "api.consultations": ("state=draft", "state=submitted", "state=published", "country=MA"),
    "api.comparisons.practices": ("practice=iq-baghdad-cohesion-subplan&practice=ANOTHER",),
    "people": ("q=example", "state=suspended"),
    "audit": ("kind=consultation",),
}
"""Questions beside the plain address; ANOTHER is a published practice."""
_TARGETS = re.compile(r'hx-target="#([\w-]+)"')


async def test_reading_as_everybody(
    engine: str, filled_url: str, templates: Templates, tmp_path: Path
) -> None:
    """Pages, fragments, JSON, CSV, XLSX, log lines: 0 leaks, 0 wrong denials; denied is like missing."""
    async with world(engine, filled_url, templates, tmp_path, is_small=IS_SMALL) as made:
        found = Findings(made)
        principals = SLICE if IS_SMALL else tuple(PRINCIPALS)
        for principal in principals:
            await made.refresh(principal)
            await _Reader(made, found, principal).walk()
            found.denials += found.missing(principal)
        leaked = [line for line in made.lines if "cnr" in line or "كناري" in line]
    assert "\n".join(sorted(found.leaks)) == ""
    assert "\n".join(found.denials) == ""
    assert leaked == []
    assert made.lines, "the log was listened to"
    assert found.cells > (2_000 if IS_SMALL else 15_000)


class _Reader:
    """One principal on a walk through everything."""

    def __init__(self, made: World, found: Findings, principal: str) -> None:
        self._world = made
        self._found = found
        self._principal = principal
        self._nothing: dict[str, str] = {}
        self._answered: dict[str, set[int]] = defaultdict(set)
        self._asked: Counter[str] = Counter()

    async def walk(self) -> None:
        """Every address in every rendering."""
        languages = ["en", "ar"] if self._principal in ARABIC and not IS_SMALL else ["en"]
        async with client_for(self._world.app, self._principal) as client:
            for address in sorted(self._world.addresses("GET", languages), key=_nobody_first):
                if IS_SMALL and self._was_refused(address):
                    continue
                answer = await client.get(address.path)
                self._look(address, "whole", answer)
                self._judge(address, answer)
                await self._others(client, address, answer)
        for route, answered in self._answered.items():
            lets_in = statuses(self._principal, route) is None and route not in BY_SECRET
            if lets_in and not IS_SMALL and not answered & {200, 303, 307}:
                self._found.denials.append(f"{self._principal} {route}: only {sorted(answered)}")

    def _was_refused(self, address: Address) -> bool:
        """In a slice one address will do of a route that the table refuses, and three of others."""
        refused = statuses(self._principal, address.route) is not None
        if COLUMN_OF[self._principal] == "visitor" != self._principal and address.route not in TELLING:
            return True
        self._asked[address.route] += 1
        return self._asked[address.route] > (1 if refused else 3) and (refused or address.route not in FINDS)

    async def _others(self, client: httpx.AsyncClient, address: Address, whole: httpx.Response) -> None:
        if whole.status_code not in (200, 422):
            return
        for target in sorted(set(_TARGETS.findall(whole.text))):
            headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"div#{target}"}
            self._look(address, f"#{target}", await client.get(address.path, headers=headers))
        for query in QUERIES.get(address.route, ()):
            asked = query.replace("ANOTHER", self._world.values["practices"][0])
            answer = await client.get(f"{address.path}?{asked}")
            self._answered[address.route].add(answer.status_code)
            self._look(address, query, answer)

    def _look(self, address: Address, rendering: str, answer: httpx.Response) -> None:
        self._found.take(self._principal, address, rendering, answer)
        if answer.status_code >= 500:
            self._wrong(address, answer.status_code, rendering)

    def _judge(self, address: Address, answer: httpx.Response) -> None:
        """Compare a status with the table, and a denial with what is not there."""
        status = answer.status_code
        self._answered[address.route].add(status)
        refused = statuses(self._principal, address.route)
        if refused is not None:
            if status not in refused:
                self._wrong(address, status, "the table refuses")
            return
        if status in (401, 403):
            self._wrong(address, status, "the table lets in")
        one = self._world.object_at(address)
        like = masked(answer).replace(address.path, "PATH")
        if NOBODY in address.path and status == 404:
            self._nothing.setdefault(self._kind(address), like)
        if one is None or address.route not in FINDS:
            return
        is_found = finds(self._principal, address.route, one)
        if is_found != (status in (200, 303)) or (not is_found and status != 404):
            self._wrong(address, status, f"finds it: {is_found}; {one.key}")
        elif not is_found and like != self._nothing[self._kind(address)]:
            self._wrong(address, status, "denied is not like missing")

    def _kind(self, address: Address) -> str:
        """Addresses whose answers about nothing must be the same."""
        section = address.path.rpartition("/")[2] if "section" in address.route else ""
        return f"{address.route} {address.path[:4]} {section}"

    def _wrong(self, address: Address, status: int, why: str) -> None:
        self._found.denials.append(f"{self._principal} {address.method} {address.path}: {status} ({why})")


def _nobody_first(address: Address) -> tuple[str, bool]:
    return address.route, NOBODY not in address.path
