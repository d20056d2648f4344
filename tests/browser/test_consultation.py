"""A city files a consultation: on an Arabic phone without JavaScript, on an English desktop with it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, Open, violations

OFFICIAL = "official:iq-mosul"


def go_on(page: Page) -> None:
    """Save and continue."""
    page.locator(".buttons button[value=continue]").click()


def finish(page: Page) -> None:
    """Call a section of statements finished, save and continue."""
    page.locator("input[name=finished][value=yes]").check()
    go_on(page)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen; works without JavaScript on the page, too."""
    return page.locator("html").evaluate("e => e.scrollWidth <= e.clientWidth") is True


def file_consultation(page: Page) -> str:
    """Answer every section by its form and send it; gives the reference number."""
    page.locator("main form button").last.click()
    page.locator(".task-list a").first.click()

    page.locator("#title").fill("طاولة مستديرة مع الشباب")
    page.locator("#held").fill("٢٠٢٦-٠٣")
    go_on(page)
    # Language is there from the start; method and purpose are missing.
    expect(page.locator("#error-summary a")).to_have_count(2)
    expect(page.locator("#title")).to_have_value("طاولة مستديرة مع الشباب")
    page.locator("input[name=method]").first.check()
    page.locator("#purpose").fill("سماع صوت الشباب")
    go_on(page)

    page.locator("input[name=basis][value=estimate]").check()
    page.locator("#total").fill("٢٥")
    page.locator("#who_was_missing").fill("من يعملون ليلًا")
    go_on(page)

    page.locator("input[name=discussed][value=yes]").check()
    page.locator("#statements-0-text").fill("خطاب كراهية على الشبكة")
    page.locator("input[name='statements.0.severity'][value='3']").check()
    page.locator("button[value='add:statements']").click()
    expect(page.locator("#statements-0-text")).to_have_value("خطاب كراهية على الشبكة")
    page.locator("#statements-1-text").fill("تنمّر في المدارس")
    finish(page)

    for _ in ("approaches", "assets", "gaps"):
        page.locator("input[name=discussed][value='not discussed']").check()
        finish(page)

    page.locator("input[name=discussed][value=yes]").check()
    page.locator("#statements-0-text").fill("مساحة للشباب")
    page.locator("#statements-0-concept").select_option(index=1)
    finish(page)

    page.locator("input[name=strategy_known][value=unknown]").check()
    go_on(page)

    page.locator("input[name=attribution][value=A3]").check()
    page.locator("input[name=sensitivity][value=network]").check()
    page.locator("input[name=consent_given][value=yes]").check()
    page.locator("input[name=consent_language][value=ar]").check()
    page.locator("#consent_on").fill("2026-03-01")
    page.locator("input[name=consent_channel][value=form]").check()
    go_on(page)

    expect(page).to_have_url(re.compile("/check$"))
    expect(page.locator("main")).to_contain_text("تنمّر في المدارس")
    page.locator("#confirmed").check()
    page.locator("main form button").click()
    expect(page.locator(".reference")).to_have_text(re.compile(r"MED-\d{4}-\d{4}"))
    return page.locator(".reference").inner_text()


def test_arabic_phone_without_javascript(site: str, open_page: Open) -> None:
    """Plain forms do everything."""
    page = open_page(f"{site}/ar/consultations/new", persona=OFFICIAL, width=WIDTHS["phone"], script=False)
    reference = file_consultation(page)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.goto(f"{site}/ar/consultations")
    expect(page.locator("main")).to_contain_text(reference)


def test_english_desktop_with_javascript(site: str, open_page: Open) -> None:
    """The same with scripts on; the receipt prints without controls."""
    page = open_page(f"{site}/en/consultations/new", persona=OFFICIAL)
    reference = file_consultation(page)
    expect(page.locator(".notice-success")).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator(".main-nav")).to_be_hidden()
    expect(page.locator(".confirm")).to_be_hidden()
    expect(page.locator(".reference")).to_have_text(reference)
    expect(page.locator("#needs-status")).to_contain_text("مساحة للشباب")


def test_drafts_save_themselves(site: str, open_page: Open) -> None:
    """After a second of silence the draft is saved; another page that is open does not lose what it has."""
    page = open_page(f"{site}/en/consultations/new", persona=OFFICIAL)
    page.locator("main form button").last.click()
    page.locator(".task-list a").first.click()
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("#title").press_sequentially("Saved by itself")
    expect(page.locator("#save-state")).to_contain_text("Draft saved at")
    other.locator("#title").fill("Typed elsewhere")
    expect(other.locator("#save-state")).to_contain_text("could not be saved")
    other.locator(".buttons button[value=later]").click()
    expect(other.locator("#conflict")).to_be_focused()
    expect(other.locator("table")).to_contain_text("Saved by itself")
    expect(other.locator("#title")).to_have_value("Typed elsewhere")
    page.reload()
    expect(page.locator("#title")).to_have_value("Saved by itself")


def test_pages_are_accessible_and_fit_a_phone(site: str, open_page: Open) -> None:
    """No violation, no sideways scrolling: description, task list, sections, errors, check."""
    page = open_page(
        f"{site}/ar/consultations/new", persona=OFFICIAL, width=WIDTHS["phone"], bypass_csp=True, dark=True
    )
    assert violations(page) == []
    page.locator("main form button").last.click()
    address = page.url
    for path in ("", "/about", "/participants", "/needs?add=statements", "/national", "/privacy", "/check"):
        page.goto(address + path)
        assert violations(page) == [], path
        assert fits(page), path
    page.goto(address + "/concerns")
    go_on(page)
    expect(page.locator("#error-summary")).to_be_focused()
    assert violations(page) == []
    assert fits(page)


def test_receipt_and_lists_are_accessible(site: str, open_page: Open) -> None:
    """The receipt, the lists of city, hub and public, and the hub's pages of a consultation."""
    page = open_page(f"{site}/en/consultations/new", persona=OFFICIAL, bypass_csp=True)
    file_consultation(page)
    receipt = page.url.partition("?")[0]
    manage = receipt.replace("/en/", "/en/manage/")
    seen = {
        OFFICIAL: [receipt, f"{site}/en/consultations"],
        "editor": [f"{site}/en/consultations", receipt, manage, f"{manage}/publish"],
        "visitor": [f"{site}/en/consultations", f"{site}/en/consultations/new"],
    }
    for persona, addresses in seen.items():
        for address in addresses:
            phone = open_page(address, persona=persona, width=WIDTHS["phone"], bypass_csp=True)
            assert violations(phone) == [], (persona, address)
            assert fits(phone), (persona, address)
