"""How the identity provider is asked: in time, small, from its own addresses, not too often."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from pydantic import ValidationError
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.features.accounts.gateway import IdentityProvider, NotAnswering, Question, Refused
from app.features.accounts.gateway import asking as asking_module
from app.features.accounts.gateway.asking import MOST_BYTES, is_closed_way
from tests.conftest import settings_for
from tests.factories.provider import CLIENT, ISSUER, RSA, SECRET, FakeProvider, Json, signed

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
QUESTION = Question("a-state", "0" * 64, "1" * 64, "https://medina.test/en/sign-in/sso/back")
WELL_KNOWN = "/.well-known/openid-configuration"
AFTER_A_MINUTE = NOW + timedelta(seconds=61)


@pytest.fixture
def fake() -> FakeProvider:
    """A provider that does what it should."""
    found = FakeProvider()
    found.clock = NOW.timestamp
    return found


@pytest.fixture
async def provider(fake: FakeProvider) -> AsyncIterator[IdentityProvider]:
    """What we know of it."""
    found = IdentityProvider(ISSUER, CLIENT, SECRET, transport=fake.transport)
    yield found
    await found.aclose()


async def sign_in(fake: FakeProvider, provider: IdentityProvider, now: datetime = NOW, **brought: str) -> str:
    """There and back again."""
    address = await provider.address_for(QUESTION, now=now)
    back = fake.authorize(address, "amal") | brought
    return await provider.subject_for(QUESTION, back["code"], back["iss"], now=now)


async def test_there_and_back(fake: FakeProvider, provider: IdentityProvider) -> None:
    """Nothing is asked twice, and nobody asks for more than who it is."""
    assert await sign_in(fake, provider) == "amal"
    assert await sign_in(fake, provider) == "amal"
    assert fake.asked == [WELL_KNOWN, "/token", "/keys", "/token"]


async def test_after_an_hour_it_is_asked_again(fake: FakeProvider, provider: IdentityProvider) -> None:
    """What a provider says of itself may change."""
    await provider.address_for(QUESTION, now=NOW)
    await provider.address_for(QUESTION, now=NOW + timedelta(minutes=59))
    assert fake.asked == [WELL_KNOWN]
    await provider.address_for(QUESTION, now=NOW + timedelta(minutes=61))
    assert fake.asked == [WELL_KNOWN] * 2


async def test_many_at_once_ask_once(fake: FakeProvider, provider: IdentityProvider) -> None:
    """Fifty people at nine o'clock."""
    assert set(await asyncio.gather(*(sign_in(fake, provider) for _ in range(50)))) == {"amal"}
    assert fake.asked.count(WELL_KNOWN) == fake.asked.count("/keys") == 1


# --- keys ------------------------------------------------------------------------------------------


async def test_new_keys_are_fetched_once(fake: FakeProvider, provider: IdentityProvider) -> None:
    """The first token with a new key brings them."""
    await sign_in(fake, provider)
    new = RSAKey.generate_key(2048, {"kid": "new"})
    fake.keys = [new.as_dict(private=False)]
    fake.forge = lambda header, claims, _: signed(header | {"kid": "new"}, claims, new)
    assert await sign_in(fake, provider, AFTER_A_MINUTE) == "amal"
    assert fake.asked.count("/keys") == 2
    fake.forge = lambda header, claims, _: signed(header, claims, RSA)
    with pytest.raises(Refused):  # what was taken back is believed no more
        await sign_in(fake, provider, AFTER_A_MINUTE)


async def test_unknown_keys_cost_one_request_a_minute(fake: FakeProvider, provider: IdentityProvider) -> None:
    """However many tokens name a key that nobody has."""
    fake.forge = lambda header, claims, _: signed(header | {"kid": "nobody"}, claims)
    for seconds in range(0, 150, 5):
        with pytest.raises(Refused):
            await sign_in(fake, provider, NOW + timedelta(seconds=seconds))
    assert fake.asked.count("/keys") == 3


# --- what it says of itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"issuer": f"{ISSUER}/"},
        {"issuer": None},
        {"authorization_endpoint": "http://sso.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://sso.example/authorize\r\nSet-Cookie: a=b"},
        {"authorization_endpoint": "/authorize"},
        {"token_endpoint": "http://127.0.0.1/token"},
        {"token_endpoint": "https://user@sso.example/token"},
        {"token_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "https://sso.example:99999/keys"},
        {"jwks_uri": ["https://sso.example/keys"]},
        {"code_challenge_methods_supported": ["plain"]},
        {"code_challenge_methods_supported": "S256"},
        {"token_endpoint_auth_methods_supported": "client_secret_post"},
    ],
    ids=str,
)
async def test_a_provider_that_describes_itself_badly_is_not_used(
    fake: FakeProvider, provider: IdentityProvider, changes: Json
) -> None:
    """Another issuer, an open way, no PKCE."""
    fake.description |= changes
    with pytest.raises(NotAnswering):
        await provider.address_for(QUESTION, now=NOW)


