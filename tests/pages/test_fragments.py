"""A fragment is a slice of its page: whoever works without JavaScript reads the same letters."""

import re
from collections.abc import Iterator, Mapping

import httpx
import pytest

from app.core.actor import Role
from app.core.languages import LANGUAGES
from app.core.scope import SYSTEM
from app.web.policy import POLICY
from tests.conftest import Library, client_of
from tests.factories.walk import Values, addresses, load_values

SEARCHES = (
    "/practices?q=youth",
    "/practices?q=zzzzzz",
    "/practices?country=IQ&sort=evidence",
    "/cities?country=JO",
    "/events?year=2024",
    "/compare?with=iq-baghdad-cohesion-subplan",
)
"""Where a form or a link with `hx-get` leads to, beside the addresses without a query."""

READERS = {
    Role.VISITOR: "visitor",
    Role.CITY_LEAD: "official:iq-mosul",
    Role.HUB_EDITOR: "editor",
    Role.SIGNED_IN: "practitioner",
    Role.HUB_ADMIN: "admin",
    Role.AUDITOR: "auditor",
}
"""Every page is read by the first of these who may, so by everybody it is written for."""

CORRECTION = "/en/practices/iq-baghdad-cohesion-subplan/correction"

_TARGETS = re.compile(r'hx-target="#([\w-]+)"')
_TOKEN = re.compile(r'(<input type="hidden" name="(?:page|form_token)" value=")[^"]*')


def _letters(html: str) -> str:
    """The text without the space around lines and without what is new with every opening."""
    return "\n".join(line.strip() for line in _TOKEN.sub(r"\1", html).splitlines() if line.strip())


def _asking_for(target: str) -> dict[str, str]:
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


def _pages(library: Library, values: Values) -> Iterator[tuple[str, str]]:
    """Persona and address of all pages; the language changes from one to the next."""
    for number, found in enumerate(addresses(library.app, values, ["en"])):
        if found.method == "GET" and found.path.startswith("/en"):
            reader = next(name for role, name in READERS.items() if role in POLICY[found.route].roles)
            yield reader, f"/{LANGUAGES[number % len(LANGUAGES)]}{found.path.removeprefix('/en')}"


async def _values(library: Library) -> Values:
    async with library.app.state.database.reading(SYSTEM) as session:
        return await load_values(session)


def test_fragments_are_slices_of_their_page(library: Library) -> None:
    """Every `hx-target` of every page, asked for at the address of that page."""
    wrong = []
    asked = set()
    pages = 0
    searches = [("visitor", f"/{lang}{path}") for path in SEARCHES for lang in ("ar", "en")]
    for persona, path in [*_pages(library, library.run(_values(library))), *searches]:
        whole = library.get(path, persona)
        pages += "<html" in whole.text
        for target in sorted(set(_TARGETS.findall(whole.text))):
            asked.add((path.split("?")[0][3:], target))
            part = library.get(path, persona, **_asking_for(target))
            wrong += [f"{persona} {path} #{target} {problem}" for problem in _problems(whole, part, target)]
    assert wrong == []
    assert pages > 90
    assert {("/practices", "results"), ("/cities", "results"), ("/events", "results")} < asked
    assert {("/compare", "comparison"), ("/manage/practices/new", "form")} < asked


def test_a_form_sent_back_is_a_slice_of_its_page(library: Library) -> None:
    """What is wrong in a form is told in the same letters, with and without JavaScript."""

    async def send(headers: Mapping[str, str]) -> httpx.Response:
        async with client_of(library.app, **{"Sec-Fetch-Site": "same-origin"}, **headers) as client:
            return await client.post(CORRECTION, data={"text": ""})

    whole, part = library.run(send({})), library.run(send(_asking_for("form")))
    assert whole.status_code == 422
    assert list(_problems(whole, part, "form")) == []


@pytest.mark.parametrize(
    "headers",
    [
        {**_asking_for("results"), "HX-History-Restore-Request": "true"},
        {**_asking_for("results"), "HX-Request-Type": "full"},
        {**_asking_for("results"), "HX-Request": "false"},
        _asking_for("nowhere"),
    ],
    ids=["history", "full", "no htmx", "unknown target"],
)
def test_the_whole_page_where_a_fragment_would_be_wrong(library: Library, headers: dict[str, str]) -> None:
    """The history, links that replace everything, other clients and ids that no block fills."""
    answer = library.get("/en/practices", **headers)
    assert answer.status_code == 200
    assert "<html" in answer.text
    assert "HX-Target" in answer.headers["vary"]
