"""An identity provider that speaks OpenID Connect: the way there, and whom it says somebody is.

Parameters, PKCE and the client's own proof are Authlib's; the requests go by a client that follows nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

import httpx
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request

from app.features.accounts.gateway.asking import NotAnswering, Transport, ask_json, is_closed_way
from app.features.accounts.gateway.keeping import Found, Kept
from app.features.accounts.rules.id_tokens import Expected, Refused, UnknownKey, subject_of

WELL_KNOWN = "/.well-known/openid-configuration"
SCOPE = "openid"
"""Who it is, and nothing else: neither address nor name is asked for."""
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_METHOD = "S256"
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Question:
    """What one sign-in is bound to on its way: the same when the code is turned into a token."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


class IdentityProvider:
    """One provider and what it knows us as. `transport` stands in for the network. `aclose` when done."""

    def __init__(
        self, issuer: str, client_id: str, secret: str, *, transport: Transport | None = None
    ) -> None:
        self.issuer = issuer
        self._client_id, self._secret = client_id, secret
        self._http = httpx.AsyncClient(transport=transport)
        self._description = Kept(self._fetch_description)
        self._keys = Kept(self._fetch_keys)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def ready(self, *, now: datetime) -> None:
        """Know how the provider is asked, so that nothing waits for it afterwards. Raises `NotAnswering`."""
        await self._description.get(now)

    async def address_for(self, question: Question, *, now: datetime) -> str:
        """Where a browser goes to be recognised. Raises `NotAnswering`."""
        description = await self._description.get(now)
        client = OAuth2Client(
            None,
            client_id=self._client_id,
            scope=SCOPE,
            redirect_uri=question.redirect_uri,
            code_challenge_method=_METHOD,
        )
        address, _ = client.create_authorization_url(
            description["authorization_endpoint"],
            state=question.state,
            code_verifier=question.verifier,
            nonce=question.nonce,
        )
        return str(address)

    async def subject_for(self, question: Question, code: str, issuer: str, *, now: datetime) -> str:
        """Whom the provider has recognised, by the code that a browser brought back.

        `issuer` is who the browser says it comes from (RFC 9207); empty: it says nothing.
        Raises `Refused` for an answer that proves nothing, and `NotAnswering`.
        """
        description = await self._description.get(now)
        is_named = description.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.issuer and (issuer or is_named):
            raise Refused("mix-up")
        if not code or len(code) > _LONGEST:
            raise Refused("code")
        token, access_token = await self._exchange(description, question, code)
        expected = Expected(self.issuer, self._client_id, question.nonce, access_token, now)
        try:
            return subject_of(token, _keys_of(await self._keys.get(now)), expected)
        except UnknownKey:
            return subject_of(token, _keys_of(await self._keys.newer(now)), expected)

    async def _exchange(self, description: Found, question: Question, code: str) -> tuple[str, str | None]:
        """The ID token for a code, and the access token that came with it."""
        body = prepare_token_request(
            "authorization_code",
            code=code,
            redirect_uri=question.redirect_uri,
            code_verifier=question.verifier,
        )
        address, headers, body = self._proof(description).prepare(
            "POST",
            description["token_endpoint"],
            {"Content-Type": "application/x-www-form-urlencoded"},
            body,
        )
        status, found = await ask_json(self._http, "POST", address, headers=headers, body=body)
        if status != 200:
            raise Refused("code")
        token, kind, access_token = (found.get(key) for key in ("id_token", "token_type", "access_token"))
        if not isinstance(token, str) or not isinstance(kind, str) or kind.lower() != "bearer":
            raise Refused("answer")
        return token, access_token if isinstance(access_token, str) else None

    def _proof(self, description: Mapping[str, Any]) -> ClientAuth:
        """How this service proves who it is (RFC 6749, 2.3.1); without a secret PKCE alone has to do."""
        if not self._secret:
            return ClientAuth(self._client_id, "", "none")
        methods = description.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" not in methods and "client_secret_post" in methods:
            return ClientAuth(self._client_id, self._secret, "client_secret_post")
        return ClientAuth(quote_plus(self._client_id), quote_plus(self._secret), "client_secret_basic")

    async def _fetch_description(self, now: datetime) -> Found:
        address = self.issuer.rstrip("/") + WELL_KNOWN
        status, found = await ask_json(self._http, "GET", address, headers={})
        if status != 200 or found.get("issuer") != self.issuer:
            raise NotAnswering("issuer")
        if not all(is_closed_way(found.get(name), self.issuer) for name in _ENDPOINTS):
            raise NotAnswering("endpoints")
        if not isinstance(found.get("token_endpoint_auth_methods_supported", []), list):
            raise NotAnswering("methods")
        challenges = found.get("code_challenge_methods_supported", [_METHOD])
        if not isinstance(challenges, list) or _METHOD not in challenges:
            raise NotAnswering("no PKCE")
        return found

    async def _fetch_keys(self, now: datetime) -> Found:
        description = await self._description.get(now)
        status, found = await ask_json(self._http, "GET", description["jwks_uri"], headers={})
        if status != 200 or not isinstance(found.get("keys"), list):
            raise NotAnswering("keys")
        return found


def _keys_of(found: Found) -> list[Any]:
    keys: list[Any] = found.get("keys", [])
    return keys
