"""A fragment is a slice of its page: whoever works without JavaScript reads the same letters."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from app.core.actor import Persona
from app.web.policy import POLICY
from tests.conftest import client_of
from tests.factories.walk import Address, addresses, load_values

SEARCHES = (
    "/{lang}/practices?q=youth",
    "/{lang}/practices?q=zzzzzz",
    "/{lang}/practices?country=IQ&sort=evidence",
    "/{lang}/cities?country=JO",
    "/{lang}/events?year=2024",
    "/{lang}/compare?with=iq-baghdad-cohesion-subplan",
)
"""Addresses that a form or a link with `hx-get` leads to, beside those without a query."""

_TARGETS = re.compile(r'hx-target="#([\w-]+)"')
_TOKEN = re.compile(r'(<input type="hidden" name="page" value=")[^"]*')
_READERS = {Persona.VISITOR: "visitor", Persona.OFFICIAL: "official:iq-mosul", Persona.EDITOR: "editor"}


def _letters(html: str) -> str:
    """The text as it stands, without the space at line ends and what is new with every opening."""
    return "\n".join(line.strip() for line in _TOKEN.sub(r"\1", html).splitlines() if line.strip())


def _fragment_of(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"div#{target}"}


def _problems(whole: httpx.Response, part: httpx.Response, target: str) -> Iterator[str]:
    if part.status_code != whole.status_code:
        yield f"answers {part.status_code}, the page {whole.status_code}"
    if "<html" in part.text:
        yield "is a whole page"
    if not part.text.strip():
        yield "is empty"
    if _letters(part.text) not in _letters(whole.text):
        yield "is no slice of the page"
    if f'id="{target}"' not in whole.text:
        yield "has no place on the page"
    for answer in (whole, part):
        if "HX-Target" not in answer.headers.get("vary", ""):
            yield "may be kept for the page, or the page for it: Vary does not name HX-Target"


def _pages(app: FastAPI, values: dict[str, list[str]], persona: Persona, lang: str) -> Iterator[str]:
    """The addresses that `persona` may read, and for the visitor some with a query."""
    found: Iterator[Address] = addresses(app, values, [lang])
    yield from (one.path for one in found if one.method == "GET" and persona in POLICY[one.route])
    if persona is Persona.VISITOR:
        yield from (search.format(lang=lang) for search in SEARCHES)


@pytest.mark.parametrize(
    ("persona", "lang"), [(Persona.VISITOR, "ar"), (Persona.OFFICIAL, "en"), (Persona.EDITOR, "fr")]
)
async def test_fragments_are_slices_of_their_page(app: FastAPI, persona: Persona, lang: str) -> None:
    """Every `hx-target` of every page, asked for at the address of that page."""
    async with app.state.database.reading() as session:
        values = await load_values(session)
    wrong = []
    asked = 0
    async with client_of(app, _READERS[persona]) as client:
        for path in _pages(app, values, persona, lang):
            whole = await client.get(path)
            for target in sorted(set(_TARGETS.findall(whole.text))):
                asked += 1
                part = await client.get(path, headers=_fragment_of(target))
                wrong += [f"{path} #{target} {problem}" for problem in _problems(whole, part, target)]
    assert wrong == []
    assert asked >= len(SEARCHES) - 1 or persona is not Persona.VISITOR


@pytest.mark.parametrize("header", ["HX-History-Restore-Request", "HX-Request-Type"])
async def test_whole_pages_when_htmx_wants_them(app: FastAPI, header: str) -> None:
    """The history and links that replace everything get the page."""
    told = {**_fragment_of("results"), header: "full" if header.endswith("Type") else "true"}
    async with client_of(app) as client:
        answer = await client.get("/en/practices", headers=told)
    assert "<html" in answer.text
    assert "HX-Target" in answer.headers["vary"]


async def test_an_unknown_target_gets_the_page(app: FastAPI) -> None:
    """An id that no block fills is answered with everything, not with nothing."""
    async with client_of(app) as client:
        answer = await client.get("/en/practices", headers=_fragment_of("nowhere"))
    assert answer.status_code == 200
    assert "<html" in answer.text