BAD: dict[str, Any] = {
    "redirect": lambda: RedirectResponse("/elsewhere"),
    "moved": lambda: RedirectResponse(f"{ISSUER}/elsewhere", 301),
    "empty": lambda: Response(""),
    "no JSON": lambda: Response("<html>"),
    "a list": lambda: JSONResponse([]),
    "deep": lambda: Response("[" * 100_000),
    "huge": lambda: Response(json.dumps({"issuer": "x" * MOST_BYTES})),
    "compressed": lambda: Response(b"", headers={"Content-Encoding": "gzip"}),
    "not found": lambda: JSONResponse({}, 404),
    "broken": lambda: JSONResponse({}, 500),
}


@pytest.mark.parametrize("path", [WELL_KNOWN, "/token", "/keys"])
@pytest.mark.parametrize("kind", BAD)
async def test_bad_answers_are_none(
    fake: FakeProvider, provider: IdentityProvider, path: str, kind: str
) -> None:
    """Redirects are not followed, and what is compressed is not unfolded."""
    fake.instead = {path: BAD[kind]()}
    with pytest.raises(NotAnswering):
        await sign_in(fake, provider)
    assert "/elsewhere" not in fake.asked


async def test_what_is_too_large_is_not_read_to_its_end() -> None:
    """An answer without end costs no more than one that is as long as it may be."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 4096
            yield b" " * 4096

    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=endless())

    provider = IdentityProvider(ISSUER, CLIENT, SECRET, transport=httpx.MockTransport(answer))
    with pytest.raises(NotAnswering):
        await provider.address_for(QUESTION, now=NOW)
    await provider.aclose()
    assert sent <= MOST_BYTES + 4096


async def test_a_provider_that_is_slow_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it sends now and then."""
    monkeypatch.setattr(asking_module, "SECONDS", 0.01)

    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    provider = IdentityProvider(ISSUER, CLIENT, SECRET, transport=httpx.MockTransport(never))
    with pytest.raises(NotAnswering):
        await provider.address_for(QUESTION, now=NOW)
    await provider.aclose()


async def test_a_failure_is_remembered_for_a_moment(fake: FakeProvider, provider: IdentityProvider) -> None:
    """Those who wait do not all try in turn."""
    fake.instead = {WELL_KNOWN: JSONResponse({}, 500)}
    for _ in range(5):
        with pytest.raises(NotAnswering):
            await provider.address_for(QUESTION, now=NOW)
    assert fake.asked == [WELL_KNOWN]
    fake.instead = {}
    assert await provider.address_for(QUESTION, now=NOW + timedelta(seconds=16))


# --- codes and answers -------------------------------------------------------------------------------


async def test_a_code_works_once_and_for_its_question(fake: FakeProvider, provider: IdentityProvider) -> None:
    """Used before, of another browser, of no browser."""
    back = fake.authorize(await provider.address_for(QUESTION, now=NOW), "amal")
    assert await provider.subject_for(QUESTION, back["code"], "", now=NOW) == "amal"
    with pytest.raises(Refused):
        await provider.subject_for(QUESTION, back["code"], "", now=NOW)
    other = Question("b-state", "2" * 64, "3" * 64, QUESTION.redirect_uri)
    elsewhere = Question(QUESTION.state, QUESTION.nonce, QUESTION.verifier, "https://evil.example/back")
    for question in (other, elsewhere):
        stolen = fake.authorize(await provider.address_for(QUESTION, now=NOW), "amal")
        with pytest.raises(Refused):
            await provider.subject_for(question, stolen["code"], "", now=NOW)
    for code in ("", "x" * 5_000):
        with pytest.raises(Refused):
            await provider.subject_for(QUESTION, code, "", now=NOW)


async def test_answers_of_another_provider_are_not_taken_there(
    fake: FakeProvider, provider: IdentityProvider
) -> None:
    """RFC 9207: refused before the code is shown to anybody."""
    for iss in ("https://evil.example", f"{ISSUER}/"):
        with pytest.raises(Refused):
            await sign_in(fake, provider, iss=iss)
    assert await sign_in(fake, provider, iss="") == "amal"
    assert fake.asked.count("/token") == 1
    strict = IdentityProvider(ISSUER, CLIENT, SECRET, transport=fake.transport)
    fake.description["authorization_response_iss_parameter_supported"] = True
    with pytest.raises(Refused):
        await sign_in(fake, strict, iss="")
    assert await sign_in(fake, strict) == "amal"
    await strict.aclose()


