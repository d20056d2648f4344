"""Rights act on the very next request; every change needs our own form; some need a fresh proof."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from app.core.actor import HUB_ROLES, Role, TokenScope
from app.core.credentials import Strength
from app.core.scope import SYSTEM
from app.core.sensitivity import Sensitivity
from app.features.accounts.commands.people import MakeToken
from app.features.accounts.service.tokens import make_token
from app.models.account import ApiToken, RoleGrant, SignInSession
from app.models.hub import Event
from app.models.published import PublishedRecord
from app.web.identity import FORM_HEADER
from app.web.policy import POLICY
from app.web.security import BROWSER_COOKIE
from tests.conftest import As, Client
from tests.factories.accounts import MOSUL, Browser, make_account, signed_in, watch_mails
from tests.factories.forms import form_to
from tests.factories.tables import dump
from tests.factories.walk import ENDS, addresses, load_values

EMAIL = "amal@example.org"
Change = Callable[[FastAPI, Browser, UUID], Awaitable[Any]]


async def _grant(app: FastAPI, account: UUID) -> UUID:
    async with app.state.database.reading() as session:
        found = await session.scalars(select(RoleGrant.id).where(RoleGrant.account_id == account))
        id_: UUID = found.one()
        return id_


async def _suspend(_: FastAPI, admin: Browser, account: UUID) -> Any:
    return await admin.post(f"/en/people/{account}/suspend")


async def _leave(_: FastAPI, admin: Browser, account: UUID) -> Any:
    return await admin.post(f"/en/people/{account}/leave")


async def _end_role(app: FastAPI, admin: Browser, account: UUID) -> Any:
    return await admin.post(f"/en/people/{account}/roles/{await _grant(app, account)}/end")


CHANGES: dict[str, Change] = {"suspended": _suspend, "left": _leave, "role ended": _end_role}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_acts_on_the_next_request_of_every_credential(
    app: FastAPI, client: Client, as_persona: As, what: str
) -> None:
    """Two browsers and a program; what they may do is gone at once, and comes back only by a right."""
    async with app.state.database.writing() as session:
        account = await make_account(session, EMAIL, (Role.CITY_LEAD, [MOSUL]))
        boss = await make_account(session, "boss@hub.example", (Role.HUB_ADMIN, []))
        scopes = (TokenScope.OWN_CONSULTATIONS, TokenScope.FILE_CONSULTATIONS, TokenScope.LIBRARY)
        token = await make_token(
            session,
            account,
            MakeToken(name="t", scopes=scopes, ceiling=Sensitivity.HUB),
            now=datetime.now(UTC),
        )
    admin = await signed_in(app, client, boss)
    browsers = [
        await signed_in(app, client, account, strength) for strength in (Strength.EMAIL, Strength.PASSKEY)
    ]
    started = await browsers[0].post("/en/consultations/new")
    draft = started.headers["location"]
    program = as_persona("visitor")
    program.headers["Authorization"] = f"Bearer {token}"
    api = draft.replace("/en/", "/api/v1/")

    async def statuses() -> list[int]:
        found = [(await browser.get(draft)).status_code for browser in browsers]
        found.append((await program.get(api)).status_code)
        filed = await program.post("/api/v1/consultations", json={"place": MOSUL, "submit": False})
        return [*found, filed.status_code]

    assert await statuses() == [200, 200, 200, 201]
    assert (await CHANGES[what](app, admin, account)).status_code == 303
    assert await statuses() == [404] * 4
    if what == "role ended":
        assert (await browsers[0].get("/en/account")).status_code == 200
        given = await admin.post(f"/en/people/{account}/roles", {"role": "city lead", "cities": MOSUL})
        assert given.status_code == 303
        assert await statuses() == [200, 200, 200, 201]
        return
    for browser in browsers:
        assert (await browser.get("/en/account")).status_code == 404
    back = await admin.post(f"/en/people/{account}/reinstate")
    assert back.status_code == 303
    after = await statuses()
    assert after == ([404, 404, 200, 201] if what == "suspended" else [404] * 4)


async def test_ending_a_token_or_a_session_acts_at_once(app: FastAPI, client: Client, as_persona: As) -> None:
    """By its owner, from another browser."""
    async with app.state.database.writing() as session:
        account = await make_account(session, EMAIL, (Role.CITY_LEAD, [MOSUL]))
        asked = MakeToken(name="t", scopes=(TokenScope.OWN_CONSULTATIONS,), ceiling=Sensitivity.HUB)
        token = await make_token(session, account, asked, now=datetime.now(UTC))
    one, lost, third = [await signed_in(app, client, account, Strength.EMAIL) for _ in range(3)]
    program = as_persona("visitor")
    program.headers["Authorization"] = f"Bearer {token}"
    assert (await program.get("/api/v1/consultations")).status_code == 200
    async with app.state.database.reading() as session:
        token_id, used = (await session.execute(select(ApiToken.id, ApiToken.used_at))).one()
        sessions = (await session.scalars(select(SignInSession.id).order_by(SignInSession.created_at))).all()
    assert used is not None
    assert (await lost.get("/en/account")).status_code == 200
    assert (await one.post(f"/en/account/devices/{sessions[1]}/end")).status_code == 303
    assert (await lost.get("/en/account")).status_code == 404
    assert (await third.get("/en/account")).status_code == 200
    assert (await one.post("/en/account/devices/others/end")).status_code == 303
    assert (await third.get("/en/account")).status_code == 404
    assert (await one.post(f"/en/account/tokens/{token_id}/end")).status_code == 303
    assert (await one.get("/en/account")).status_code == 200
    filed = await program.post("/api/v1/consultations", json={"place": MOSUL})
    assert filed.status_code == 404


async def test_a_new_role_gives_a_new_session(app: FastAPI, client: Client) -> None:
    """With the next answer; the old name of the session is dead; the form that was open still works."""
    async with app.state.database.writing() as session:
        account = await make_account(session, EMAIL)
        boss = await make_account(session, "boss@hub.example", (Role.HUB_ADMIN, []))
    admin = await signed_in(app, client, boss)
    browser = await signed_in(app, client, account, Strength.EMAIL)
    await browser.get("/en/account")
    before = browser.session
    await browser.get("/en/account")
    assert browser.session == before
    given = await admin.post(f"/en/people/{account}/roles", {"role": "city lead", "cities": MOSUL})
    assert given.status_code == 303
    form = browser.token
    assert (await browser.post("/en/consultations/new", token=form)).status_code == 303
    assert browser.session not in ("", before)
    old = Browser(client).hold(before)
    assert (await old.get("/en/account")).status_code == 404


async def test_two_credentials_are_one_too_many(app: FastAPI, client: Client) -> None:
    """Every route: a session and a token together are refused, whatever they are worth."""
    asked = 0
    async with app.state.database.reading(SYSTEM) as session:
        values = _one_each(await load_values(session))
    browser = Browser(client).hold("s")
    for address in addresses(app, values, ["en"]):
        answer = await browser._send(address.method, address.path, {"Authorization": "Bearer x"})
        assert answer.status_code == 400, address
        asked += 1
    assert asked >= len(POLICY) - len(ENDS)


def _one_each(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """One record of each kind is enough; the last ones are named as most routes name them."""
    return {key: of[-1:] for key, of in values.items()}


async def everybody(session: Any, email: str = EMAIL) -> UUID:
    """Somebody who holds every role there is."""
    city = [Role.CITY_LEAD, Role.CITY_CONTRIBUTOR]
    other = HUB_ROLES | {Role.PRACTITIONER, Role.PARTNER}
    return await make_account(
        session, email, *((role, [MOSUL]) for role in city), *((role, []) for role in sorted(other))
    )


OPEN_TO_ALL = {"csp.report"}
"""What browsers send by themselves, without a token."""


async def test_every_change_needs_a_form_of_this_session(app: FastAPI, client: Client) -> None:
    """Every route that writes x no token, of another session, of another browser, of no shape: 403."""
    async with app.state.database.writing() as session:
        account = await everybody(session)
    browser = await signed_in(app, client, account)
    other = await signed_in(app, client, account)
    stranger = Browser(client)
    await stranger.get("/en/sign-in")
    await browser.get("/en/account")
    await other.get("/en/account")
    assert len({browser.token, other.token, stranger.token}) == 3
    hostile = ["", other.token, stranger.token, browser.token[:-1], browser.token.upper() + " ", "é"]
    async with app.state.database.reading(SYSTEM) as session:
        values = _one_each(await load_values(session))
    before = await dump(app.state.database, without=("audit_entry", "audit_head"))
    seen = set()
    for address in addresses(app, values, ["en"]):
        if address.method == "GET" or address.route in OPEN_TO_ALL:
            continue
        is_interface = address.path.startswith("/api/")
        for token in hostile:
            if is_interface and not token.isascii():
                continue
            body: dict[str, Any] = {"json": {}} if is_interface else {}
            answer = await browser.post(address.path, token=token, **body)
            assert answer.status_code == 403, (address, token)
        seen.add(address.route)
    assert len(seen) > 45
    assert await dump(app.state.database, without=("audit_entry", "audit_head")) == before
    for path in ("/en/sign-out", "/demo/sign-in"):
        for token in hostile:
            assert (await browser.post(path, token=token)).status_code == 403, path
    kept = await browser._send("POST", "/en/account", {FORM_HEADER: browser.token})
    assert kept.status_code == 422


async def test_a_visitor_with_a_cookie_needs_a_form_too(app: FastAPI, client: Client) -> None:
    """Signing in is a change as well: nobody is signed in to an account of somebody else."""
    victim, attacker = Browser(client), Browser(client)
    for browser in (victim, attacker):
        await browser.get("/en/sign-in")
        assert BROWSER_COOKIE in browser.cookies
    for path in ("sign-in", "sign-in/code", "sign-in/link/x", "invitations/x", "sign-out"):
        for token in ("", attacker.token):
            assert (await victim.post(f"/en/{path}", token=token)).status_code == 403, path
    assert (await victim.post("/en/sign-in/passkey/options", json={}, token="x")).status_code == 403


async def test_some_steps_need_a_fresh_proof(
    app: FastAPI, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every route that the policy says so of: 403 and a way on without one, another answer with one."""
    watch_mails(monkeypatch)
    async with app.state.database.writing() as session:
        account = await everybody(session)
    async with app.state.database.reading(SYSTEM) as session:
        values = _one_each(await load_values(session))
    careless = await signed_in(app, client, account, is_confirmed=False)
    careful = await signed_in(app, client, account)
    late = await signed_in(app, client, account)
    async with app.state.database.writing() as session:
        newest = select(SignInSession.id).order_by(SignInSession.created_at.desc()).limit(1)
        await session.execute(
            update(SignInSession)
            .where(SignInSession.id == newest.scalar_subquery())
            .values(confirmed_at=datetime.now(UTC) - timedelta(minutes=5))
        )
    seen = set()
    for address in addresses(app, values, ["fr"]):
        if not POLICY[address.route].is_confirmed:
            continue
        for browser in (careless, late):
            if address.method == "GET":
                answer = await browser.get(address.path)
            else:
                answer = await browser.post(address.path)
            assert answer.status_code == 403, address
            assert 'href="/fr/confirm?next=%2Ffr%2F' in answer.text, address
            problem = await browser.client.request(
                address.method,
                address.path,
                headers={
                    "Accept": "application/json",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
                    FORM_HEADER: browser.token,
                    "Sec-Fetch-Site": "same-origin",
                },
            )
            assert problem.json()["type"] == "/docs#problem-confirm-first"
        through = await (careful.get if address.method == "GET" else careful.post)(address.path)
        assert 'href="/fr/confirm?next=' not in through.text, address
        seen.add(address.route)
    assert seen == {name for name, access in POLICY.items() if access.is_confirmed} - ENDS
    assert len(seen) >= 10


