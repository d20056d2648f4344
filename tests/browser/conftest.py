"""A real server with the demo content, and Debian's Chromium in front of it."""

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.main import create_app
from app.web.security import SESSION_COOKIE
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.conftest import settings_for
from tests.databases import ROOT, Templates
from tests.factories.people import cookie_of

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": 390, "desktop": 1280}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serving(url: str, index: Path, **changes: Any) -> Iterator[str]:
    """Run the app on a free port of this machine, some settings changed; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    app = create_app(settings_for(url, index, public_url=address, **changes))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    waiting = threading.Event()
    for _ in range(600):
        try:
            httpx.get(f"{address}/health/ready").raise_for_status()
            break
        except httpx.HTTPError:
            waiting.wait(0.05)
    else:
        raise RuntimeError("The server did not start")
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join(timeout=10)


class Sites:
    """Running servers by engine: one per engine and worker, on a copy of the demo content."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._running: dict[str, Any] = {}

    def __getitem__(self, engine: str) -> str:
        if engine not in self._running:
            manager = serving(*self.copy(engine))
            self._running[engine] = (manager.__enter__(), manager)
        address: str = self._running[engine][0]
        return address

    def copy(self, engine: str) -> tuple[str, Path]:
        """A database and an index for one more server."""
        found: list[str] = []
        thread = threading.Thread(
            target=lambda: found.append(asyncio.run(self._templates.copy(engine, "filled")))
        )
        thread.start()
        thread.join()
        index = self._templates.folder / f"index-browser-{engine}-{time.monotonic_ns()}"
        shutil.copytree(self._templates.folder / f"index-{engine}", index)
        return found[0], index

    def close(self) -> None:
        """Stop all servers."""
        for _, manager in self._running.values():
            manager.__exit__(None, None, None)


@pytest.fixture(scope="session")
def sites(templates: Templates) -> Iterator[Sites]:
    """Servers, started when first asked for."""
    running = Sites(templates)
    yield running
    running.close()


@pytest.fixture
def site(engine: str, sites: Sites) -> str:
    """The address of a server; a test that asks for it runs on both databases."""
    return sites[engine]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium per worker."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield opened
        opened.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a page: `open_page(address, persona="editor", width=390, dark=True, script=False)`."""
    contexts: list[BrowserContext] = []

    def open_(
        address: str,
        *,
        persona: str = "visitor",
        width: int = 1280,
        dark: bool = False,
        script: bool = True,
        bypass_csp: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            bypass_csp=bypass_csp,
            reduced_motion="reduce",
        )
        if persona != "visitor":
            context.add_cookies([session_cookie(address, persona)])
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


def sign_in(site: str, persona: str) -> str:
    """A session of the demo account, taken at the demo's door."""
    answer = httpx.post(f"{site}/demo/sign-in", data={"persona": persona})
    return cookie_of(answer)


def session_cookie(address: str, persona: str) -> Any:
    """What a browser that is signed in at a site holds."""
    site = "/".join(address.split("/")[:3])
    safe = site.replace("http:", "https:")  # cookies do not know ports, and this one wants a safe connection
    return {
        "name": SESSION_COOKIE,
        "value": sign_in(site, persona),
        "url": safe,
        "secure": True,
        "httpOnly": True,
    }


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, a line each. The page needs `bypass_csp`."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]
