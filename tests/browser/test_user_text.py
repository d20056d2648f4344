"""Hostile texts in every field, opened in a real browser: no request, no script, no dialog, no complaint."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from playwright.sync_api import Browser, Page, Request, Route

from app.core.db import Database
from app.core.scope import SYSTEM
from app.main import create_app
from app.web.security import SESSION_COOKIE
from tests.browser.conftest import serving, session_cookie, sign_in
from tests.conftest import settings_for
from tests.databases import Templates
from tests.factories.payloads import ARABIC, HIT, PAYLOADS
from tests.factories.planting import SIGN, plant_words
from tests.factories.walk import NOBODY, Values, addresses, load_values

PRACTICE = "/en/practices/iq-baghdad-cohesion-subplan"
LIVE = f'{SIGN} <div hx-get="{HIT}" hx-trigger="load" hx-swap="none">x</div>'
GROUPS = 6

WATCH = """
    window.__violations = [];
    addEventListener('securitypolicyviolation', e => window.__violations.push(e.effectiveDirective));
"""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LOOK = """() => ({
    hit: window.__hit ?? null,
    violations: window.__violations,
    powered: document.querySelectorAll('[hx-ignore] [data-htmx-powered]').length,
    alive: [...document.querySelectorAll('body *')].flatMap(e => [...e.attributes]
        .filter(a => !['value', 'aria-label'].includes(a.name))
        .filter(a => /[?]hit|__hit/.test(a.value) && !a.value.startsWith('https://example.org'))
        .map(a => `<${e.localName} ${a.name}=${a.value}>`.slice(0, 120))),
    planted: document.body.textContent.split('Kanari').length - 1,
})"""


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Do something in a loop of its own, beside the one of the browser."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(asyncio.run(work)))
    thread.start()
    thread.join()
    return found[0]


async def _plant(url: str, words: Callable[[], str]) -> Values:
    """Gives one record of every kind, and a draft, a sent and a published consultation of Mosul."""
    database = Database(url)
    async with database.writing(SYSTEM) as session:
        owned = await plant_words(session, words)
    async with database.reading(SYSTEM) as session:
        values = {key: found[:1] for key, found in (await load_values(session)).items()}
    await database.aclose()
    no_accounts = {
        part: [NOBODY]
        for part in ("token", "devices", "passkeys", "tokens", "people", "invitations", "roles", "grant_id")
    }
    return {**no_accounts, **values, "consultations": owned[:3], "section": ["about", "concerns", "needs"]}


@contextmanager
def _planted(templates: Templates, words: Callable[[], str]) -> Iterator[tuple[str, str, Values]]:
    """A running server with planted texts: its address, its database, and the records to look at."""
    url = _run(templates.copy("sqlite", "filled"))
    values = _run(_plant(url, words))
    index = templates.folder / f"index-{Path(url).stem}"
    shutil.copytree(templates.folder / "index-sqlite", index)
    with serving(url, index) as site:
        yield site, url, values


@pytest.fixture(scope="module")
def hostile(templates: Templates) -> Iterator[tuple[str, str, Values]]:
    """Each field has a part of all payloads between Arabic words; each page has fields with all parts."""
    parts = cycle(["\n\n".join((f"{SIGN} {ARABIC}", *PAYLOADS[at::GROUPS], ARABIC)) for at in range(GROUPS)])
    with _planted(templates, lambda: next(parts)) as found:
        yield found


def _pages(found: tuple[str, str, Values], persona: str, language: str) -> list[str]:
    """The addresses of all pages that this reader gets to see."""
    site, url, values = found
    app = create_app(settings_for(url, Path(url).parent / "nothing", public_url=site))
    cookies = {} if persona == "visitor" else {SESSION_COOKIE: sign_in(site, persona)}
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    paths = []
    with httpx.Client(base_url=site, headers=header if cookies else {}) as client:
        for address in addresses(app, values, [language]):
            if address.method == "GET":
                answer = client.get(address.path)
                if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                    paths.append(address.path)
    return list(dict.fromkeys(paths))


@contextmanager
def _watched(browser: Browser, site: str, persona: str) -> Iterator[tuple[Page, list[Request], list[str]]]:
    """A page, the requests that it makes and the dialogs that it opens."""
    context = browser.new_context(reduced_motion="reduce")
    if persona != "visitor":
        context.add_cookies([session_cookie(site, persona)])
    context.add_init_script(WATCH)
    requests: list[Request] = []
    dialogs: list[str] = []
    context.on("request", lambda request: requests.append(request))
    context.on("dialog", lambda dialog: dialogs.append(dialog.message))
    yield context.new_page(), requests, dialogs
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("persona", ["visitor", "official:iq-mosul", "editor"])
def test_nothing_comes_to_life(
    hostile: tuple[str, str, Values], browser: Browser, persona: str, language: str
) -> None:
    """All pages of a reader: they ask for themselves and for files of the site, and for nothing else."""
    site = hostile[0]
    paths = _pages(hostile, persona, language)
    wrong: list[str] = []
    planted = 0
    with _watched(browser, site, persona) as (page, requests, dialogs):
        for path in paths:
            requests.clear()
            page.goto(f"{site}{path}")
            page.evaluate(SETTLED)
            seen = page.evaluate(LOOK)
            planted += seen.pop("planted")
            own = {f"{site}{path}"}
            wrong += [
                f"{path}: {one.method} {one.url}"
                for one in requests
                if one.method != "GET" or (one.url not in own and not one.url.startswith(f"{site}/static/"))
            ]
            if seen != {"hit": None, "violations": [], "powered": 0, "alive": []} or page.url not in own:
                wrong.append(f"{path}: {seen} {page.url}")
    assert wrong == []
    assert dialogs == []
    assert len(paths) > 15
    assert planted > 400


def _hits(browser: Browser, site: str) -> int:
    """How often a practice with live payloads makes htmx ask for something."""
    with _watched(browser, site, "visitor") as (page, requests, _):
        page.goto(f"{site}{PRACTICE}")
        page.evaluate(SETTLED)
        with page.expect_request("**/en/about?last"):  # what htmx asked for before this one is known
            page.evaluate("() => fetch('/en/about?last')")
        return sum(one.url == f"{site}{HIT}" for one in requests)


class _Unshielded(FileSystemLoader):
    """The templates of a build in which somebody took the shields away."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """The text of a template without them."""
        text, name, is_current = super().get_source(environment, template)
        return text.replace(" hx-ignore", ""), name, is_current


def test_the_shield_alone_holds_against_htmx(
    templates: Templates, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that shows texts as the markup they are: live payloads stand in the page and do nothing."""
    monkeypatch.setattr("app.web.render.prose", lambda text: Markup(str(text)))
    with _planted(templates, lambda: LIVE) as (site, _, _):
        assert '<div hx-get="/en/about?hit"' in httpx.get(f"{site}{PRACTICE}").text
        assert _hits(browser, site) == 0


