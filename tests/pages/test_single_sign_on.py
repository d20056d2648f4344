"""Single sign-on in the browser: off, linking, signing in, everything that is refused."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update
from starlette.responses import JSONResponse

from app.core.actor import Role
from app.core.credentials import AccountState, Strength
from app.features.accounts.gateway import IdentityProvider
from app.features.accounts.service.sessions import begin_session
from app.models.account import Account, ExternalIdentity, OidcRequest, RoleGrant, SignInSession
from app.models.audit import AuditEntry
from app.models.mail import OutboxMail
from app.web.security import SESSION_COOKIE
from tests.conftest import Client, loud_app, running, settings_for
from tests.factories.forgeries import FORGERIES
from tests.factories.forms import form_to, in_browser
from tests.factories.provider import CLIENT, ISSUER, SECRET, FakeProvider, honest, with_claims
from tests.factories.tables import dump

HOST = "medina.test"
SIGN_IN, LEAVE, BACK = "/en/sign-in", "/en/sign-in/sso", "/en/sign-in/sso/back"
OWN, LINK, KEEP, UNLINK = (
    "/en/account",
    "/en/account/sso/link",
    "/en/account/sso/back",
    "/en/account/sso/unlink",
)


@dataclass
class World:
    """An app with its provider, and browsers on as many networks as a test likes."""

    app: FastAPI
    fake: FakeProvider
    open: Callable[[], Client]

    async def account(self, **changes: Any) -> UUID:
        """An account, with the role of a practitioner unless told otherwise."""
        values: dict[str, Any] = {
            "id": uuid4(),
            "email": f"{uuid4().hex}@city.example",
            "name": "Amal",
            "language": "en",
            "pseudonym": uuid4().hex[:16],
            "state": AccountState.ACTIVE,
            "created_at": datetime.now(UTC),
        }
        role = changes.pop("role", Role.PRACTITIONER)
        async with self.app.state.database.writing() as session:
            session.add(Account(**values | changes))
            await session.flush()
            session.add(
                RoleGrant(
                    account_id=values["id"],
                    role=str(role),
                    cities=[],
                    countries=[],
                    granted_by="system",
                    granted_at=datetime.now(UTC),
                )
            )
        found: UUID = values["id"]
        return found

    async def signed_in(self, account_id: UUID, *, minutes_ago: int = 0) -> Client:
        """A browser that came in by mail."""
        then = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        async with self.app.state.database.writing() as session:
            token = await begin_session(session, account_id, Strength.EMAIL, "Firefox, Linux", now=then)
        client = self.open()
        client.cookies.set(SESSION_COOKIE, token, domain=HOST, path="/")
        return client

    async def linked(self, subject: str, issuer: str = ISSUER, **changes: Any) -> UUID:
        """An account that is linked already."""
        account_id = await self.account(**changes)
        async with self.app.state.database.writing() as session:
            session.add(
                ExternalIdentity(
                    account_id=account_id, issuer=issuer, subject=subject, created_at=datetime.now(UTC)
                )
            )
        return account_id

    async def count(self, table: Any) -> int:
        """How many rows there are."""
        async with self.app.state.database.reading() as session:
            return int(await session.scalar(select(func.count()).select_from(table)) or 0)


@pytest.fixture
async def world(empty_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A site with single sign-on and nothing else in it; no demonstration."""
    settings = settings_for(
        empty_url,
        tmp_path / "index",
        demo=False,
        public_url=f"https://{HOST}",
        oidc_issuer=ISSUER,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="City <pass>",
    )
    fake, networks = FakeProvider(), count(1)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(running(settings))
        await app.state.provider.aclose()
        app.state.provider = IdentityProvider(ISSUER, CLIENT, SECRET, transport=fake.transport)

        def open_browser() -> Client:
            transport = httpx.ASGITransport(loud_app(app), client=(f"10.{next(networks)}.0.1", 4321))
            client = in_browser(Client(transport=transport, base_url=f"https://{HOST}"))
            stack.push_async_callback(client.aclose)
            return client

        yield World(app, fake, open_browser)


async def leave(client: Client, page: str = SIGN_IN, path: str = LEAVE, **typed: str) -> str:
    """Press the button that leads to the provider; gives its address there."""
    shown = (await client.get(page)).text
    answer = await client.post(path, data=form_to(shown, path).sent(**typed))
    assert answer.status_code == 200, answer.text
    found = re.search(r'href="(https://sso\.example/authorize[^"]+)"', answer.text)
    assert found
    address = unescape(found[1])
    assert answer.headers["refresh"] == f"0; url={address}"
    assert answer.headers["cache-control"] == "no-store"
    return address


