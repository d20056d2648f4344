"""People of the tests: they sign in to the demo by its own door and carry what a browser would."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from http.cookies import SimpleCookie
from uuid import NAMESPACE_URL, uuid5

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from app.core.actor import Actor
from app.features.accounts.rules.demo import grant_of
from app.features.accounts.rules.secrets import derived_key, form_token, hash_token
from app.models.account import SignInSession
from app.settings import Settings
from app.web.identity import FORM_HEADER
from app.web.origins import SAFE_METHODS
from app.web.security import SESSION_COOKIE

DOOR = "/demo/sign-in"


def cookie_of(answer: httpx.Response) -> str:
    """The session that an answer hands out; empty for none."""
    jar = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    return jar[SESSION_COOKIE].value if SESSION_COOKIE in jar else ""


class SignedIn(httpx.Auth):
    """Signs in with the first request; every change carries the token of a form of ours."""

    def __init__(self, app: FastAPI, persona: str) -> None:
        self._app = app
        self._persona = persona
        self._cookie = ""
        self._token = ""
        self._door = asyncio.Lock()

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """One request more before the first."""
        async with self._door:
            if not self._cookie:
                answer = yield httpx.Request("POST", request.url.join(DOOR), data={"persona": self._persona})
                self._cookie = cookie_of(answer)
                assert self._cookie, f"{self._persona} cannot sign in: {answer.status_code}"
                self._token = await self._form_token()
        kept = request.headers.get("cookie")
        request.headers["Cookie"] = "; ".join(filter(None, [kept, f"{SESSION_COOKIE}={self._cookie}"]))
        if request.method not in SAFE_METHODS:
            request.headers.setdefault(FORM_HEADER, self._token)
            request.headers.setdefault("Sec-Fetch-Site", "same-origin")
        answer = yield request
        self._cookie = cookie_of(answer) or self._cookie

    async def _form_token(self) -> str:
        settings: Settings = self._app.state.settings
        async with self._app.state.database.reading() as session:
            statement = select(SignInSession.id).where(SignInSession.token_hash == hash_token(self._cookie))
            id_ = (await session.scalars(statement)).one()
        return form_token(derived_key(settings.secret_key.get_secret_value(), "forms"), id_.hex)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        """There is no other kind of client here."""
        raise RuntimeError("People of the tests use asynchronous clients")


def an_actor(persona: str) -> Actor:
    """Somebody with the rights of an account of the demo, without a database."""
    grant = grant_of(persona)
    assert grant is not None, persona
    return Actor(uuid5(NAMESPACE_URL, persona), persona, frozenset({grant}))
