"""One app with everybody and everything in it, and clients that look at all of its answers."""

import io
import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import structlog
from fastapi import FastAPI

from app.core.db import Database
from app.core.scope import SYSTEM
from app.features.search.service import follow
from tests.conftest import running, settings_for
from tests.databases import Templates
from tests.factories.canaries import Canaries, Canary, numbers_in, plant_at_desk
from tests.factories.objects import Object, plant_consultations
from tests.factories.principals import INVITATION, PRINCIPALS, confirm_again, plant_people
from tests.factories.walk import NOBODY, Address, addresses, load_values
from tests.matrix.judge import may_see, must_see

OF_CONSULTATIONS = frozenset(
    {"consultation", "participant", "concern", "approach", "asset", "gap", "need", "stored_answer"}
)
OF_PEOPLE = frozenset(
    {
        "account", "role_grant", "sign_in_session", "invitation", "mailed_link", "passkey",
        "passkey_challenge", "recovery_code", "api_token", "external_identity", "throttle_count",
    }
)  # fmt: skip
MECHANISM = frozenset({"audit_entry", "audit_head", "outbox_mail", "reference_counter"})
SECTIONS_OF_ALL = frozenset({"about", "needs"})
"""Sections that are opened of every consultation; the others only of drafts of the own city."""


@dataclass
class World:
    """An app with canaries in every protected field. `objects` are the consultations by id."""

    app: FastAPI
    canaries: Canaries
    objects: dict[str, Object]
    values: dict[str, list[str]]
    is_small: bool = False
    lines: list[Any] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """Its database."""
        found: Database = self.app.state.database
        return found

    @cached_property
    def by_key(self) -> dict[str, Object]:
        """The consultations by what they are."""
        return {one.key: one for one in self.objects.values()}

    def object_at(self, address: Address) -> Object | None:
        """The consultation that an address names."""
        return next((self.objects[part] for part in address.path.split("/") if part in self.objects), None)

    async def refresh(self, principal: str) -> None:
        """Let a session be as fresh as its principal says."""
        if not PRINCIPALS[principal].is_visitor:
            async with self.database.writing() as session:
                await confirm_again(session, PRINCIPALS[principal])

    def addresses(self, method: str, languages: list[str]) -> Iterator[Address]:
        """All addresses of a method, or of all but GET when it is `unsafe`."""
        for address in addresses(self.app, self.values, languages):
            is_wanted = (address.method == "GET") == (method == "GET")
            if is_wanted and not self._is_one_too_many(address):
                yield address

    def _is_one_too_many(self, address: Address) -> bool:
        if not address.route.startswith("consultation.section"):
            return False
        section, one = address.path.split("/")[4], self.object_at(address)
        if self.is_small:
            return section != "needs"
        return section not in SECTIONS_OF_ALL and one is not None and one.state != "draft"


@asynccontextmanager
async def world(
    engine: str, url: str, templates: Templates, folder: Path, *, is_small: bool
) -> AsyncIterator[World]:
    """Everybody and everything on a copy of the demo content, outside demo mode."""
    shutil.copytree(templates.folder / f"index-{engine}", folder / "index")
    async with running(settings_for(url, folder / "index", demo=False)) as app:
        canaries = Canaries()
        database: Database = app.state.database
        async with database.writing(SYSTEM) as session:
            await plant_at_desk(session, canaries, OF_CONSULTATIONS | OF_PEOPLE | MECHANISM)
            await plant_people(session, canaries, datetime.now(UTC))
            objects = await plant_consultations(session, canaries, is_small=is_small)
        async with database.reading() as session:
            await follow(session, app.state.index)
        async with database.reading(SYSTEM) as session:
            values = await load_values(session)
        people = ("contributor A", "lead B same country", "lead C other country", "editor", "former member")
        values |= {
            "consultations": [*objects, NOBODY],
            "people": [*(str(PRINCIPALS[key].account_id) for key in people), NOBODY],
            "statements": values["statements"][-1:],
            "invitations": [str(INVITATION)],
        }
        made = World(app, canaries, objects, values, is_small)
        with _Listening(made.lines):
            yield made


class _Listening:
    """Keeps every line that goes to the log."""

    def __init__(self, lines: list[Any]) -> None:
        self._lines = lines
        self._before = structlog.get_config()

    def _keep(self, _logger: Any, _method: str, line: Any) -> Any:
        self._lines.append(repr(line))
        raise structlog.DropEvent

    def __enter__(self) -> None:
        structlog.configure(processors=[self._keep], wrapper_class=structlog.make_filtering_bound_logger(0))

    def __exit__(self, *_: object) -> None:
        structlog.configure(**self._before)


# --- looking at answers ----------------------------------------------------------------------------


def words_of(answer: httpx.Response) -> str:
    """All that an answer says: status line, headers, body; of spreadsheets what their parts say."""
    head = f"{answer.status_code} {answer.reason_phrase}\n"
    head += "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if "spreadsheet" in answer.headers.get("content-type", ""):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            parts = (book.read(name).decode("utf-8", "replace") for name in book.namelist())
            return "\n".join((head, *book.namelist(), *parts))
    return f"{head}\n{answer.text}"


_CHANGING = re.compile(r"\b[0-9a-f]{16}\b|\b[0-9a-f]{64}\b|[A-Za-z0-9_-]{43}")
"""Request ids, tokens of forms, names of browsers."""
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def masked(answer: httpx.Response) -> str:
    """An answer without what differs between any two answers."""
    return _CHANGING.sub("*", _IDS.sub("ID", words_of(answer)))


@dataclass
class Findings:
    """What a walk has found. `seen`: numbers of canaries by principal."""

    world: World
    seen: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    leaks: set[str] = field(default_factory=set)
    denials: list[str] = field(default_factory=list)
    cells: int = 0

    def take(self, principal: str, address: Address, rendering: str, answer: httpx.Response) -> None:
        """Note the canaries of an answer."""
        self.cells += 1
        for number in numbers_in(words_of(answer)) - self.seen[principal]:
            canary = self.world.canaries.of(number)
            if may_see(principal, canary, self.world.by_key):
                self.seen[principal].add(number)
            else:
                self.leaks.add(f"{principal} at {address.path} ({rendering}): {canary}")

    def missing(self, principal: str) -> list[str]:
        """Canaries that had to be seen and were not."""
        return [
            f"{principal} does not see {canary}"
            for number, canary in enumerate(self.world.canaries.planted)
            if number not in self.seen[principal] and must_see(principal, canary, self.world.by_key)
        ]


__all__ = ["Canary", "Findings", "World", "masked", "words_of", "world"]