@pytest.mark.parametrize("path", ["practices/iq-baghdad-cohesion-subplan", "record/events/EVENT"])
async def test_publishing_saves_what_was_typed_and_asks_for_a_proof(
    app: FastAPI, client: Client, path: str
) -> None:
    """Without a fresh proof nothing is published, and nothing typed is lost on the way to one."""
    async with app.state.database.writing() as session:
        account = await make_account(session, "editor@hub.example", (Role.HUB_EDITOR, []))
    async with app.state.database.reading(SYSTEM) as session:
        path = path.replace("EVENT", (await session.scalars(select(Event.slug))).first() or "")
    careless = await signed_in(app, client, account, is_confirmed=False)
    careful = await signed_in(app, client, account)
    path = f"/en/manage/{path}"
    before = await _published(app)
    form = form_to((await careless.get(path)).text, path)
    name = next(name for name in form.values if name.endswith(".en"))
    answer = await careless.post(path, form.sent("publish", **{name: "Typed before the proof"}))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}?saved=unpublished")
    told = await careless.get(answer.headers["Location"])
    assert "confirm that it is you, then publish" in told.text
    assert f'href="/en/confirm?next={quote(path, safe="")}"' in told.text
    assert "Typed before the proof" in told.text
    assert await _published(app) == before
    saved = form_to((await careful.get(path)).text, path)
    answer = await careful.post(path, saved.sent("publish"))
    assert answer.headers["Location"] == f"{path}?saved=published"
    assert any("Typed before the proof" in row for row in await _published(app))


