"""Search, filter, back and compare, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, Open


def test_search_and_filter_without_javascript(site: str, open_page: Open) -> None:
    """The plain form does everything: words, a box, a chip's link."""
    page = open_page(f"{site}/en/practices", script=False)
    page.get_by_label("Search practices").fill("youth")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page).to_have_url(re.compile(r"q=youth"))
    page.locator("#theme-youth-engagement").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"theme=youth"))
    expect(page.locator("#q")).to_have_value("youth")
    page.locator(".chip").first.click()
    expect(page).not_to_have_url(re.compile(r"theme=youth"))


def test_filter_and_back_with_javascript(site: str, open_page: Open) -> None:
    """The list changes in place, the address follows, back brings the earlier list."""
    page = open_page(f"{site}/en/practices")
    heading = page.locator("#results h2").first
    before = heading.inner_text()
    page.locator("#country-IQ").check()
    expect(page).to_have_url(re.compile(r"country=IQ"))
    expect(heading).not_to_have_text(before)
    expect(page.locator("#status")).to_contain_text("practice")
    page.go_back()
    expect(page).not_to_have_url(re.compile(r"country=IQ"))
    expect(page.locator("#results h2").first).to_have_text(before)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_arabic_search_on_a_phone(site: str, open_page: Open, script: bool) -> None:
    """An Arabic word finds practices; nothing is wider than the screen."""
    page = open_page(f"{site}/ar/practices", width=WIDTHS["phone"], script=script)
    page.locator("#q").fill("الشباب")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(re.compile(r"q=%D8%A7"))
    expect(page.locator(".record").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_two_practices_can_be_compared(site: str, open_page: Open) -> None:
    """Tick two, compare: both are side by side."""
    page = open_page(f"{site}/en/practices")
    boxes = page.locator("[data-compare]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Compare selected").click()
    expect(page).to_have_url(re.compile(r"/en/compare\?.*practice=.*practice="))
    expect(page.locator("table.compare thead th")).to_have_count(3)