async def come_back(client: Client, brought: dict[str, str], path: str = BACK) -> httpx.Response:
    """The provider sends the browser back; press the button that is shown then."""
    shown = await client.get(f"{BACK}?{urlencode(brought)}")
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "no-store"
    return await client.post(path, data=form_to(shown.text, path).sent())


async def sign_in(world: World, client: Client, subject: str, **typed: str) -> httpx.Response:
    """All the way."""
    address = await leave(client, **typed)
    return await come_back(client, world.fake.authorize(address, subject))


def is_signed_in(client: Client) -> bool:
    """Whether the browser holds a session."""
    return bool(client.cookies.get(SESSION_COOKIE, domain=HOST))


async def test_where_it_is_off_there_is_nothing(empty_url: str, tmp_path: Path) -> None:
    """No button, no page, whatever is sent."""
    settings = settings_for(empty_url, tmp_path / "index", demo=False, public_url=f"https://{HOST}")
    async with (
        running(settings) as app,
        Client(transport=httpx.ASGITransport(loud_app(app)), base_url=f"https://{HOST}") as client,
    ):
        in_browser(client)
        page = (await client.get(SIGN_IN)).text
        assert "/sso" not in page
        token = form_to(page, SIGN_IN).sent()
        for path in (LEAVE, BACK, LINK, KEEP, UNLINK):
            assert (await client.post(path, data=token)).status_code == 404
        assert (await client.get(f"{BACK}?code=a&state=b")).status_code == 404


async def test_linking_and_signing_in(world: World) -> None:
    """By the page of one's account; the owner is told; then without a mail, on another device."""
    account_id = await world.account()
    first = await world.signed_in(account_id)
    page = (await first.get(OWN)).text
    assert "City &lt;pass&gt;" in page
    brought = world.fake.authorize(await leave(first, OWN, LINK), "amal")
    assert await world.count(ExternalIdentity) == 0
    answer = await come_back(first, brought, KEEP)
    assert answer.headers["location"] == "/en/account?said=sso-linked"
    assert UNLINK in (await first.get(OWN)).text
    second = world.open()
    answer = await sign_in(world, second, "amal", next="/en/cities")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/cities")
    assert (await second.get(OWN)).status_code == 200
    async with world.app.state.database.reading() as session:
        begun = (await session.scalars(select(SignInSession).order_by(SignInSession.created_at))).all()
        assert [one.strength for one in begun] == [Strength.EMAIL, Strength.SINGLE_SIGN_ON]
        assert {one.account_id for one in begun} == {account_id}
        identity = (await session.scalars(select(ExternalIdentity))).one()
        assert (identity.issuer, identity.subject, identity.account_id) == (ISSUER, "amal", account_id)
        assert identity.used_at is not None
        kinds = set(await session.scalars(select(OutboxMail.kind)))
        assert kinds == {"sso-linked", "new-device"}
        events = (await session.execute(select(AuditEntry.event, AuditEntry.route))).all()
    assert {("write", "account.sso.use"), ("sign-in", "sign-in.sso.use")} <= {tuple(one) for one in events}
    assert await world.count(OidcRequest) == 0
    assert "/userinfo" not in world.fake.asked


async def test_coming_back_alone_changes_nothing(world: World) -> None:
    """The address may be opened three times by whoever looks at links; the button works once."""
    await world.linked("amal")
    client = world.open()
    brought = world.fake.authorize(await leave(client), "amal")
    before = await dump(world.app.state.database)
    for _ in range(3):
        assert (await client.get(f"{BACK}?{urlencode(brought)}")).status_code == 200
    assert await dump(world.app.state.database) == before
    assert not is_signed_in(client)
    assert (await come_back(client, brought)).status_code == 303
    assert is_signed_in(client)


async def test_what_is_not_linked_opens_nothing(world: World) -> None:
    """Not by an address that the provider vouches for, and the same for an account that is shut."""
    account_id = await world.account(email="amal@city.example")
    world.fake.forge = with_claims(email="amal@city.example", email_verified=True)
    pages = []
    await world.linked("shut", state=AccountState.SUSPENDED)
    await world.linked("gone", state=AccountState.LEFT)
    await world.linked("demo", is_demo=True)
    for subject in ("amal", "shut", "gone", "demo", str(account_id)):
        client = world.open()
        answer = await sign_in(world, client, subject)
        assert answer.status_code == 422
        assert not is_signed_in(client)
        pages.append(re.sub(r'value="[0-9a-f]{64}"', "", answer.text))
    assert "Sign in by mail" in pages[0]
    assert set(pages) == {pages[0]}
    assert await world.count(SignInSession) == 0


