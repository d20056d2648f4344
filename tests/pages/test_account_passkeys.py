"""Passkeys: registered, shown, removed; and everything that looks like one but is none, refused."""

import asyncio
import os
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from webauthn.helpers import bytes_to_base64url

from app.core.actor import Role
from app.core.credentials import Strength
from app.core.db import Database
from app.core.errors import Invalid
from app.features.accounts.service.passkeys import (
    Site,
    register_passkey,
    registration_options,
    sign_in_options,
    use_passkey,
)
from app.models.account import Passkey, PasskeyChallenge, RecoveryCode, SignInSession, ThrottleCount
from tests.conftest import As
from tests.factories.accounts import MOSUL, Browser, Mails, make_account, signed_in, watch_mails
from tests.factories.authenticator import PRESENT, Answer, Authenticator

NEW, CONFIRM, DOOR = "/en/account/passkeys", "/en/confirm/passkey", "/en/sign-in/passkey"


@dataclass
class Person:
    """Somebody with an account; `device` holds the passkey once it is made."""

    id: UUID
    email: str
    browser: Browser
    device: Authenticator


class Scene:
    """The app, and people who come to it."""

    def __init__(self, app: FastAPI, as_persona: As) -> None:
        self.app = app
        self._as_persona = as_persona

    async def person(
        self, email: str, role: Role = Role.HUB_EDITOR, strength: Strength = Strength.EMAIL
    ) -> Person:
        """Somebody who has just come in."""
        async with self.app.state.database.writing() as session:
            places = [MOSUL] if role is Role.CITY_LEAD else []
            id_ = await make_account(session, email, (role, places))
        client = self._as_persona("visitor")
        return Person(id_, email, await signed_in(self.app, client, id_, strength), Authenticator())

    async def owner(self, email: str, role: Role = Role.HUB_EDITOR) -> Person:
        """Somebody with a passkey."""
        person = await self.person(email, role)
        options = await ask(person.browser, NEW)
        made = await person.browser.post(NEW, json={"credential": person.device.make(options), "name": "K"})
        assert made.status_code == 200
        return person

    async def stranger(self) -> Browser:
        """A browser in which nobody is signed in, on the page of signing in."""
        browser = Browser(self._as_persona("visitor"))
        assert (await browser.get("/en/sign-in")).status_code == 200
        return browser

    async def forget_tries(self) -> None:
        """Count anew: throttling is proven elsewhere."""
        async with self.app.state.database.writing() as session:
            await session.execute(delete(ThrottleCount))


@pytest.fixture
def scene(app: FastAPI, as_persona: As) -> Scene:
    """The stage."""
    return Scene(app, as_persona)


async def ask(browser: Browser, address: str) -> Answer:
    """The question to answer."""
    answer = await browser.post(f"{address}/options", json={})
    assert answer.status_code == 200, answer.text
    options: Answer = answer.json()
    return options


