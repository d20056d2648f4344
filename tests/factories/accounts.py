"""Accounts with real credentials, and browsers that hold them; for tests of signing in and of rights."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from json import dumps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.actor import Actor, Grant, Role
from app.core.credentials import Strength
from app.core.db import Database, WriteSession
from app.features.accounts.commands.people import GiveRole, InvitePerson
from app.features.accounts.rules.roles import area_for
from app.features.accounts.rules.secrets import derived_key, form_token
from app.features.accounts.service.invitations import give_role, new_account
from app.features.accounts.service.sessions import begin_session
from app.features.mail.commands import SendMail
from app.features.mail.service import enqueue
from app.models.account import Account, RoleGrant
from app.settings import Settings
from app.web.identity import FORM_HEADER
from app.web.security import BROWSER_COOKIE, SESSION_COOKIE

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
MOSUL, KIRKUK, AMMAN = "iq-mosul", "iq-kirkuk", "jo-amman"
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')
_LINK = re.compile(r"https?://\S+")
_CODE = re.compile(r"^[2-9A-Z]{8}$", re.M)

Held = tuple[Role, list[str]]
"""A role and the cities where it holds; none: everywhere."""


async def make_account(
    session: WriteSession, email: str, *held: Held, name: str = "", now: datetime | None = None
) -> UUID:
    """An account that holds roles already."""
    now = now or datetime.now(UTC)
    account = new_account(email, name or email.partition("@")[0], "en", now=now)
    session.add(account)
    await session.flush()
    for role, cities in held:
        await give_role(session, account.id, role, cities, [], granted_by="system", now=now)
    return account.id


async def actor_for(session: WriteSession, account_id: UUID) -> Actor:
    """The rights of an account at this moment, as if a passkey had been shown."""
    account = await session.get_one(Account, account_id, populate_existing=True)
    rows = await session.scalars(
        select(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.ended_at.is_(None))
    )
    grants = frozenset(
        Grant(Role(row.role), area_for(Role(row.role), row.cities, row.countries)) for row in rows
    )
    return Actor(account_id, account.pseudonym, grants)


def invitation(
    email: str, role: Role = Role.CITY_CONTRIBUTOR, *cities: str, countries: tuple[str, ...] = ()
) -> InvitePerson:
    """What is asked for to invite somebody."""
    return InvitePerson(
        email=email, name="Amal", language="ar", role=role, cities=cities, countries=countries
    )


def giving(role: Role, *cities: str) -> GiveRole:
    """What is asked for to give a role."""
    return GiveRole(role=role, cities=cities)


# --- mails ---------------------------------------------------------------------------------------


@dataclass
class Mails:
    """Everything that was put into the outbox, as it was put there."""

    sent: list[SendMail] = field(default_factory=list)

    def to(self, email: str) -> list[SendMail]:
        """Mails to an address, the oldest first."""
        return [mail for mail in self.sent if mail.recipient == email]

    def link(self, email: str) -> str:
        """The path and query of the link in the last mail to an address."""
        found = _LINK.findall(self.to(email)[-1].body_text)
        parts = urlsplit(found[0])
        return str(parts.path) + (f"?{parts.query}" if parts.query else "")

    def code(self, email: str) -> str:
        """The code in the last mail to an address."""
        return str(_CODE.findall(self.to(email)[-1].body_text)[-1])


def watch_mails(monkeypatch: pytest.MonkeyPatch) -> Mails:
    """Note every mail that pages send; it is sent all the same."""
    mails = Mails()

    def noting(session: WriteSession, mail: SendMail, *, now: datetime) -> UUID:
        mails.sent.append(mail)
        return enqueue(session, mail, now=now)

    monkeypatch.setattr("app.web.mail.enqueue", noting)
    return mails


# --- browsers ------------------------------------------------------------------------------------


class Browser:
    """Cookies and forms as a browser has them; over one app in memory."""

    def __init__(self, client: httpx.AsyncClient, agent: str = "Firefox Android") -> None:
        self.client = client
        self.cookies: dict[str, str] = {}
        self.token = ""
        self._agent = agent

    @property
    def session(self) -> str:
        """The session that the browser holds; empty for none."""
        return self.cookies.get(SESSION_COOKIE, "")

    def hold(self, session: str, browser: str = "") -> "Browser":
        """Hold cookies that were got elsewhere."""
        self.cookies[SESSION_COOKIE] = session
        if browser:
            self.cookies[BROWSER_COOKIE] = browser
        return self

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page; its form token is remembered."""
        return await self._send("GET", path, headers)

    async def post(
        self, path: str, data: Any = None, *, json: Any = None, token: str | None = None, **headers: str
    ) -> httpx.Response:
        """Send a form, or JSON, with the token of the page that was open last."""
        given = self.token if token is None else token
        if json is not None:
            headers = {"Accept": "application/json", **({FORM_HEADER: given} if given else {}), **headers}
            headers["Content-Type"] = "application/json"
            return await self._send("POST", path, headers, content=dumps(json))
        return await self._send("POST", path, headers, data={"form_token": given, **(data or {})})

    async def _send(self, method: str, path: str, headers: dict[str, str], **body: Any) -> httpx.Response:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Sec-Fetch-Site": "same-origin", "User-Agent": self._agent, **headers}
        if cookies:
            sent["Cookie"] = cookies
        answer = await self.client.request(method, path, headers=sent, **body)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        if found := _TOKEN.search(answer.text):
            self.token = found[1]
        return answer


async def signed_in(
    app: FastAPI,
    client: httpx.AsyncClient,
    account_id: UUID,
    strength: Strength = Strength.PASSKEY,
    *,
    is_confirmed: bool = True,
    at: datetime | None = None,
) -> Browser:
    """A browser in which somebody has signed in, its next form token known."""
    database: Database = app.state.database
    async with database.writing() as session:
        token = await begin_session(
            session, account_id, strength, "Test", now=at or datetime.now(UTC), is_confirmed=is_confirmed
        )
    browser = Browser(client).hold(token, uuid4().hex)
    settings: Settings = app.state.settings
    key = derived_key(settings.secret_key.get_secret_value(), "forms")
    browser.token = form_token(key, browser.cookies[BROWSER_COOKIE])
    return browser
