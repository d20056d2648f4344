"""ID tokens that nobody may believe, each wrong in one way; and unusual ones that are right."""

from collections.abc import Mapping

from joserfc import jws

from tests.factories.provider import (
    CLIENT,
    EC,
    ISSUER,
    OKP,
    RSA,
    STRANGER,
    Forge,
    Json,
    encoded,
    half_hash,
    moved,
    signed,
    signed_with_public_key,
    tampered,
    unsigned,
    with_claims,
    with_header,
    with_secret,
)

_PUBLIC = STRANGER.as_dict(private=False)


def _always(token: str) -> Forge:
    return lambda header, claims, access_token: token


def _named_none_in_capitals(header: Json, claims: Json, access_token: str) -> str:
    _, claimed, _ = unsigned(header, claims, access_token).split(".")
    told = b'{"alg": "nOnE", "kid": "rsa"}'
    return f"{encoded(told)}.{claimed}."


def _list_of_claims(header: Json, claims: Json, access_token: str) -> str:
    return jws.serialize_compact(header, b'["sub"]', RSA)


def _zeros(header: Json, claims: Json, access_token: str) -> str:
    """ECDSA with r = s = 0, which careless libraries take for good."""
    start, _, _ = signed({"alg": "ES256", "kid": "ec"}, claims, EC).rpartition(".")
    return f"{start}.{encoded(bytes(64))}"


def _stripped(header: Json, claims: Json, access_token: str) -> str:
    return signed(header, claims).rpartition(".")[0] + "."


def _other_encoding(header: Json, claims: Json, access_token: str) -> str:
    return signed(header, claims | {"nonce": "\ud800"})


FORGERIES: Mapping[str, Forge] = {
    "not signed": unsigned,
    "not signed, in capitals": _named_none_in_capitals,
    "signature left out": _stripped,
    "signed with the public key as a secret": signed_with_public_key,
    "signed with an empty secret": with_secret(b""),
    "changed after signing": tampered,
    "zeros as a signature": _zeros,
    "signed with a key of somebody else": with_header(STRANGER),
    "a key in the header": with_header(STRANGER, jwk=_PUBLIC),
    "a key in the header, by the right key": with_header(jwk=_PUBLIC),
    "the address of keys in the header": with_header(
        STRANGER, jku="https://evil.example/keys", kid="stranger"
    ),
    "the address of keys in the header, by the right key": with_header(jku=f"{ISSUER}/keys"),
    "the address of a certificate in the header": with_header(STRANGER, x5u="https://evil.example/x.pem"),
    "a certificate in the header": with_header(x5c=["MIIB"]),
    "an unknown header that must be understood": with_header(crit=["exp"], exp=1),
    "a known header that must be understood": with_header(crit=["b64"], b64=True),
    "an empty list of what must be understood": with_header(crit=[]),
    "another algorithm": with_header(alg="RS512"),
    "no key named": with_header(kid=None),
    "a key that is not there": with_header(kid="yesterday"),
    "a key that is no name": with_header(kid=["rsa"]),
    "a key of another kind": with_header(kid="ec"),
    "an access token": with_header(typ="at+jwt"),
    "a logout token": with_header(typ="logout+jwt"),
    "for somebody else": with_claims(aud="another-client"),
    "for others": with_claims(aud=["another-client", "third"]),
    "for us and others, for nobody in particular": with_claims(aud=[CLIENT, "another-client"]),
    "for us and others, given to them": with_claims(aud=[CLIENT, "another-client"], azp="another-client"),
    "for us, given to another": with_claims(azp="another-client"),
    "for nobody": with_claims(aud=None),
    "for an empty list": with_claims(aud=[]),
    "for something odd": with_claims(aud={CLIENT: True}),
    "by another issuer": with_claims(iss="https://evil.example"),
    "by nearly the issuer": with_claims(iss=f"{ISSUER}/"),
    "by several issuers": with_claims(iss=[ISSUER]),
    "by nobody": with_claims(iss=None),
    "to another question": with_claims(nonce="f" * 64),
    "to no question": with_claims(nonce=None),
    "to a list of questions": lambda header, claims, _: signed(header, claims | {"nonce": [claims["nonce"]]}),
    "to a question that is no text": _other_encoding,
    "expired": moved(exp=-120),
    "without an end": with_claims(exp=None),
    "an end that is no number": with_claims(exp=float("nan")),
    "an end beyond all numbers": with_claims(exp=float("inf")),
    "an end in words": with_claims(exp="9999999999"),
    "an end that is true": with_claims(exp=True),
    "issued in the future": moved(iat=600),
    "issued long ago": moved(iat=-3_600),
    "issued at no time": with_claims(iat=None),
    "not good yet": moved(nbf=600),
    "about nobody": with_claims(sub=None),
    "about an empty name": with_claims(sub=""),
    "about a number": with_claims(sub=7),
    "about too long a name": with_claims(sub="x" * 256),
    "about a name in other letters": with_claims(sub="аmal"),
    "about a name of two lines": with_claims(sub="amal\nomar"),
    "with another access token": with_claims(at_hash=half_hash("another")),
    "with the hash of another algorithm": with_claims(at_hash=half_hash("an-access-token", "sha512")),
    "with a hash that is no text": with_claims(at_hash=0),
    "claims that are a list": _list_of_claims,
    "no token": _always(""),
    "one word": _always("token"),
    "two parts": _always("e30.e30"),
    "five parts": _always("e30.e30.e30.e30.e30"),
    "a list as its header": _always(encoded(b'["alg"]') + ".e30.e30"),
    "letters of no alphabet": _always("\u0627.\u0628.\u062a"),
    "a very long token": _always("e30." + "A" * 100_000 + ".e30"),
}


def _plain(header: Json, claims: Json, access_token: str) -> str:
    return signed(header, claims)


RIGHT: Mapping[str, Forge] = {
    "without a hash": _plain,
    "curve P-256": lambda header, claims, access_token: signed(
        {"alg": "ES256", "kid": "ec"}, claims | {"at_hash": half_hash(access_token)}, EC
    ),
    "curve 25519": lambda header, claims, access_token: signed(
        {"alg": "EdDSA", "kid": "okp"}, claims | {"at_hash": half_hash(access_token, "sha512")}, OKP
    ),
    "a list of one": with_claims(aud=[CLIENT]),
    "a list, given to us": with_claims(aud=["another-client", CLIENT], azp=CLIENT),
    "given to us": with_claims(azp=CLIENT),
    "clocks half a minute apart": moved(iat=30, exp=60),
    "its type": with_header(typ="JWT"),
    "the print of a certificate": with_header(x5t="abc"),
    "more about somebody": with_claims(email="administrator@medina.example", email_verified=True),
}
