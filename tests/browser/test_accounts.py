"""Accounts in a real browser, outside demo mode: an invitation on a phone, passkeys, signing out."""

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect
from sqlalchemy import select, update

from app.core.actor import HUB_ROLES, Role
from app.core.credentials import Strength
from app.core.db import Database, WriteSession
from app.features.accounts.service.invitations import make_invitation
from app.features.accounts.service.sessions import begin_session
from app.models.account import Passkey, SignInSession
from app.web.security import SESSION_COOKIE
from tests.browser.conftest import WIDTHS, Open, Sites, serving, violations
from tests.browser.test_consultation import file_consultation, fits
from tests.factories.accounts import MOSUL, invitation, make_account
from tests.factories.mail import decoded

Found = TypeVar("Found")
SECRET = "a-secret-of-a-server-that-is-no-demonstration"
CITY = [(Role.CITY_LEAD, [MOSUL])]
HUB = [(role, list[str]()) for role in sorted(HUB_ROLES)]


@dataclass
class Closed:
    """A server outside demo mode, its database and the folder of its mails."""

    address: str
    url: str
    mails: Path

    def do(self, work: Callable[[WriteSession], Awaitable[Found]]) -> Found:
        """Change something in the database, in a thread: the browser has the loop of this one."""
        found: list[Found] = []

        async def run() -> None:
            database = Database(self.url)
            async with database.writing() as session:
                found.append(await work(session))
            await database.aclose()

        thread = threading.Thread(target=lambda: asyncio.run(run()))
        thread.start()
        thread.join()
        return found[0]

    def account(self, email: str, held: list[tuple[Role, list[str]]]) -> UUID:
        """An account with roles."""
        return self.do(lambda session: make_account(session, email, *held))

    def sign_in(self, context: BrowserContext, account: UUID, strength: Strength = Strength.EMAIL) -> None:
        """Put a new session into a browser."""
        now = datetime.now(UTC)
        token = self.do(lambda session: begin_session(session, account, strength, "Test", now=now))
        safe = self.address.replace("http:", "https:")
        cookie: Any = {"name": SESSION_COOKIE, "value": token, "url": safe, "secure": True, "httpOnly": True}
        context.add_cookies([cookie])

    def mail_to(self, email: str) -> str:
        """The text of the last mail to an address, once it is there."""
        waiting = threading.Event()
        for _ in range(200):
            for path in sorted(self.mails.glob("*"), reverse=True):
                message = decoded(path.read_bytes())
                if message["To"] == email and (body := message.get_body(("plain",))):
                    text: str = body.get_content()
                    return text
            waiting.wait(0.05)
        raise AssertionError(f"No mail to {email}")


@pytest.fixture(scope="module")
def closed_sites(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Closed]]:
    """Servers outside demo mode, one for each database."""
    with ExitStack() as stack:
        running: dict[str, Closed] = {}

        def on(engine: str) -> Closed:
            if engine not in running:
                url, index = sites.copy(engine)
                mails = tmp_path_factory.mktemp(f"mails-{engine}")
                address = stack.enter_context(
                    serving(url, index, demo=False, secret_key=SECRET, mail_folder=mails)
                )
                running[engine] = Closed(address, url, mails)
            return running[engine]

        yield on


@pytest.fixture
def closed(engine: str, closed_sites: Callable[[str], Closed]) -> Closed:
    """A server outside demo mode; a test that asks for it runs on both databases."""
    return closed_sites(engine)


def path_of(page: Page) -> str:
    """Path of the page that is open."""
    return "/" + page.url.split("/", 3)[3]


# --- from an invitation to a consultation ----------------------------------------------------------