async def test_hub_roles_still_wait_for_a_passkey(world: World) -> None:
    """Single sign-on opens the account, not the hub."""
    await world.linked("editor", role=Role.HUB_EDITOR)
    client = world.open()
    answer = await sign_in(world, client, "editor", next="/en/manage/")
    assert answer.headers["location"].startswith("/en/confirm?")
    assert (await client.get("/en/manage/")).status_code == 403


async def test_every_forgery_is_refused(world: World) -> None:
    """More than sixty tokens, each wrong in one way, through the whole site; then an honest one."""
    await world.linked("amal")
    await world.linked("somebody-else")
    for name, forge in FORGERIES.items():
        world.fake.forge = forge
        client = world.open()
        answer = await sign_in(world, client, "amal")
        assert answer.status_code == 422, name
        assert not is_signed_in(client), name
    assert len(FORGERIES) > 60
    assert await world.count(SignInSession) == 0
    async with world.app.state.database.reading() as session:
        failed = await session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "sign-in.failed")
        )
    assert failed == len(FORGERIES)
    world.fake.forge = honest
    assert (await sign_in(world, world.open(), "amal")).status_code == 303


Twist = Callable[[World, Client, dict[str, str]], Awaitable[dict[str, str]]]


async def _other_browser(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    client.cookies.clear()
    return brought


async def _another_state(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    return brought | {"state": "A" * 43}


async def _no_state(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    return brought | {"state": ""}


async def _state_of_another(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    other = world.open()
    return brought | {"state": world.fake.authorize(await leave(other), "amal")["state"]}


async def _code_of_another(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    """Somebody slips their own code into the browser of another (login CSRF)."""
    other = world.open()
    return brought | {"code": world.fake.authorize(await leave(other), "amal")["code"]}


async def _used_code(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    other = world.open()
    used = world.fake.authorize(await leave(other), "amal")
    await come_back(other, used)
    return brought | {"code": used["code"]}


async def _no_code(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    return brought | {"code": ""}


async def _other_issuer(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    return brought | {"iss": "https://evil.example"}


async def _too_late(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    async with world.app.state.database.writing() as session:
        await session.execute(update(OidcRequest).values(expires_at=datetime.now(UTC)))
    return brought


async def _other_provider(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    async with world.app.state.database.writing() as session:
        await session.execute(update(OidcRequest).values(issuer="https://old.example"))
    return brought


async def _for_linking(world: World, client: Client, brought: dict[str, str]) -> dict[str, str]:
    async with world.app.state.database.writing() as session:
        await session.execute(update(OidcRequest).values(purpose="link"))
    return brought


TWISTS: list[Twist] = [
    _other_browser,
    _another_state,
    _no_state,
    _state_of_another,
    _code_of_another,
    _used_code,
    _no_code,
    _other_issuer,
    _too_late,
    _other_provider,
    _for_linking,
]


async def test_what_is_brought_back_must_be_ones_own(world: World) -> None:
    """State, code and issuer: of this browser, this provider, this sign-in, in time."""
    await world.linked("amal")
    for twist in TWISTS:
        client = world.open()
        brought = world.fake.authorize(await leave(client), "amal")
        twisted = await twist(world, client, brought)
        form = form_to((await client.get(SIGN_IN)).text, SIGN_IN).sent()
        answer = await client.post(BACK, data={"form_token": form["form_token"], **twisted})
        assert answer.status_code == 422, twist.__name__
        assert not is_signed_in(client), twist.__name__
        shown = await client.get(f"{BACK}?{urlencode(twisted)}")
        assert not re.search(rf'action="{BACK}"', shown.text), twist.__name__


async def test_a_state_works_once_whatever_comes_of_it(world: World) -> None:
    """Also after a failure: there is no second guess."""
    await world.linked("amal")
    client = world.open()
    brought = world.fake.authorize(await leave(client), "amal")
    shown = form_to((await client.get(f"{BACK}?{urlencode(brought)}")).text, BACK).sent()
    wrong = await client.post(BACK, data=shown | {"code": ["wrong"]})
    assert wrong.status_code == 422
    assert (await client.post(BACK, data=shown)).status_code == 422
    assert not is_signed_in(client)
    assert await world.count(OidcRequest) == 0


async def test_another_browser_cannot_use_it_up(world: World) -> None:
    """Whoever sees the address on its way has neither the sign-in nor the power to spoil it."""
    await world.linked("amal")
    client, other = world.open(), world.open()
    brought = world.fake.authorize(await leave(client), "amal")
    form = form_to((await other.get(SIGN_IN)).text, SIGN_IN).sent()
    answer = await other.post(BACK, data={"form_token": form["form_token"], **brought})
    assert answer.status_code == 422
    assert not is_signed_in(other)
    assert (await come_back(client, brought)).status_code == 303


async def test_other_sites_begin_and_end_nothing(world: World) -> None:
    """Neither without the token of a form nor from elsewhere."""
    await world.linked("amal")
    client = world.open()
    brought = world.fake.authorize(await leave(client), "amal")
    assert (await client.post(BACK, data=brought)).status_code == 403
    cross = {"Sec-Fetch-Site": "cross-site", "Origin": ISSUER}
    assert (await client.post(BACK, data=brought, headers=cross)).status_code == 403
    assert (await client.post(LEAVE, data={})).status_code == 403
    assert await world.count(OidcRequest) == 1


async def test_two_providers_with_one_subject(world: World) -> None:
    """A name there is only half of who somebody is."""
    await world.linked("amal", issuer="https://old.example")
    client = world.open()
    assert (await sign_in(world, client, "amal")).status_code == 422
    own = await world.linked("amal")
    assert (await sign_in(world, client, "amal")).status_code == 303
    async with world.app.state.database.reading() as session:
        assert (await session.scalars(select(SignInSession.account_id))).one() == own


async def test_no_for_an_answer(world: World) -> None:
    """Who does not sign in there is told so; the words of the provider are not shown."""
    client = world.open()
    state = world.fake.authorize(await leave(client), "amal")["state"]
    said = {"error": "access_denied", "error_description": "<b>Call 555</b>", "state": state}
    answer = await client.get(f"{BACK}?{urlencode(said)}")
    assert answer.status_code == 200
    assert "You have not signed in there" in answer.text
    assert "Call 555</b>" not in answer.text


async def test_a_provider_that_is_down_is_said_to_be(world: World) -> None:
    """On the way there and on the way back; nobody comes in."""
    await world.linked("amal")
    client = world.open()
    address = await leave(client)
    world.fake.instead = {"/token": JSONResponse({}, 500)}
    answer = await come_back(client, world.fake.authorize(address, "amal"))
    assert answer.status_code == 503
    assert not is_signed_in(client)
    world.app.state.provider = IdentityProvider(
        "https://nobody.example", CLIENT, SECRET, transport=world.fake.transport
    )
    form = form_to((await client.get(SIGN_IN)).text, LEAVE).sent()
    assert (await client.post(LEAVE, data=form)).status_code == 503
    assert await world.count(OidcRequest) == 0


async def test_guessing_is_slowed_down(world: World) -> None:
    """By network."""
    client = world.open()
    form = form_to((await client.get(SIGN_IN)).text, LEAVE).sent()
    answers = [(await client.post(BACK, data=form | {"state": ["x"]})).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


# --- linking -----------------------------------------------------------------------------------------


async def test_linking_takes_somebody_who_is_there(world: World) -> None:
    """Not after the confirmation has grown old, and not for who has left meanwhile."""
    account_id = await world.account()
    client = await world.signed_in(account_id, minutes_ago=6)
    form = form_to((await client.get(OWN)).text, LINK).sent()
    assert (await client.post(LINK, data=form)).status_code == 403
    assert await world.count(OidcRequest) == 0
    fresh = await world.signed_in(account_id)
    brought = world.fake.authorize(await leave(fresh, OWN, LINK), "amal")
    shown = form_to((await fresh.get(f"{BACK}?{urlencode(brought)}")).text, KEEP).sent()
    fresh.cookies.delete(SESSION_COOKIE, domain=HOST, path="/")
    assert (await fresh.post(KEEP, data=shown)).status_code == 404
    assert await world.count(ExternalIdentity) == 0


async def test_a_link_is_for_who_began_it(world: World) -> None:
    """Whoever signs in here meanwhile gets no link, and a sign-in never becomes one."""
    first, second = await world.account(), await world.account()
    client = await world.signed_in(first)
    brought = world.fake.authorize(await leave(client, OWN, LINK), "amal")
    other = await world.signed_in(second)
    client.cookies.set(SESSION_COOKIE, other.cookies[SESSION_COOKIE], domain=HOST, path="/")
    assert (await come_back(client, brought, KEEP)).status_code == 422
    client.cookies.delete(SESSION_COOKIE, domain=HOST, path="/")
    brought = world.fake.authorize(await leave(client), "amal")
    client.cookies.set(SESSION_COOKIE, other.cookies[SESSION_COOKIE], domain=HOST, path="/")
    form = form_to((await client.get(OWN)).text, OWN).sent()
    answer = await client.post(KEEP, data={"form_token": form["form_token"], **brought})
    assert answer.status_code == 422
    assert await world.count(ExternalIdentity) == 0


async def test_one_there_is_one_here(world: World) -> None:
    """What is linked elsewhere stays there; a second one must be unlinked first; the same again is fine."""
    await world.linked("taken")
    account_id = await world.account()
    client = await world.signed_in(account_id)
    page = (await client.get(OWN)).text
    form = form_to(page, LINK).sent()

    async def link(subject: str) -> httpx.Response:
        shown = (await client.post(LINK, data=form)).text
        found = re.search(r'href="(https://sso\.example/authorize[^"]+)"', shown)
        assert found
        brought = world.fake.authorize(unescape(found[1]), subject)
        return await come_back(client, brought, KEEP)

    assert (await link("taken")).status_code == 409
    assert (await link("amal")).status_code == 303
    assert (await link("another")).status_code == 409
    assert (await link("amal")).status_code == 303
    async with world.app.state.database.reading() as session:
        owners = (await session.execute(select(ExternalIdentity.subject, ExternalIdentity.account_id))).all()
        assert {one.subject: one.account_id == account_id for one in owners} == {"taken": False, "amal": True}
        mails = await session.scalar(select(func.count()).where(OutboxMail.kind == "sso-linked"))
    assert mails == 1


async def test_unlinking(world: World) -> None:
    """At once: the way in is closed, who came in that way is out, this browser stays, the owner is told."""
    account_id = await world.linked("amal")
    there = world.open()
    assert (await sign_in(world, there, "amal")).status_code == 303
    here = await world.signed_in(account_id)
    form = form_to((await here.get(OWN)).text, UNLINK).sent()
    assert (await here.post(UNLINK, data=form)).headers["location"] == "/en/account?said=sso-unlinked"
    assert (await here.get(OWN)).status_code == 200
    assert (await there.get(OWN)).status_code == 404
    assert (await sign_in(world, world.open(), "amal")).status_code == 422
    assert (await here.post(UNLINK, data=form)).status_code == 404
    async with world.app.state.database.reading() as session:
        assert "sso-unlinked" in set(await session.scalars(select(OutboxMail.kind)))


async def test_unlinking_takes_somebody_who_is_there(world: World) -> None:
    """As all changes of how an account is opened."""
    client = await world.signed_in(await world.linked("amal"), minutes_ago=6)
    form = form_to((await client.get(OWN)).text, UNLINK).sent()
    assert (await client.post(UNLINK, data=form)).status_code == 403
    assert await world.count(ExternalIdentity) == 1


async def test_suspending_acts_on_the_next_request(world: World) -> None:
    """On a session that single sign-on began, as on every other."""
    account_id = await world.linked("amal")
    client = world.open()
    await sign_in(world, client, "amal")
    async with world.app.state.database.writing() as session:
        await session.execute(
            update(Account).where(Account.id == account_id).values(state=AccountState.SUSPENDED)
        )
    assert (await client.get(OWN)).status_code == 404


async def test_nothing_that_opens_anything_is_stored(world: World) -> None:
    """Neither state nor nonce nor verifier, while somebody is away; the secret is on no page."""
    client = world.open()
    address = await leave(client)
    asked = dict(httpx.URL(address).params)
    stored = repr(await dump(world.app.state.database))
    assert asked["redirect_uri"] == f"https://{HOST}{BACK}"
    for secret in (asked["state"], asked["nonce"], asked["code_challenge"], SECRET):
        assert secret not in stored
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    again = dict(httpx.URL(await leave(client)).params)
    assert asked["state"] != again["state"]
    assert asked["nonce"] != again["nonce"]
