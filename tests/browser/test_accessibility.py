"""axe-core finds nothing: every page, in every language, theme and width, as everybody whose page differs."""

import asyncio
import re
import threading
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page

from app.core.db import Database
from app.core.scope import SYSTEM
from app.main import create_app
from app.web.security import SESSION_COOKIE
from tests.browser.conftest import AXE, WIDTHS, Open, Sites, sign_in
from tests.conftest import settings_for
from tests.databases import Templates
from tests.factories.forms import form_to
from tests.factories.walk import addresses, load_values

PERSONAS = ("visitor", "practitioner", "official:xx-sample-city", "editor")
LANGUAGES = ("ar", "fr", "en")
_MAIN = re.compile(r"<main.*</main>", re.S)
_VARYING = re.compile(r'name="(?:page|version|form_token)" value="[^"]*"')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", PERSONAS)
def test_every_page(sites: Sites, templates: Templates, open_page: Open, persona: str, language: str) -> None:
    """No violation, and nothing wider than the screen."""
    site = sites["sqlite"]
    wrong: list[str] = []
    page: Page | None = None
    for path in _pages(site, templates, persona, language):
        if page is None:
            page = open_page(f"{site}{path}", persona=persona, bypass_csp=True)
        else:
            page.goto(f"{site}{path}")
        page.add_script_tag(path=str(AXE))
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                wrong += [f"{path} {theme} {name}: {found}" for found in _violations(page)]
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    wrong.append(f"{path} {theme} {name}: wider than the screen")
    assert page is not None or persona == "practitioner", "only a practitioner sees what a visitor sees"
    assert wrong == []


def _pages(site: str, templates: Templates, persona: str, language: str) -> Iterator[str]:
    """The pages of a persona: all of a visitor's; of others those that a visitor sees otherwise or not."""
    values = {key: of[-1:] for key, of in _values(templates).items()}
    values["section"] = _values(templates)["section"]
    with (
        httpx.Client(base_url=site, headers=_signed_in(site, persona)) as client,
        httpx.Client(base_url=site) as visitor,
    ):
        consultations = [
            item["id"] for item in visitor.get("/api/v1/consultations?illustrations=true").json()["items"]
        ]
        if persona.startswith("official"):
            form = form_to(client.get(f"/{language}/consultations").text, f"/{language}/consultations/new")
            headers = {"Sec-Fetch-Site": "same-origin"}
            started = client.post(f"/{language}/consultations/new", data=form.values, headers=headers)
            consultations.append(started.headers["location"].rpartition("/")[2])
        values["consultations"] = consultations[-2:]
        app = create_app(settings_for(templates.url("sqlite", "filled"), templates.folder / "index-sqlite"))
        seen: set[str] = set()
        for address in addresses(app, values, [language]):
            if address.method != "GET" or address.path in seen:
                continue
            seen.add(address.path)
            answer = client.get(address.path)
            is_page = answer.status_code == 200 and "text/html" in answer.headers["content-type"]
            if is_page and (persona == "visitor" or _main(answer) != _main(visitor.get(address.path))):
                yield address.path


def _main(answer: httpx.Response) -> str:
    found = _MAIN.search(answer.text)
    return _VARYING.sub("", found[0]) if found else ""


def _values(templates: Templates) -> dict[str, list[str]]:
    """Records of the demo content; read in a thread, because the browser has the loop of this one."""
    found: list[dict[str, list[str]]] = []

    async def read() -> None:
        database = Database(templates.url("sqlite", "filled"))
        async with database.reading(SYSTEM) as session:
            found.append(await load_values(session))
        await database.aclose()

    thread = threading.Thread(target=lambda: asyncio.run(read()))
    thread.start()
    thread.join()
    return found[0]


def _violations(page: Page) -> list[str]:
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


def _signed_in(site: str, persona: str) -> dict[str, str]:
    return {} if persona == "visitor" else {"Cookie": f"{SESSION_COOKIE}={sign_in(site, persona)}"}