def test_from_an_invitation_to_a_first_consultation(closed: Closed, open_page: Open) -> None:
    """An administrator invites; on an Arabic phone the mail is opened, accepted, a consultation sent."""
    site, email = closed.address, "sara@mosul.example"
    desk = open_page(f"{site}/en/")
    closed.sign_in(desk.context, closed.account("admin@invites.example", HUB), Strength.PASSKEY)
    desk.goto(f"{site}/en/people/invitations/new")
    desk.locator("#name").fill("سارة")
    desk.locator("#email").fill(email)
    desk.locator("input[name=language][value=ar]").check()
    desk.locator("input[name=role][value='city lead']").check()
    desk.locator("details:has(input[name=cities]) > summary").click()
    desk.locator(f"input[name=cities][value={MOSUL}]").check()
    desk.locator("main form .buttons button").click()
    expect(desk.locator(".notice-success")).to_be_visible()

    text = closed.mail_to(email)
    link = next(line for line in text.splitlines() if line.startswith("http"))
    assert link.startswith(f"{site}/ar/invitations/")
    phone = open_page(link, width=WIDTHS["phone"])
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.locator("main")).to_contain_text(email)
    assert fits(phone)
    phone.locator("main form button").click()
    expect(phone.locator("main")).to_contain_text(email)
    assert path_of(phone) == "/ar/account"
    assert fits(phone)
    phone.goto(f"{site}/ar/consultations/new")
    reference = file_consultation(phone)
    assert reference
    receipt = phone.url
    assert desk.goto(receipt.replace("/ar/", "/en/manage/").partition("?")[0])

    phone.goto(f"{site}/ar/account")
    phone.locator("form[action$='/sign-out'] button").click()
    phone.wait_for_url(f"{site}/ar/sign-in?said=signed-out")
    phone.go_back()
    expect(phone.locator("body")).not_to_contain_text(email)
    phone.goto(receipt)
    expect(phone.locator("body")).not_to_contain_text(reference)


def test_signing_in_by_mail(closed: Closed, open_page: Open) -> None:
    """The code of the mail, typed in Arabic digits where it has any, opens the account."""
    site, email = closed.address, "omar@mosul.example"
    closed.account(email, CITY)
    page = open_page(f"{site}/ar/sign-in?next=%2Far%2Fconsultations", width=WIDTHS["phone"])
    page.locator("#email").fill(email)
    page.locator("form[action$='/sign-in'] button").click()
    page.locator("#code").fill("2222 2222")
    page.locator("main form button").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#code")).to_have_value("2222 2222")
    code = next(line for line in closed.mail_to(email).splitlines() if re.fullmatch("[2-9A-Z]{8}", line))
    page.locator("#code").fill(code.translate(str.maketrans("23456789", "٢٣٤٥٦٧٨٩")).lower())
    page.locator("main form button").click()
    page.wait_for_url(f"{site}/ar/consultations")


def test_numbers_lead_to_the_address_of_the_service(closed: Closed, open_page: Open) -> None:
    """127.0.0.1 is no name: browsers make no passkeys for it."""
    numbers = closed.address.replace("localhost", "127.0.0.1")
    page = open_page(f"{numbers}/en/sign-in?next=%2Fen%2Fcities")
    assert page.url == f"{closed.address}/en/sign-in?next=%2Fen%2Fcities"
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()


# --- passkeys ------------------------------------------------------------------------------------


def plug_in(protocol: CDPSession) -> str:
    """A device that holds passkeys and knows its owner; gives its id."""
    device = protocol.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return str(device["authenticatorId"])


def sign_out(page: Page, site: str) -> None:
    """By the button on one's own page."""
    page.goto(f"{site}/en/account")
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url(f"{site}/en/sign-in?said=signed-out")


def enter_by_passkey(page: Page, site: str) -> None:
    """By the button on the page of signing in."""
    page.goto(f"{site}/en/sign-in?next=%2Fen%2Fmanage%2F")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/en/manage/")


