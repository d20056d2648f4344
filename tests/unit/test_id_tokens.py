"""ID tokens: what is believed, and what is not."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import RSAKey

from app.features.accounts.rules.id_tokens import Expected, Refused, UnknownKey, subject_of
from tests.factories.forgeries import FORGERIES, RIGHT
from tests.factories.provider import CLIENT, ISSUER, RSA, FakeProvider, Forge, encoded, honest, signed

NONCE = "0123456789abcdef" * 4
TOKEN = "an-access-token"
HEADER = {"alg": "RS256", "kid": "rsa"}
PROVIDER = FakeProvider()


def _asked(access_token: str | None = TOKEN, now: datetime | None = None) -> Expected:
    return Expected(ISSUER, CLIENT, NONCE, access_token, now or datetime.now(UTC))


def _made(forge: Forge) -> str:
    return forge(dict(HEADER), PROVIDER.claims_for(NONCE, "amal"), TOKEN)


@pytest.mark.parametrize("forge", [honest, *RIGHT.values()], ids=["honest", *RIGHT])
def test_what_is_right_is_believed(forge: Forge) -> None:
    """The one who is named there, and nothing else that the token says."""
    assert subject_of(_made(forge), PROVIDER.keys, _asked()) == "amal"


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=list(FORGERIES))
def test_forgeries_are_refused(forge: Forge) -> None:
    """Each is wrong in one way only."""
    with pytest.raises(Refused):
        subject_of(_made(forge), PROVIDER.keys, _asked())


def test_a_hash_needs_what_it_is_of() -> None:
    """No access token came, or one that is no text of a token."""
    for access_token in (None, "\ud800"):
        with pytest.raises(Refused):
            subject_of(_made(honest), PROVIDER.keys, _asked(access_token))


def test_time_passes() -> None:
    """Good for its five minutes and the minute that clocks may differ, then no more."""
    token, now = _made(honest), datetime.now(UTC)
    assert subject_of(token, PROVIDER.keys, _asked(now=now + timedelta(minutes=5, seconds=50)))
    for later in (timedelta(minutes=6, seconds=2), timedelta(days=400), timedelta(minutes=-2)):
        with pytest.raises(Refused):
            subject_of(token, PROVIDER.keys, _asked(now=now + later))


SHORT = RSAKey.generate_key(2048, {"kid": "rsa"}).as_dict(private=False) | {"n": encoded(b"\xc1" * 128)}
PUBLIC: dict[str, Any] = dict(RSA.as_dict(private=False))


@pytest.mark.parametrize(
    "keys",
    [
        [PUBLIC, PUBLIC],
        [PUBLIC | {"use": "enc"}],
        [PUBLIC | {"alg": "RS512"}],
        [PUBLIC | {"key_ops": ["encrypt"]}],
        [PUBLIC | {"key_ops": "verify"}],
        [PUBLIC | {"kty": "oct", "k": "AAAA"}],
        [PUBLIC | {"n": "!"}],
        [PUBLIC | {"n": 7}],
        [PUBLIC | {"e": "AQ"}],
        [{"kid": "rsa", "kty": "RSA"}],
        [SHORT],
    ],
    ids=[
        "twice",
        "use",
        "alg",
        "operations",
        "odd operations",
        "secret",
        "n",
        "odd n",
        "e",
        "empty",
        "short",
    ],
)
def test_keys_that_fit_badly_verify_nothing(keys: list[Any]) -> None:
    """Two of one name, one for something else, a broken or a weak one."""
    with pytest.raises(Refused) as refused:
        subject_of(_made(honest), keys, _asked())
    assert not isinstance(refused.value, UnknownKey)


@pytest.mark.parametrize("keys", [[], [None, 1, "rsa", []], [{"kid": "another"}], [{}]])
def test_a_key_that_is_not_there_may_come(keys: list[Any]) -> None:
    """Told apart, so that newer keys are asked for."""
    with pytest.raises(UnknownKey):
        subject_of(_made(honest), keys, _asked())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(["iss", "aud", "azp", "nonce", "exp", "iat", "nbf", "sub", "at_hash"]), value=_JSON
)
def test_no_claim_breaks_the_check(name: str, value: Any) -> None:
    """Whatever a claim holds, somebody is believed or refused; nothing else happens."""
    token = signed(dict(HEADER), PROVIDER.claims_for(NONCE, "amal") | {name: value})
    try:
        subject = subject_of(token, PROVIDER.keys, _asked())
    except Refused:
        return
    assert subject == (value if name == "sub" else "amal")


@settings(max_examples=200, deadline=None)
@given(header=st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "b64", "x5t"]), _JSON))
def test_no_header_breaks_the_check(header: dict[str, Any]) -> None:
    """Also where nothing is signed."""
    claims = encoded(json.dumps(PROVIDER.claims_for(NONCE, "amal")).encode())
    with pytest.raises(Refused):
        subject_of(f"{encoded(json.dumps(header).encode())}.{claims}.AAAA", PROVIDER.keys, _asked())
