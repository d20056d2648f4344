"""An identity provider of the tests: it does what the standard says, and lies where a test wants it to."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
from joserfc import jws
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

ISSUER = "https://sso.example"
CLIENT, SECRET = "medina", "a secret: with/signs+"
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig", "alg": "RS256"})
EC = ECKey.generate_key("P-256", {"kid": "ec"})
OKP = OKPKey.generate_key("Ed25519", {"kid": "okp"})
STRANGER = RSAKey.generate_key(2048, {"kid": "stranger"})

Json = dict[str, Any]
Forge = Callable[[Json, Json, str], str]
"""From header, claims and access token to an ID token."""


def encoded(part: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def signed(header: Json, claims: Json, key: Key = RSA) -> str:
    """An ID token, with any header that we like."""
    algorithm = jws.JWSRegistry.algorithms[header["alg"]]
    told = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"
    return f"{told}.{encoded(algorithm.sign(told.encode(), key))}"


def half_hash(access_token: str, digest: str = "sha256") -> str:
    """The left half of a hash, as `at_hash` has it."""
    found = hashlib.new(digest, access_token.encode()).digest()
    return encoded(found[: len(found) // 2])


def honest(header: Json, claims: Json, access_token: str) -> str:
    """The ID token that the standard asks for."""
    return signed(header, claims | {"at_hash": half_hash(access_token)})


def with_claims(**changes: Any) -> Forge:
    """A token that says something else; None leaves a claim out."""

    def forge(header: Json, claims: Json, access_token: str) -> str:
        told = claims | changes
        return signed(header, {name: value for name, value in told.items() if value is not None})

    return forge


def moved(**seconds: int) -> Forge:
    """A token with times so many seconds from the time it is issued."""

    def forge(header: Json, claims: Json, access_token: str) -> str:
        return signed(header, claims | {name: claims["iat"] + by for name, by in seconds.items()})

    return forge


def with_header(key: Key = RSA, **changes: Any) -> Forge:
    """A token with another header, rightly signed with a key."""

    def forge(header: Json, claims: Json, access_token: str) -> str:
        told = {name: value for name, value in (header | changes).items() if value is not None}
        return signed(told, claims, key)

    return forge


def unsigned(header: Json, claims: Json, access_token: str) -> str:
    """`alg: none`."""
    told = json.dumps({"alg": "none", "kid": "rsa"}).encode()
    return f"{encoded(told)}.{encoded(json.dumps(claims).encode())}."


def signed_with_public_key(header: Json, claims: Json, access_token: str) -> str:
    """HS256 with the public key as its secret: what everybody knows."""
    return with_secret(RSA.as_pem(private=False))(header, claims, access_token)


def with_secret(secret: bytes) -> Forge:
    """HS256, made by hand: libraries refuse to sign with such secrets."""

    def forge(header: Json, claims: Json, access_token: str) -> str:
        told = ".".join(encoded(json.dumps(part).encode()) for part in (header | {"alg": "HS256"}, claims))
        return f"{told}.{encoded(hmac.digest(secret, told.encode(), 'sha256'))}"

    return forge


def tampered(header: Json, claims: Json, access_token: str) -> str:
    """Claims changed after signing."""
    start, _, end = signed(header, claims).split(".")
    return f"{start}.{encoded(json.dumps(claims | {'sub': 'somebody-else'}).encode())}.{end}"


class FakeProvider:
    """Discovery, keys and tokens; `authorize` is what a browser does there."""

    def __init__(self, issuer: str = ISSUER) -> None:
        self.issuer = issuer
        self.description: Json = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize?tenant=cities",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "code_challenge_methods_supported": ["S256", "plain"],
        }
        self.keys: list[Any] = [key.as_dict(private=False) for key in (RSA, EC, OKP)]
        self.forge: Forge = honest
        self.clock: Callable[[], float] = time.time
        self.asked: list[str] = []
        self.instead: Mapping[str, Response] = {}
        self.answer: Json = {}
        self.visitor = "nobody"
        self._codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._describe),
                Route("/authorize", self._authorize),
                Route("/keys", self._show_keys),
                Route("/token", self._token, methods=["POST"]),
                Route("/userinfo", self._userinfo),
                Route("/elsewhere", self._describe),
            ]
        )

    @property
    def transport(self) -> httpx.AsyncBaseTransport:
        """A network on which there is nothing but this provider."""
        return httpx.ASGITransport(self.app)

    def authorize(self, address: str, subject: str) -> dict[str, str]:
        """Somebody signs in at the address they were sent to; gives what their browser brings back."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        asked = dict(parse_qsl(parts.query, strict_parsing=True))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["scope"] == "openid"
        assert asked["code_challenge_method"] == "S256"
        assert asked["tenant"] == "cities"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked | {"subject": subject}
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def claims_for(self, nonce: str, subject: str) -> Json:
        """What an honest token says."""
        now = int(self.clock())
        return {
            "iss": self.issuer,
            "sub": subject,
            "aud": CLIENT,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
        }

    def _noted(self, request: Request) -> Response | None:
        self.asked.append(request.url.path)
        return self.instead.get(request.url.path)

    async def _describe(self, request: Request) -> Response:
        return self._noted(request) or JSONResponse(self.description)

    async def _authorize(self, request: Request) -> Response:
        """`visitor` is signed in there already and comes straight back."""
        back = self.authorize(str(request.url), self.visitor)
        return RedirectResponse(f"{request.query_params['redirect_uri']}?{urlencode(back)}", 302)

    async def _show_keys(self, request: Request) -> Response:
        return self._noted(request) or JSONResponse({"keys": self.keys})

    async def _userinfo(self, request: Request) -> Response:
        return self._noted(request) or JSONResponse({"sub": "administrator"})

    async def _token(self, request: Request) -> Response:
        if instead := self._noted(request):
            return instead
        sent = {name: value[0] for name, value in parse_qs((await request.body()).decode()).items()}
        assert request.headers["authorization"] == _basic(), "the client proves who it is"
        asked = self._codes.pop(sent["code"], None)
        verified = encoded(hashlib.sha256(sent["code_verifier"].encode()).digest())
        if (
            asked is None
            or sent["grant_type"] != "authorization_code"
            or sent["redirect_uri"] != asked["redirect_uri"]
            or verified != asked["code_challenge"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access_token = "an-access-token"
        claims = self.claims_for(asked["nonce"], asked["subject"])
        token = self.forge({"alg": "RS256", "kid": "rsa"}, claims, access_token)
        told = {"access_token": access_token, "token_type": "Bearer", "id_token": token}
        return JSONResponse(told | self.answer)


def _basic() -> str:
    return "Basic " + base64.b64encode(b"medina:a+secret%3A+with%2Fsigns%2B").decode()
