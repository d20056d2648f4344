"""Signing in by mail, accepting an invitation, signing out: as a reader, as a scanner, as a stranger."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, func, select, update

from app.core.actor import Role
from app.core.credentials import AccountState, Strength
from app.features.accounts.rules.throttling import Limit
from app.features.accounts.service.invitations import make_invitation
from app.features.mail.rules import NOBODY
from app.models.account import Account, Invitation, RoleGrant, SignInSession, ThrottleCount
from app.models.audit import AuditEntry
from app.web.security import BROWSER_COOKIE, SESSION_COOKIE
from tests.conftest import Client, client_of, running, settings_for
from tests.factories.accounts import (
    MOSUL,
    Browser,
    Mails,
    invitation,
    make_account,
    signed_in,
    watch_mails,
)

EMAIL = "amal@example.org"
_VARYING = re.compile(rb'name="form_token" value="[0-9a-f]+"|/invitations/[\w-]+|/link/[\w-]+')


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Mails:
    """What pages send."""
    return watch_mails(monkeypatch)


@pytest.fixture
async def account(app: FastAPI) -> UUID:
    """Somebody who leads a city."""
    async with app.state.database.writing() as session:
        return await make_account(session, EMAIL, (Role.CITY_LEAD, [MOSUL]))


@pytest.fixture
def one_span(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans of throttles begin now, so that none ends within a test."""
    begins = datetime.now(UTC)
    monkeypatch.setattr(Limit, "begins", lambda _limit, _now: begins)