@pytest.mark.parametrize(
    "answer",
    [
        {"id_token": None},
        {"id_token": ["a"]},
        {"token_type": "mac"},
        {"token_type": None},
        {"access_token": None},
        {"access_token": "another"},
    ],
    ids=str,
)
async def test_answers_that_lack_something(
    fake: FakeProvider, provider: IdentityProvider, answer: Json
) -> None:
    """No ID token, another kind, another access token than the one it was issued with."""
    fake.answer = answer
    with pytest.raises(Refused):
        await sign_in(fake, provider)


@pytest.mark.parametrize(
    ("secret", "methods", "in_header", "in_body"),
    [
        (SECRET, ["client_secret_basic", "client_secret_post"], True, False),
        (SECRET, ["client_secret_post"], False, True),
        ("", ["none"], False, False),
    ],
)
async def test_the_client_proves_itself_as_it_can(
    secret: str, methods: list[str], in_header: bool, in_body: bool
) -> None:
    """The secret goes to the token endpoint only, in one place."""
    seen: list[httpx.Request] = []
    fake = FakeProvider()

    async def note(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == WELL_KNOWN:
            told = fake.description | {"token_endpoint_auth_methods_supported": methods}
            return httpx.Response(200, stream=httpx.ByteStream(json.dumps(told).encode()))
        return httpx.Response(400, stream=httpx.ByteStream(b'{"error": "invalid_grant"}'))

    provider = IdentityProvider(ISSUER, CLIENT, secret, transport=httpx.MockTransport(note))
    with pytest.raises(Refused):
        await provider.subject_for(QUESTION, "a-code", "", now=NOW)
    await provider.aclose()
    described, asked = seen
    assert "authorization" not in described.headers
    assert ("authorization" in asked.headers) == in_header
    assert (b"client_secret=" in asked.content) == in_body
    assert (b"client_id=medina" in asked.content) == (not in_header)


# --- settings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "issuer", "is_closed"),
    [
        ("https://other.example/token", ISSUER, True),
        ("http://localhost:9000/token", "http://127.0.0.1:9000", True),
        ("http://localhost:9000/token", ISSUER, False),
        ("http://other.example/token", "http://127.0.0.1:9000", False),
        ("https://[::1/token", ISSUER, False),
        ("https:///token", ISSUER, False),
        ("https://sso.example/a b", ISSUER, False),
        ("https://sso.example/#x", ISSUER, False),
        ("https://ssо.example/", ISSUER, False),
    ],
)
def test_addresses_that_may_be_used(address: str, issuer: str, is_closed: bool) -> None:
    """HTTPS, or this machine when the issuer is there too."""
    assert is_closed_way(address, issuer) == is_closed


@pytest.mark.parametrize(
    "changes",
    [
        {"oidc_issuer": "http://sso.example", "oidc_client_id": CLIENT},
        {"oidc_issuer": "sso.example", "oidc_client_id": CLIENT},
        {"oidc_issuer": "https://", "oidc_client_id": CLIENT},
        {"oidc_issuer": "https://sso.example?x=y", "oidc_client_id": CLIENT},
        {"oidc_issuer": "https://user:word@sso.example", "oidc_client_id": CLIENT},
        {"oidc_issuer": ISSUER},
    ],
    ids=str,
)
def test_settings_that_cannot_be_safe_are_refused_at_start(tmp_path: Any, changes: Json) -> None:
    """An open way, no name of ours."""
    with pytest.raises(ValidationError):
        settings_for("sqlite:///x.db", tmp_path, **changes)


def test_settings_say_what_the_button_says(tmp_path: Any) -> None:
    """A name of one's own, else the host; nothing where there is no provider. The secret is not shown."""
    given: Json = {"oidc_issuer": "http://localhost:9000/realm", "oidc_client_id": CLIENT}
    assert settings_for("sqlite:///x.db", tmp_path).single_sign_on == ""
    assert settings_for("sqlite:///x.db", tmp_path, **given).single_sign_on == "localhost"
    named = settings_for(
        "sqlite:///x.db", tmp_path, **given, oidc_name="City pass", oidc_client_secret="hidden-word"
    )
    assert named.single_sign_on == "City pass"
    assert "hidden-word" not in repr(named)