async def _published(app: FastAPI) -> list[str]:
    async with app.state.database.reading(SYSTEM) as session:
        return sorted(str(body) for body in await session.scalars(select(PublishedRecord.document)))


async def test_hub_roles_sleep_until_a_passkey_is_shown(app: FastAPI, client: Client) -> None:
    """Every route that only hub roles may knock at: 403 and a way on after a mail, open after a passkey."""
    async with app.state.database.writing() as session:
        hub: list[tuple[Role, list[str]]] = [(role, []) for role in sorted(HUB_ROLES)]
        account = await make_account(session, "hub@hub.example", *hub)
    async with app.state.database.reading(SYSTEM) as session:
        values = _one_each(await load_values(session))
    asleep = await signed_in(app, client, account, Strength.EMAIL)
    awake = await signed_in(app, client, account, Strength.PASSKEY)
    seen = 0
    for address in addresses(app, values, ["en"]):
        roles = POLICY[address.route].roles
        if Role.VISITOR in roles or Role.SIGNED_IN in roles or roles.isdisjoint(HUB_ROLES):
            continue
        if address.method == "GET":
            answer, through = await asleep.get(address.path), await awake.get(address.path)
            assert through.status_code in (200, 404), address
        else:
            answer = await asleep.post(address.path)
        assert answer.status_code == 403, address
        assert "/en/confirm?next=" in answer.text, address
        seen += 1
    assert seen > 30