async def asked(client: Client, email: str = EMAIL) -> Browser:
    """A browser in which somebody has asked for a mail."""
    browser = Browser(client)
    await browser.get("/ar/sign-in")
    answer = await browser.post("/ar/sign-in", {"email": email, "next": "/ar/consultations"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/ar/sign-in/code?next=%2Far%2Fconsultations"
    return browser


async def test_a_link_is_opened_by_scanners_and_used_by_its_owner(
    account: UUID, client: Client, mails: Mails
) -> None:
    """Opened three times by a mail program it still works; in another browser never; once."""
    browser = await asked(client)
    path = mails.link(EMAIL)
    for _ in range(3):
        scanner = Browser(client)
        opened = await scanner.get(path)
        assert opened.status_code == 200
        assert not scanner.session
    tried = await scanner.post(path.partition("?")[0], {"next": ""})
    assert tried.status_code == 422
    assert not scanner.session
    page = await browser.get(path)
    assert page.headers["cache-control"] == "no-store"
    assert "Sign in now" in page.text or "form_token" in page.text
    came = await browser.post(path.partition("?")[0], {"next": "/ar/consultations"})
    assert (came.status_code, came.headers["location"]) == (303, "/ar/consultations")
    assert (await browser.get("/ar/account")).status_code == 200
    again = await browser.post(path.partition("?")[0])
    assert again.status_code == 422


async def test_a_code_typed_wrong_stays_in_its_field(account: UUID, client: Client, mails: Mails) -> None:
    """And the right one, typed as people type, signs in; then it is used up."""
    browser = await asked(client)
    wrong = await browser.post("/en/sign-in/code", {"code": "ABCD <b>"})
    assert wrong.status_code == 422
    assert 'value="ABCD &lt;b&gt;"' in wrong.text
    assert not browser.session
    code = mails.code(EMAIL)
    other = Browser(client)
    await other.get("/en/sign-in/code")
    assert (await other.post("/en/sign-in/code", {"code": code})).status_code == 422
    right = await browser.post("/en/sign-in/code", {"code": f" {code[:4].lower()} - {code[4:]} "})
    assert right.status_code == 303
    assert browser.session
    assert (await browser.post("/en/sign-in/code", {"code": code})).status_code == 422


@pytest.mark.usefixtures("one_span")
async def test_known_and_unknown_addresses_hear_the_same(
    app: FastAPI, account: UUID, client: Client, mails: Mails
) -> None:
    """Status, headers and pages, down to the byte; suspended ones, those of the demo, too many tries, too."""
    async with app.state.database.writing() as session:
        shut = await make_account(session, "shut@example.org")
        await session.execute(update(Account).where(Account.id == shut).values(state=AccountState.SUSPENDED))
    heard = []
    for email in (EMAIL, "nobody@example.org", "shut@example.org"):
        browser = Browser(client)
        browser.cookies[BROWSER_COOKIE] = "known"
        told = []
        await browser.get("/en/sign-in")
        for _ in range(6):
            answer = await browser.post("/en/sign-in", {"email": email})
            page = await browser.get("/en/sign-in/code")
            wrong = await browser.post("/en/sign-in/code", {"code": "22222222"})
            for one in (answer, page, wrong):
                headers = {
                    name: value
                    for name, value in one.headers.items()
                    if name not in ("x-request-id", "retry-after", "content-length")
                }
                text = re.sub(rb"<code[^>]*>[^<]*</code>", b"", _VARYING.sub(b"", one.content))
                told.append((one.status_code, headers, text))
        heard.append(told)
        async with app.state.database.writing() as session:
            await session.execute(delete(ThrottleCount).where(ThrottleCount.key.like("code:%")))
    assert heard[0] == heard[1] == heard[2]
    assert [status for status, _, _ in heard[0]][::3] == [303] * 5 + [429]
    assert [mail.recipient for mail in mails.sent] == [EMAIL] * 5 + [NOBODY] * 10


async def test_signing_out_leaves_nothing(account: UUID, app: FastAPI, client: Client) -> None:
    """The cookie is dead at once, the browser is told to forget; signing out twice does no harm."""
    browser = await signed_in(app, client, account, Strength.EMAIL)
    held = browser.session
    page = await browser.get("/en/account")
    assert page.headers["cache-control"] == "no-store"
    out = await browser.post("/en/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/en/sign-in?said=signed-out")
    assert out.headers["clear-site-data"] == '"cache", "storage"'
    cookie = next(line for line in out.headers.get_list("set-cookie") if line.startswith(SESSION_COOKIE))
    assert "Max-Age=0" in cookie
    assert not browser.session
    kept = Browser(browser.client).hold(held)
    assert (await kept.get("/en/account")).status_code == 404
    await browser.get("/en/sign-in")
    assert (await browser.post("/en/sign-out")).status_code == 303


async def test_cookies_are_for_this_host_and_no_script(account: UUID, client: Client, mails: Mails) -> None:
    """`__Host-`, Secure, HttpOnly, SameSite; a new session with every sign-in, the earlier one ends."""
    browser = await asked(client)
    first = await browser.post("/en/sign-in/code", {"code": mails.code(EMAIL)})
    lines = first.headers.get_list("set-cookie")
    assert [line.partition("=")[0] for line in lines if "session" in line] == [SESSION_COOKIE]
    for line in lines:
        if line.startswith("__Host-"):
            assert line.endswith("HttpOnly; SameSite=Lax; Secure")
            assert "Path=/;" in line
            assert "Domain" not in line
    held = browser.session
    await browser.get("/en/account")
    await browser.post("/en/sign-in", {"email": EMAIL})
    await browser.post("/en/sign-in/code", {"code": mails.code(EMAIL)})
    assert browser.session not in ("", held)
    assert (await Browser(browser.client).hold(held).get("/en/account")).status_code == 404


async def test_a_planted_session_never_becomes_one(account: UUID, client: Client, mails: Mails) -> None:
    """Whatever name an attacker has put into the browser beforehand: signing in gives another."""
    browser = Browser(client).hold("planted-by-somebody-else")
    await browser.get("/en/sign-in")
    await browser.post("/en/sign-in", {"email": EMAIL})
    await browser.post("/en/sign-in/code", {"code": mails.code(EMAIL)})
    assert browser.session != "planted-by-somebody-else"
    planted = Browser(client).hold("planted-by-somebody-else")
    assert (await planted.get("/en/account")).status_code == 404
    assert (await browser.get("/en/account")).status_code == 200


# --- invitations ---------------------------------------------------------------------------------


async def _invited(app: FastAPI, email: str = "new@example.org") -> str:
    async with app.state.database.writing() as session:
        asked_for = invitation(email, Role.CITY_CONTRIBUTOR, MOSUL)
        made = await make_invitation(session, asked_for, invited_by="system", now=datetime.now(UTC))
    return f"/ar/invitations/{made.token}"


async def test_an_invitation_is_a_button(app: FastAPI, client: Client) -> None:
    """Opening it takes nothing; accepting signs in, once; then it looks as if it had never been."""
    path = await _invited(app)
    browser = Browser(client)
    for _ in range(3):
        page = await browser.get(path)
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        assert "new@example.org" in page.text
    came = await browser.post(path)
    assert (came.status_code, came.headers["location"]) == (303, "/ar/account")
    assert (await browser.get("/ar/consultations")).status_code == 200
    other = Browser(client)
    never = await other.get("/ar/invitations/never-made")
    for answer in (await other.get(path), await other.post(path), await other.get(path)):
        assert answer.status_code == 404
        assert not other.session
        assert _VARYING.sub(b"", answer.content) == _VARYING.sub(b"", never.content)


async def test_a_dead_invitation_is_a_sign_in_that_failed(app: FastAPI, client: Client) -> None:
    """It changes nothing, and the audit says so: nobody came in."""
    path = await _invited(app)
    async with app.state.database.writing() as session:
        await session.execute(update(Invitation).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    browser = Browser(client)
    assert (await browser.post(path)).status_code == 404
    async with app.state.database.reading() as session:
        assert await session.scalar(select(Invitation.accepted_at)) is None
        events = (
            await session.execute(
                select(AuditEntry.event, AuditEntry.outcome).where(AuditEntry.route == "invitation.accept")
            )
        ).all()
    assert [tuple(map(str, one)) for one in events] == [("sign-in.failed", "refused")]


async def test_an_invitation_opens_no_account_that_is_there(
    account: UUID, app: FastAPI, client: Client
) -> None:
    """A mail that was passed on gives its role to whom it was for, and lets nobody else in."""
    path = await _invited(app, EMAIL)
    browser = Browser(client)
    await browser.get(path)
    taken = await browser.post(path)
    assert (taken.status_code, taken.headers["location"]) == (303, "/ar/sign-in?next=%2Far%2Faccount")
    assert not browser.session
    async with app.state.database.reading() as session:
        roles = await session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account))
        assert sorted(roles) == ["city contributor", "city lead"]
        sessions = select(func.count()).where(SignInSession.account_id == account)
        assert await session.scalar(sessions) == 0


# --- one address, one server -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/en/sign-in?next=%2Fen%2F", "/fr/confirm", "/ar/invitations/x"])
async def test_pages_of_passkeys_are_at_the_address_of_the_service(client: Client, path: str) -> None:
    """Browsers make none for numbers: 127.0.0.1 leads there, other names of this machine stay."""
    browser = Browser(client)
    moved = await browser.get(path, Host="127.0.0.1:8000")
    if path.startswith("/fr"):
        assert moved.status_code == 404
        return
    assert (moved.status_code, moved.headers["location"]) == (303, f"http://localhost{path}")
    assert (await browser.get(path)).status_code in (200, 404)


@pytest.mark.usefixtures("one_span")
async def test_tries_are_counted_over_a_restart(filled_url: str, tmp_path: Path) -> None:
    """Five wrong codes; a new process on the same database refuses the sixth, and says how long to wait."""
    for number in range(2):
        settings = settings_for(
            filled_url,
            tmp_path / f"index{number}",
            demo=False,
            secret_key="a-secret-of-a-server-that-is-no-demonstration",
        )
        async with running(settings) as again, client_of(again) as there:
            browser = Browser(there)
            browser.cookies[BROWSER_COOKIE] = "the-same"
            await browser.get("/en/sign-in/code")
            statuses = []
            for _ in range(5 - 4 * number):
                answer = await browser.post("/en/sign-in/code", {"code": "22222222"})
                statuses.append(answer.status_code)
    assert statuses == [429]
    assert 1 <= int(answer.headers["retry-after"]) <= 301


@pytest.mark.usefixtures("one_span")
async def test_one_network_does_not_lock_all_out(app: FastAPI, client: Client) -> None:
    """Hundreds of tries with new browsers each time: this network waits, what all share is hardly touched."""
    refused = 0
    for _ in range(130):
        browser = Browser(client)
        answer = await browser.post("/en/sign-in/code", {"code": "22222222"})
        refused += answer.status_code == 429
    assert refused == 30
    async with app.state.database.reading() as session:
        count = await session.scalar(
            select(ThrottleCount.count).where(ThrottleCount.key.like("sign-in:all:%"))
        )
    assert count == 100
    browser = Browser(client)
    await browser.get("/en/sign-in")
    assert (await browser.post("/en/sign-in/passkey/options", json={})).status_code == 200


@pytest.mark.usefixtures("one_span", "account")
async def test_one_network_does_not_keep_mails_from_an_address(app: FastAPI, mails: Mails) -> None:
    """Whoever asks again and again in somebody's name waits themselves; the owner is elsewhere."""

    async def asks(network: str) -> int:
        transport = httpx.ASGITransport(app, client=(network, 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            browser = Browser(client)
            await browser.get("/en/sign-in")
            return (await browser.post("/en/sign-in", {"email": EMAIL})).status_code

    assert [await asks("198.51.100.7") for _ in range(7)] == [303] * 5 + [429] * 2
    assert await asks("203.0.113.9") == 303
    assert len(mails.to(EMAIL)) == 6