def test_passkeys(closed: Closed, open_page: Open) -> None:
    """The first wakes a role of the hub, signs in and confirms; a second one comes, the first goes."""
    site = closed.address
    account = closed.account("editor@passkeys.example", HUB)
    page = open_page(f"{site}/en/")
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable", {"enableUI": False})
    first = plug_in(protocol)
    closed.sign_in(page.context, account)

    page.goto(f"{site}/en/manage/")
    page.get_by_role("link", name="Confirm that it is you").click()
    page.get_by_label("A name for it").fill("Old phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url(f"{site}/en/manage/")

    sign_out(page, site)
    enter_by_passkey(page, site)

    def forget_proof(session: WriteSession) -> Awaitable[Any]:
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        return session.execute(update(SignInSession).values(confirmed_at=long_ago))

    closed.do(forget_proof)
    page.goto(f"{site}/en/people/invitations/new")
    expect(page.locator("#email")).to_have_count(0)
    page.get_by_role("link", name="Confirm that it is you").click()
    page.get_by_role("button", name="Show my passkey").click()
    page.wait_for_url(f"{site}/en/people/invitations/new")
    expect(page.locator("#email")).to_be_visible()

    protocol.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    plug_in(protocol)
    closed.do(forget_proof)
    page.goto(f"{site}/en/account")
    page.get_by_role("button", name="Make a passkey on this device").click()
    page.wait_for_url(re.compile("/en/confirm"))  # making one wants a fresh proof, and leads to it
    closed.sign_in(page.context, account, Strength.PASSKEY)
    page.goto(f"{site}/en/account")
    page.get_by_label("A name for it").fill("New phone")
    page.get_by_role("button", name="Make a passkey on this device").click()
    old = page.locator("#passkeys ~ ul li").filter(has_text="Old phone")
    new = page.locator("#passkeys ~ ul li").filter(has_text="New phone")
    expect(new).to_have_count(1)
    old.locator("summary").click()
    old.get_by_role("button", name="Yes, remove it").click()
    expect(page.locator(".notice-success")).to_be_visible()
    expect(old).to_have_count(0)

    sign_out(page, site)
    enter_by_passkey(page, site)

    async def names(session: WriteSession) -> list[str]:
        return list(await session.scalars(select(Passkey.name).where(Passkey.account_id == account)))

    assert closed.do(names) == ["New phone"]


def test_a_device_without_our_passkey_says_so(closed: Closed, open_page: Open) -> None:
    """The page tells what to do, the button works again; nobody is signed in."""
    page = open_page(f"{closed.address}/en/sign-in")
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable", {"enableUI": False})
    plug_in(protocol)
    button = page.get_by_role("button", name="Sign in with a passkey")
    button.click()
    expect(page.locator("[data-passkey-problem]")).to_have_text(
        "This did not work. Try again, or use another way."
    )
    expect(button).to_be_enabled()


# --- how it looks ----------------------------------------------------------------------------------


def pages_of_accounts(closed: Closed, language: str) -> Iterator[tuple[str, UUID | None, Strength]]:
    """Every new page: path, who is there, how they came in."""
    hub, strong = closed.account(f"hub-{language}@looks.example", HUB), Strength.PASSKEY
    new = closed.account(f"new-{language}@looks.example", HUB)
    city = closed.account(f"city-{language}@looks.example", CITY)
    asked = invitation(f"invited-{language}@looks.example", Role.CITY_LEAD, MOSUL)
    now = datetime.now(UTC)
    invited = closed.do(lambda session: make_invitation(session, asked, invited_by="system", now=now))
    for path in (
        "sign-in",
        "sign-in/code",
        "sign-in/link/x",
        "invitations/x",
        f"invitations/{invited.token}",
    ):
        yield path, None, Strength.EMAIL
    for account, path in (
        (new, "confirm"),
        (new, "account"),
        (new, "manage/"),
        (city, "confirm"),
        (city, "account"),
    ):
        yield path, account, Strength.EMAIL
    for path in (
        *("account", "account?said=saved", "account/address/x", "people", f"people/{city}", f"people/{hub}"),
        *(f"people/{city}?said=role-given", "people/invitations", "people/invitations/new"),
        *("people?q=zzz", "people?state=suspended"),
    ):
        yield path, hub, strong


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_page_of_accounts_is_accessible(
    closed_sites: Callable[[str], Closed], open_page: Open, language: str
) -> None:
    """No violation and nothing wider than the screen, on a phone and a desktop."""
    closed = closed_sites("sqlite")
    wrong = []
    page = open_page(f"{closed.address}/{language}/", bypass_csp=True)
    reader: UUID | None = None
    for path, account, strength in pages_of_accounts(closed, language):
        if account != reader:
            page.context.clear_cookies()
            reader = account
            if account is not None:
                closed.sign_in(page.context, account, strength)
        answer = page.goto(f"{closed.address}/{language}/{path}")
        assert answer is not None
        assert answer.status == {"invitations/x": 404, "manage/": 403}.get(path, 200), path
        for details in page.locator("main details").all():
            details.evaluate("element => { element.open = true }")
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{path} {name}: {found}" for found in violations(page)]
            if not fits(page):
                wrong.append(f"{path} {name}: wider than the screen")
    assert wrong == []
