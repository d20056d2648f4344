"""What an ID token must be before somebody is believed to be somebody (OpenID Connect Core, 3.1.3.7).

The header of a token only says which of the provider's own keys to try; keys and addresses of keys in it are
refused, and so is every header that we do not know.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.oidc.core.util import create_half_hash
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import JWKRegistry, Key
from joserfc.jws import CompactSignature, JWSRegistry, extract_compact, validate_compact
from joserfc.jwt import JWTClaimsRegistry
from joserfc.util import urlsafe_b64decode

KINDS: Mapping[str, tuple[str, str | None]] = {
    "RS256": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "EdDSA": ("OKP", "Ed25519"),
}
"""The algorithms that are believed, with type and curve of their keys. No secret ever verifies."""
SKEW = timedelta(minutes=1)
"""How far the clock of the provider may be from ours."""
OLDEST = timedelta(minutes=10)
"""A token answers a question that we asked not longer ago."""
SMALLEST_RSA, LARGEST_RSA = 2048, 8192
LONGEST_SUBJECT = 255
_HEADERS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
_OF_KEYS = ("kty", "kid", "n", "e", "crv", "x", "y")
"""The public parts of a key; whatever else is said of it is not needed to verify."""


class Refused(Exception):
    """An answer of the provider that proves nothing. `reason` is a word for the log, never its content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownKey(Refused):
    """Signed with a key that is not among those at hand; newer ones may have it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the token must answer to. `access_token` is what came with it, if anything did."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None
    now: datetime


class _Believed(JWSRegistry):
    """The algorithms of `KINDS` and no others."""

    def get_alg(self, name: str) -> Any:
        """An algorithm, without a warning of the name `EdDSA`: the provider chooses how it is called."""
        if name not in KINDS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


_BELIEVED = _Believed()


def subject_of(token: str, keys: Sequence[Any], expected: Expected) -> str:
    """Whom a token is about, at its issuer. `keys` are the provider's, as JSON Web Keys.

    Raises `UnknownKey` when none of the keys has the name that the token gives, `Refused` for all else.
    """
    try:
        signed = extract_compact(token.encode(), registry=_BELIEVED)
        key = _key_for(signed.headers(), keys)
        is_signed = validate_compact(signed, key, registry=_BELIEVED)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise Refused("signature") from error
    if not is_signed:
        raise Refused("signature")
    claims = _claims(signed)
    _check_parties(claims, expected)
    _check_times(claims, expected.now)
    if "at_hash" in claims:
        _check_access_token(claims["at_hash"], str(signed.headers()["alg"]), expected.access_token)
    return _subject(claims)


def _key_for(header: Mapping[str, Any], keys: Sequence[Any]) -> Key:
    """The one key that the token names and that fits its algorithm."""
    algorithm, name = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in KINDS:
        raise Refused("algorithm")
    if header.keys() - _HEADERS:
        raise Refused("header")
    if "typ" in header and str(header["typ"]).upper() != "JWT":
        raise Refused("type")
    if not isinstance(name, str) or not name:
        raise Refused("key")
    named = [key for key in keys if isinstance(key, dict) and key.get("kid") == name]
    if not named:
        raise UnknownKey("key")
    fitting = [key for key in named if _fits(key, algorithm)]
    if len(fitting) != 1:
        raise Refused("key")
    found = fitting[0]
    if found["kty"] == "RSA" and not SMALLEST_RSA <= _bits(found["n"]) <= LARGEST_RSA:
        raise Refused("key")
    return JWKRegistry.import_key({part: found[part] for part in _OF_KEYS if part in found})


def _fits(key: Mapping[str, Any], algorithm: str) -> bool:
    kind, curve = KINDS[algorithm]
    operations = key.get("key_ops")
    return (
        key.get("kty") == kind
        and (curve is None or key.get("crv") == curve)
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (operations is None or (isinstance(operations, list) and "verify" in operations))
    )


def _bits(modulus: str) -> int:
    return int.from_bytes(urlsafe_b64decode(modulus.encode())).bit_length()


def _claims(signed: CompactSignature) -> dict[str, Any]:
    try:
        claims = json.loads(signed.payload)
    except (ValueError, RecursionError) as error:
        raise Refused("claims") from error
    if not isinstance(claims, dict):
        raise Refused("claims")
    return claims


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    """Made by the issuer, for us and nobody else, as an answer to this very question."""
    if claims.get("iss") != expected.issuer:
        raise Refused("issuer")
    given = claims.get("aud")
    audience = [given] if isinstance(given, str) else given
    if not isinstance(audience, list) or expected.client_id not in audience:
        raise Refused("audience")
    if (len(audience) > 1 or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise Refused("authorized party")
    if not _is_same(claims.get("nonce"), expected.nonce):
        raise Refused("nonce")


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    clock = JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(SKEW.total_seconds()),
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        clock.validate({name: claims[name] for name in ("exp", "iat", "nbf") if name in claims})
    except JoseError as error:
        raise Refused("time") from error
    if claims["iat"] < (now - OLDEST - SKEW).timestamp():
        raise Refused("time")


def _check_access_token(given: Any, algorithm: str, access_token: str | None) -> None:
    """What came with the token is what was issued with it."""
    if access_token is None or not access_token.isascii():
        raise Refused("access token")
    # SHA-512 for Ed25519, otherwise by the digits of the name
    wanted: bytes = create_half_hash(access_token, algorithm)
    if not _is_same(given, wanted.decode()):
        raise Refused("access token")


def _is_same(given: Any, wanted: str) -> bool:
    """Whether something is this very text of ASCII letters; takes as long for a near miss as for another."""
    return isinstance(given, str) and given.isascii() and hmac.compare_digest(given, wanted)


def _subject(claims: Mapping[str, Any]) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Refused("subject")
    if not (subject.isascii() and subject.isprintable()):
        raise Refused("subject")
    return subject
