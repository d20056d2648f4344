"""The Content-Security-Policy in a real browser: no page of ours goes against it, and it does stop things."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.conftest import Open, Sites

MOST_PAGES = 60
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
_FILES = re.compile(r"\.(csv|xlsx|bib|ris|txt|json)\b|/cite")


def _shape(path: str) -> str:
    """Pages of one kind look alike: names of records and queries do not count."""
    parts = path.partition("?")[0].split("/")
    return "/".join(part if place < 4 and len(part) < 14 else "*" for place, part in enumerate(parts))


def _listen(page: Page) -> list[str]:
    """What the browser complains about from now on."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Security Policy" in message.text or "Permissions-Policy" in message.text:
            said.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    return said


@pytest.mark.parametrize(
    ("persona", "language"), [("visitor", "ar"), ("official:xx-sample-city", "fr"), ("editor", "en")]
)
def test_no_page_goes_against_the_policy(sites: Sites, open_page: Open, persona: str, language: str) -> None:
    """From link to link through the site, one page of each shape."""
    site = sites["sqlite"]
    page = open_page(f"{site}/{language}/", persona=persona)
    said = _listen(page)
    waiting = [f"/{language}/"]
    shapes: set[str] = set()
    while waiting and len(shapes) < MOST_PAGES:
        path = waiting.pop(0)
        if _shape(path) in shapes or _FILES.search(path):
            continue
        shapes.add(_shape(path))
        page.goto(f"{site}{path}")
        waiting += [
            link.partition("#")[0] for link in page.evaluate(LINKS) if link.startswith(f"/{language}/")
        ]
    assert len(shapes) > 10
    assert said == []


def test_the_policy_stops_what_it_should(sites: Sites, open_page: Open) -> None:
    """Written into a page, neither style nor script nor a foreign picture comes to life."""
    page = open_page(f"{sites['sqlite']}/en/about")
    said = _listen(page)
    page.evaluate(
        """() => {
            document.body.setAttribute('style', 'color: red');
            const picture = '<img src="http://127.0.0.1:9/x.png" onerror="window.hit=1">';
            document.body.insertAdjacentHTML('beforeend', picture);
            const script = document.createElement('script');
            script.textContent = 'window.hit = 1';
            document.body.append(script);
        }"""
    )
    page.wait_for_function("() => true")
    assert page.evaluate("window.hit") is None
    assert len(said) >= 3
