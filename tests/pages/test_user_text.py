"""People's words on every page, planted straight into the database: none becomes a part of a page."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.core.scope import SYSTEM
from tests.conftest import client_of, running, settings_for
from tests.databases import Templates
from tests.factories.payloads import ARABIC, EVERYTHING, PAYLOADS
from tests.factories.planting import SIGN, plant_words
from tests.factories.walk import NOBODY, Values, addresses, load_values

READERS = ("visitor", "official:iq-mosul", "editor", "auditor")
LANGUAGES = ("en", "ar")

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
NEVER = frozenset(
    {"applet", "audio", "base", "embed", "frame", "iframe", "math", "object", "style", "template", "video"}
)
"""Elements that no page of ours has."""

QUIET = frozenset({"value", "aria-label", "content"})
"""Attributes that may repeat what somebody typed."""

LETTERS_ONLY = frozenset({"title", "option", "textarea"})
"""Elements in which there is nothing but letters: no browser looks for attributes there."""

NO_ACCOUNTS = {
    part: [NOBODY]
    for part in ("token", "devices", "passkeys", "tokens", "people", "invitations", "roles", "grant_id")
}
HARMFUL = ("?hit", "__hit", "example.org", "<", "javascript:")


@dataclass
class _Page(HTMLParser):
    """What is wrong with a page."""

    wrong: list[str] = field(default_factory=list)
    unshielded: set[str] = field(default_factory=set)
    planted: int = 0
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def _is_shielded(self) -> bool:
        return any(shielded for _, shielded in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in NEVER or (tag == "meta" and "http-equiv" in attributes):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith(("on", "data-hx", "style", "srcdoc")) or (
                name not in QUIET and not self._is_fine(tag, name, value or "")
            ):
                self.wrong.append(f"<{tag} {name}={value!r}>"[:200])
        if self._is_shielded and any(name.startswith("hx-") and name != "hx-ignore" for name in attributes):
            self.wrong.append(f"<{tag}> in the shield: {attributes}"[:200])
        if tag not in VOID:
            self._open.append((tag, "hx-ignore" in attributes))

    def _is_fine(self, tag: str, name: str, value: str) -> bool:
        if tag == "a" and name == "href" and value.startswith("https://example.org"):
            return True
        return not any(mark in value for mark in HARMFUL)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if SIGN in data:
            self.planted += 1
            if not self._is_shielded and self._open[-1][0] not in LETTERS_ONLY:
                self.unshielded.add(" ".join(tag for tag, _ in self._open[-4:]))


@dataclass(frozen=True)
class Planted:
    """The app with hostile texts everywhere, and the records to look at."""

    app: FastAPI
    values: Values


@pytest.fixture
async def planted(
    filled_url: str, templates: Templates, engine: str, tmp_path: Path
) -> AsyncIterator[Planted]:
    """Every text is one payload between Arabic words, and some texts are all of them."""
    payloads = cycle([*(f"{SIGN} {ARABIC}\n{one}\n{ARABIC}" for one in PAYLOADS), f"{SIGN} {EVERYTHING}"])
    database = Database(filled_url)
    async with database.writing(SYSTEM) as session:
        owned = await plant_words(session, lambda: next(payloads))
    async with database.reading(SYSTEM) as session:
        values = {**NO_ACCOUNTS, **await load_values(session), "consultations": owned}
    await database.aclose()
    shutil.copytree(templates.folder / f"index-{engine}", tmp_path / "index")
    async with running(settings_for(filled_url, tmp_path / "index")) as app:
        yield Planted(app, values)


@pytest.mark.parametrize("reader", READERS)
async def test_words_are_letters_on_every_page(planted: Planted, reader: str) -> None:
    """No element and no attribute comes out of what somebody typed, and all of it is shielded from htmx."""
    wrong: list[str] = []
    unshielded: dict[str, str] = {}
    seen = 0
    async with client_of(planted.app, reader) as client:
        for address in addresses(planted.app, planted.values, LANGUAGES):
            if address.method != "GET":
                continue
            answer = await client.get(address.path)
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            page = _Page()
            page.feed(answer.text)
            seen += page.planted
            wrong += [f"{address.path}: {one}" for one in page.wrong]
            unshielded |= dict.fromkeys(page.unshielded, address.path)
    assert wrong == []
    assert unshielded == {}, "\n".join(f"{path}: {where}" for where, path in sorted(unshielded.items()))
    assert seen > {"visitor": 500, "official:iq-mosul": 500, "editor": 2000, "auditor": 0}[reader]