async def test_from_a_mail_to_a_role_of_the_hub(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asleep after a mail; the first passkey wakes it, signs in and confirms; the owner is told."""
    mails = watch_mails(monkeypatch)
    amal = await scene.owner("amal@hub.example")
    assert [mail.kind for mail in mails.to(amal.email)] == ["passkey-added"]
    assert (await amal.browser.get("/en/manage/")).status_code == 200

    stranger = await scene.stranger()
    options = await ask(stranger, DOOR)
    assert options["userVerification"] == "required"
    assert "allowCredentials" not in options or options["allowCredentials"] == []
    shown = amal.device.show(options)
    came = await stranger.post(DOOR, json={"credential": shown, "next": "/en/manage/"})
    assert (came.status_code, came.json()["location"]) == (200, "/en/manage/")
    assert (await stranger.get("/en/manage/")).status_code == 200

    before = stranger.session
    options = await ask(stranger, CONFIRM)
    assert [one["id"] for one in options["allowCredentials"]] == [bytes_to_base64url(amal.device.id)]
    confirmed = await stranger.post(CONFIRM, json={"credential": amal.device.show(options), "next": "//evil"})
    assert confirmed.json() == {"location": "/en/account"}
    assert stranger.session not in ("", before)
    old = Browser(stranger.client).hold(before)
    assert (await old.get("/en/manage/")).status_code == 404


async def come_by_mail(browser: Browser, mails: Mails, email: str) -> None:
    """Sign in with the code of a mail."""
    await browser.get("/en/sign-in")
    assert (await browser.post("/en/sign-in", {"email": email})).status_code == 303
    answer = await browser.post("/en/sign-in/code", {"code": mails.code(email)})
    assert answer.status_code == 303
    assert browser.session
    await browser.get("/en/account")


@pytest.mark.parametrize(("role", "desk"), [(Role.HUB_EDITOR, 403), (Role.CITY_LEAD, 404)])
async def test_a_mailbox_is_not_enough(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, role: Role, desk: int
) -> None:
    """Who reads the mails of somebody with a passkey comes in, and no further: every way round is closed.

    Also for people of a city: what is planted there would open the hub to whoever gets a role in it later.
    """
    mails = watch_mails(monkeypatch)
    amal = await scene.owner("amal@hub.example", role)
    thief = Browser(amal.browser.client)
    await come_by_mail(thief, mails, amal.email)
    assert "Show my passkey" in (await thief.get("/en/confirm")).text
    async with scene.app.state.database.reading() as session:
        passkey = (await session.scalars(select(Passkey.id))).one()
    for path, data in (
        ("/en/account/recovery-codes", {}),
        ("/en/account/tokens", {"token_name": "t", "scopes": "read:library", "days": "9"}),
        ("/en/account/address", {"email": "thief@example.org"}),
        (f"/en/account/passkeys/{passkey}/remove", {}),
    ):
        answer = await thief.post(path, data)
        assert answer.status_code == 403, path
        assert "/en/confirm?next=" in answer.text
    options = await thief.post(f"{NEW}/options", json={})
    assert (options.status_code, options.json()["type"]) == (403, "/docs#problem-confirm-first")
    assert (await thief.post("/en/confirm/mail")).status_code == 303
    assert (await thief.post("/en/confirm/code", {"code": mails.code(amal.email)})).status_code == 422
    assert (await thief.get("/en/manage/")).status_code == desk
    async with scene.app.state.database.reading() as session:
        assert (await session.scalars(select(Passkey.account_id))).all() == [amal.id]


async def test_codes_on_paper_stand_in_for_a_passkey(scene: Scene) -> None:
    """Without one there are none to make, and they go with the last one."""
    omar = await scene.person("omar@example.org", Role.CITY_LEAD)
    assert (await omar.browser.post("/en/account/recovery-codes")).status_code == 409
    sara = await scene.owner("sara@example.org", Role.CITY_LEAD)
    assert (await sara.browser.post("/en/account/recovery-codes")).status_code == 200
    async with scene.app.state.database.reading() as session:
        passkey = (await session.scalars(select(Passkey.id))).one()
        assert (await session.scalars(select(RecoveryCode.id))).all()
    assert (await sara.browser.post(f"/en/account/passkeys/{passkey}/remove")).status_code == 303
    async with scene.app.state.database.reading() as session:
        assert not (await session.scalars(select(RecoveryCode.id))).all()


async def test_a_new_role_asks_for_a_new_proof(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a mail has proven for a city does not count for a role of the hub that comes a minute later."""
    mails = watch_mails(monkeypatch)
    omar = await scene.owner("omar@example.org", Role.CITY_LEAD)
    thief = Browser(omar.browser.client)
    await come_by_mail(thief, mails, omar.email)
    admin = await scene.person("admin@hub.example", Role.HUB_ADMIN, Strength.PASSKEY)
    given = await admin.browser.post(f"/en/people/{omar.id}/roles", {"role": "hub editor"})
    assert given.status_code == 303
    assert (await thief.post("/en/account/recovery-codes")).status_code == 403


async def test_the_first_passkey_needs_a_fresh_mail(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody new at the hub who took their time is sent a code, and goes on."""
    mails = watch_mails(monkeypatch)
    amal = await scene.person("amal@hub.example")
    async with scene.app.state.database.writing() as session:
        await session.execute(
            update(SignInSession).values(confirmed_at=datetime.now(UTC) - timedelta(hours=1))
        )
    assert (await amal.browser.post(f"{NEW}/options", json={})).status_code == 403
    assert "Send me a code" in (await amal.browser.get("/en/confirm")).text
    assert (await amal.browser.post("/en/confirm/mail")).status_code == 303
    assert (await amal.browser.post("/en/confirm/code", {"code": mails.code(amal.email)})).status_code == 303
    assert "Make a passkey" in (await amal.browser.get("/en/confirm")).text
    options = await ask(amal.browser, NEW)
    made = await amal.browser.post(NEW, json={"credential": amal.device.make(options)})
    assert made.status_code == 200


async def test_a_code_on_paper_leads_to_a_new_passkey(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """And to nothing else; used once; the owner is told; the last passkey of the hub cannot be removed."""
    mails = watch_mails(monkeypatch)
    amal = await scene.owner("amal@hub.example")
    shown = (await amal.browser.post("/en/account/recovery-codes")).text
    code = shown.partition("<li><code>")[2].partition("</code>")[0]
    async with scene.app.state.database.reading() as session:
        lost = (await session.scalars(select(Passkey.id))).one()
    assert (await amal.browser.post(f"/en/account/passkeys/{lost}/remove")).status_code == 409

    new = Browser(amal.browser.client)
    await come_by_mail(new, mails, amal.email)
    before = new.session
    wrong = await new.post("/en/confirm/recovery", {"recovery": "2222 2222"})
    assert wrong.status_code == 422
    assert 'value="2222 2222"' in wrong.text
    assert (await new.post("/en/confirm/recovery", {"recovery": code.lower()})).status_code == 303
    assert before != new.session
    assert (await new.get("/en/manage/")).status_code == 403
    assert mails.to(amal.email)[-1].kind == "recovery-used"
    again = await new.post("/en/confirm/recovery", {"recovery": code})
    assert again.status_code == 422
    fresh = Authenticator()
    options = await ask(new, NEW)
    assert (await new.post(NEW, json={"credential": fresh.make(options)})).status_code == 200
    assert (await new.get("/en/manage/")).status_code == 200
    assert (await new.post(f"/en/account/passkeys/{lost}/remove")).status_code == 303
    assert mails.to(amal.email)[-1].kind == "passkey-removed"
    await scene.forget_tries()
    stranger = await scene.stranger()
    options = await ask(stranger, DOOR)
    old = await stranger.post(DOOR, json={"credential": amal.device.show(options)})
    assert old.status_code == 422


# --- forgeries -----------------------------------------------------------------------------------

LIES: dict[str, Answer] = {
    "another site": {"origin": "http://evil.example"},
    "another port": {"origin": "http://localhost:81"},
    "another scheme": {"origin": "https://localhost"},
    "no site": {"origin": ""},
    "in a frame of another site": {"cross": True},
    "a key of another host": {"host": "evil.example"},
    "a part of our host": {"host": "local"},
    "user not verified": {"flags": PRESENT},
    "user not present": {"flags": 0x04},
    "the other ceremony": {"kind": "webauthn.create"},
    "no ceremony": {"kind": ""},
    "a challenge of one's own": {"challenge": bytes_to_base64url(os.urandom(64))},
    "an empty challenge": {"challenge": ""},
    "no public key": {"type": "password"},
    "a bogus signature": {"signature": os.urandom(70)},
    "an empty signature": {"signature": b""},
    "a signature of another key": {"key": ec.generate_private_key(ec.SECP256R1())},
    "a counter gone back": {"count": 1},
    "a counter of zero": {"count": 0},
    "a counter beyond all numbers": {"count": 2**32 - 1},
    "an account of somebody else": {"handle": bytes_to_base64url(os.urandom(16))},
    "a key that nobody has": {"id": os.urandom(32)},
    "a key without a name": {"id": b""},
    "data cut off": {"response": {"authenticatorData": "AAAA"}},
    "no data": {"response": {"authenticatorData": None}},
    "no JSON inside": {"response": {"clientDataJSON": "AAAA"}},
    "JSON without end": {"response": {"clientDataJSON": bytes_to_base64url(b"[" * 9_000)}},
    "a list inside": {"response": {"clientDataJSON": bytes_to_base64url(b"[1]")}},
    "numbers for texts": {"response": {"clientDataJSON": 7, "signature": 8, "userHandle": 9}},
}
"""What is wrong with an answer that is right otherwise."""

EMPTY: list[Any] = [{}, {"credential": None}, {"credential": []}, {"credential": "x"}, {"credential": {}}]


async def test_no_forgery_signs_in(scene: Scene) -> None:
    """One thing wrong is enough; then the honest answer works, once."""
    amal = await scene.owner("amal@hub.example")
    async with scene.app.state.database.reading() as session:
        before = (await session.execute(select(Passkey.sign_count, Passkey.used_at))).all()
    stranger = await scene.stranger()
    amal.device.count = 5
    for name, lie in LIES.items():
        await scene.forget_tries()
        options = await ask(stranger, DOOR)
        answer = await stranger.post(DOOR, json={"credential": amal.device.show(options, **lie)})
        assert answer.status_code == 422, name
        assert not stranger.session, name
    for body in EMPTY:
        await scene.forget_tries()
        assert (await stranger.post(DOOR, json=body)).status_code == 422, body
    async with scene.app.state.database.reading() as session:
        assert (await session.execute(select(Passkey.sign_count, Passkey.used_at))).all() == before
    await scene.forget_tries()
    honest = amal.device.show(await ask(stranger, DOOR))
    assert (await stranger.post(DOOR, json={"credential": honest})).status_code == 200
    other = await scene.stranger()
    for browser in (stranger, other):
        assert (await browser.post(DOOR, json={"credential": honest})).status_code == 422


async def test_a_challenge_is_for_one_browser_one_purpose_and_five_minutes(scene: Scene) -> None:
    """Of another browser, for something else, too old: refused."""
    amal, omar = await scene.owner("amal@hub.example"), await scene.owner("omar@hub.example")
    one, other = await scene.stranger(), await scene.stranger()
    stolen = amal.device.show(await ask(one, DOOR))
    assert (await other.post(DOOR, json={"credential": stolen})).status_code == 422
    assert (await amal.browser.post(CONFIRM, json={"credential": stolen})).status_code == 422
    for_door = amal.device.show(await ask(amal.browser, DOOR))
    assert (await amal.browser.post(CONFIRM, json={"credential": for_door})).status_code == 422
    await scene.forget_tries()
    options = {"rpId": "localhost", **await ask(amal.browser, NEW)}
    to_make = amal.device.show(options)
    assert (await amal.browser.post(CONFIRM, json={"credential": to_make})).status_code == 422
    for_confirm = amal.device.show(await ask(amal.browser, CONFIRM))
    assert (await amal.browser.post(DOOR, json={"credential": for_confirm})).status_code == 422
    await scene.forget_tries()

    options = await ask(amal.browser, CONFIRM)
    assert (
        await amal.browser.post(CONFIRM, json={"credential": omar.device.show(options)})
    ).status_code == 422
    mine = amal.device.show(options)
    assert (await omar.browser.post(CONFIRM, json={"credential": mine})).status_code == 422

    old = amal.device.show(await ask(one, DOOR))
    async with scene.app.state.database.writing() as session:
        now = datetime.now(UTC)
        await session.execute(update(PasskeyChallenge).values(expires_at=now - timedelta(seconds=1)))
    assert (await one.post(DOOR, json={"credential": old})).status_code == 422


async def test_the_answer_is_taken_once_though_it_comes_twenty_times(scene: Scene) -> None:
    """At the same moment."""
    amal = await scene.owner("amal@hub.example")
    database: Database = scene.app.state.database
    site, here = Site("localhost", "http://localhost"), "b" * 64
    async with database.writing() as session:
        options = await sign_in_options(session, site, here, now=datetime.now(UTC))
    shown = amal.device.show(options)

    async def use() -> bool:
        try:
            async with database.writing() as session:
                await use_passkey(session, site, here, shown, now=datetime.now(UTC))
        except Invalid:
            return False
        return True

    assert sum(await asyncio.gather(*(use() for _ in range(20)))) == 1


MADE_UP: dict[str, Answer] = {
    name: lie
    for name, lie in LIES.items()
    if not {"signature", "key", "handle", "count", "id"} & lie.keys()
    and name not in ("no data", "data cut off")
} | {
    "the other ceremony": {"kind": "webauthn.get"},
    "a statement where none belongs": {"attestation": {"attStmt": {"sig": b"1"}}},
    "a maker that vouches without a word": {"attestation": {"fmt": "packed"}},
    "an unheard-of maker": {"attestation": {"fmt": "evil"}},
    "data cut off": {"attestation": {"authData": b"1234"}},
    "no attestation": {"response": {"attestationObject": ""}},
    "nested without end": {"response": {"attestationObject": bytes_to_base64url(b"\x81" * 9_000)}},
    "a counter beyond all numbers": {"count": 2**32 - 1},
}


async def test_no_forgery_makes_a_passkey(scene: Scene) -> None:
    """Refused, and the account has none; nor does the passkey of somebody else become one's own."""
    amal = await scene.person("amal@hub.example")
    for name, lie in MADE_UP.items():
        options = await ask(amal.browser, NEW)
        answer = await amal.browser.post(NEW, json={"credential": amal.device.make(options, **lie)})
        assert answer.status_code == 422, name
    for body in EMPTY:
        assert (await amal.browser.post(NEW, json=body)).status_code == 422, body
    options = await ask(amal.browser, NEW)
    omar = await scene.person("omar@hub.example")
    assert (await omar.browser.post(NEW, json={"credential": amal.device.make(options)})).status_code == 422
    async with scene.app.state.database.reading() as session:
        assert (await session.scalars(select(Passkey.id))).all() == []
    honest = amal.device.make(options)
    assert (await amal.browser.post(NEW, json={"credential": honest})).status_code == 200
    assert (await amal.browser.post(NEW, json={"credential": honest})).status_code == 422
    for person in (amal, omar):
        options = await ask(person.browser, NEW)
        twice = await person.browser.post(NEW, json={"credential": amal.device.make(options)})
        assert twice.status_code == 422
    async with scene.app.state.database.reading() as session:
        assert (await session.scalars(select(Passkey.account_id))).all() == [amal.id]


async def test_any_name_may_be_given_to_a_passkey(scene: Scene) -> None:
    """Zero bytes, halves of letters, very long: kept as far as it can be read."""
    amal = await scene.person("amal@hub.example")
    for name in ("a\x00b", "\ud800", "x" * 300, "\u202eevil", "", "هاتفي"):
        device = Authenticator()
        answer = device.make(await ask(amal.browser, NEW), response={"transports": ["usb", "\x00", 7, {}]})
        made = await amal.browser.post(NEW, json={"credential": answer, "name": name})
        assert made.status_code == 200, name
    async with scene.app.state.database.reading() as session:
        names = (await session.scalars(select(Passkey.name).order_by(Passkey.created_at))).all()
        transports = (await session.scalars(select(Passkey.transports))).all()
    assert names == ["ab", "Firefox, Android", "x" * 80, "evil", "Firefox, Android", "هاتفي"]
    assert all(one == ["usb"] for one in transports)


async def test_only_json_is_an_answer(scene: Scene) -> None:
    """The same bytes under another name are refused, and so is what is none."""
    amal = await scene.owner("amal@hub.example")
    headers = {"X-Form-Token": amal.browser.token, "Sec-Fetch-Site": "same-origin"}
    headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in amal.browser.cookies.items())
    for address in (DOOR, CONFIRM, NEW):
        await scene.forget_tries()
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            for content in (b'{"credential": {}}', b""):
                answer = await amal.browser.client.post(
                    address, content=content, headers={**headers, "Content-Type": kind}
                )
                assert answer.status_code in (400, 403, 422), (address, kind, content)
        broken = await amal.browser.client.post(
            address, content=b"{", headers={**headers, "Content-Type": "application/json"}
        )
        assert broken.status_code == 400


# --- anything at all -------------------------------------------------------------------------------

_texts = st.text(max_size=20) | st.binary(max_size=60).map(bytes_to_base64url)
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_places = st.sampled_from(
    (
        *("id", "rawId", "type", "response", "clientDataJSON", "authenticatorData", "signature"),
        *("userHandle", "attestationObject", "transports", "authenticatorAttachment"),
    )
)


def test_anything_may_come_as_an_answer(empty_url: str) -> None:
    """Parts of good answers put out of shape in every way: refused or taken, never an error of ours."""
    site, here = Site("localhost", "http://localhost"), "b" * 64
    with asyncio.Runner() as runner:
        database = Database(empty_url)

        async def begin() -> UUID:
            async with database.writing() as session:
                return await make_account(session, "amal@hub.example", (Role.HUB_EDITOR, []))

        id_ = runner.run(begin())

        async def attempt(changes: dict[str, Any], is_new: bool) -> None:
            now, device = datetime.now(UTC), Authenticator()
            async with database.writing() as session:
                options = await registration_options(session, id_, site, here, now=now)
                made = device.make(options)
                if not is_new:
                    await register_passkey(session, id_, site, here, made, "k", now=now)
                    made = device.show(await sign_in_options(session, site, here, now=now))
                bent = deepcopy(made)
                for place, value in changes.items():
                    inner = bent["response"] if isinstance(bent.get("response"), dict) else {}
                    (bent if place in ("id", "rawId", "type", "response") else inner)[place] = value
                try:
                    if is_new:
                        await register_passkey(session, id_, site, here, bent, "k", now=now)
                    else:
                        await use_passkey(session, site, here, bent, now=now)
                except Invalid:
                    pass
                await session.rollback()

        @settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(st.dictionaries(_places, _anything, min_size=1, max_size=3), st.booleans())
        def bend(changes: dict[str, Any], is_new: bool) -> None:
            runner.run(attempt(changes, is_new))

        bend()
        runner.run(database.aclose())