def test_without_renderer_and_shield_the_payloads_fire(
    templates: Templates, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same build without the shield: these tests see what there is to see."""
    monkeypatch.setattr("app.web.render.prose", lambda text: Markup(str(text)))
    monkeypatch.setattr("app.web.render.FileSystemLoader", _Unshielded)
    with _planted(templates, lambda: LIVE) as (site, _, _):
        assert _hits(browser, site) > 0


def test_the_renderer_alone_holds(
    templates: Templates, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build without the shield: the texts are letters, and htmx finds nothing in them."""
    monkeypatch.setattr("app.web.render.FileSystemLoader", _Unshielded)
    with _planted(templates, lambda: LIVE) as (site, _, _):
        assert "&lt;div hx-get=" in httpx.get(f"{site}{PRACTICE}").text
        assert _hits(browser, site) == 0


@pytest.mark.parametrize(
    "attributes",
    [
        'hx-get="{hit}" hx-trigger="load"',
        'hx-post="{hit}" hx-trigger="load"',
        'hx-put="{hit}" hx-trigger="load"',
        'hx-delete="{hit}" hx-trigger="load"',
        'hx-post="{hit}" hx-trigger="every 50ms"',
        'data-hx-post="{hit}" data-hx-trigger="load"',
    ],
)
def test_what_htmx_does_with_an_attribute(
    hostile: tuple[str, str, Values], browser: Browser, attributes: str
) -> None:
    """Raw in a page an attribute is enough to send a request, policy or not; in the shield it is not."""
    site = hostile[0]
    asked = {shield: _asked(browser, site, shield, attributes) for shield in ("", " hx-ignore")}
    assert asked[""] > 0
    assert asked[" hx-ignore"] == 0


def _asked(browser: Browser, site: str, shield: str, attributes: str) -> int:
    """How often a page that has an element with these attributes asks for what they name."""
    about = httpx.get(f"{site}/en/about")
    payload = f"<div{shield}><div {attributes.format(hit=HIT)}>x</div></div>"
    last = '<div hx-get="/en/about?last" hx-trigger="load delay:300ms" hx-swap="none"></div>'
    kept = {name: about.headers[name] for name in ("Content-Type", "Content-Security-Policy")}

    def answer(route: Route) -> None:
        route.fulfill(body=about.text.replace("</main>", f"{payload}{last}</main>"), headers=kept)

    with _watched(browser, site, "visitor") as (page, requests, _):
        page.route(f"{site}/en/raw", answer)
        with page.expect_request("**/en/about?last"):
            page.goto(f"{site}/en/raw")
        assert page.evaluate("window.__violations") == []
        return sum(one.url == f"{site}{HIT}" for one in requests)
