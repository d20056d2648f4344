"""Who is asking: found once per request from the session cookie or the token, kept on the request."""

from datetime import UTC, datetime
from typing import cast

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.actor import VISITOR, Actor
from app.core.db import Database
from app.core.errors import Unconfirmed
from app.features.accounts.queries.identify import Caller, caller_of_session, caller_of_token
from app.features.accounts.rules.secrets import (
    derived_key,
    form_token,
    hash_token,
    is_api_token,
    is_form_token,
    new_token,
)
from app.features.accounts.rules.sessions import ABSOLUTE
from app.settings import Settings
from app.web.security import BROWSER_COOKIE, SESSION_COOKIE

NOBODY = Caller(VISITOR)
BEARER = "bearer "


def caller_of(request: Request) -> Caller:
    """Who is asking, as far as it was found out; a visitor before that."""
    return cast(Caller, getattr(request.state, "caller", NOBODY))


def actor_of(request: Request) -> Actor:
    """Who is asking."""
    return caller_of(request).actor


def is_confirmed(request: Request) -> bool:
    """Whether the reader has proven lately to be there."""
    session = caller_of(request).session
    return session is not None and session.is_confirmed


def check_confirmed(request: Request) -> None:
    """Raises `Unconfirmed` when the reader has not proven lately to be there."""
    if not is_confirmed(request):
        raise Unconfirmed()


async def identify(request: Request) -> Caller:
    """Find out who is asking, once per request. Visitors cost the database nothing."""
    if not hasattr(request.state, "caller"):
        request.state.caller = await _found(request)
    return caller_of(request)


async def _found(request: Request) -> Caller:
    bearer, cookie = bearer_token(request.headers), request.cookies.get(SESSION_COOKIE, "")
    if not bearer and not cookie:
        return NOBODY
    settings: Settings = request.app.state.settings
    database: Database = request.app.state.database
    now = datetime.now(UTC)
    async with database.reading() as session:
        if bearer:
            if not is_api_token(bearer):
                return NOBODY
            found = await caller_of_token(session, hash_token(bearer), is_demo=settings.demo, now=now)
        else:
            found = await caller_of_session(session, hash_token(cookie), is_demo=settings.demo, now=now)
    return found or NOBODY


def bearer_token(headers: Headers) -> str:
    """The token of an Authorization header; empty without one."""
    value = headers.get("authorization", "")
    return value[len(BEARER) :].strip() if value.lower().startswith(BEARER) else ""


# --- cookies -------------------------------------------------------------------------------------


def keep_session(request: Request, token: str) -> None:
    """Let the browser hold a session from this answer on."""
    request.state.set_session = token


def drop_session(request: Request) -> None:
    """Let the browser forget its session and all it has kept of our pages."""
    request.state.set_session = None


def browser_of(request: Request) -> str:
    """The random name of this browser; one that has none gets it with this answer."""
    kept = request.cookies.get(BROWSER_COOKIE, "")
    if kept:
        return kept
    if not hasattr(request.state, "new_browser"):
        request.state.new_browser = new_token()
    return cast(str, request.state.new_browser)


class Cookies:
    """Sends session and browser cookies: for this host only, out of the reach of scripts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the request has left to be sent when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                state = scope.get("state", {})
                if (browser := state.get("new_browser")) is not None:
                    headers.append("Set-Cookie", _cookie(BROWSER_COOKIE, browser))
                if (token := state.get("set_session")) is not None:
                    headers.append(
                        "Set-Cookie", _cookie(SESSION_COOKIE, token, int(ABSOLUTE.total_seconds()))
                    )
                elif "set_session" in state:
                    headers.append("Set-Cookie", _cookie(SESSION_COOKIE, "", 0))
                    headers["Clear-Site-Data"] = '"cache", "storage"'
            await send(message)

        await self.app(scope, receive, with_cookies)


def _cookie(name: str, value: str, seconds: int | None = None) -> str:
    lasting = "" if seconds is None else f" Max-Age={seconds};"
    return f"{name}={value}; Path=/;{lasting} HttpOnly; SameSite=Lax; Secure"


# --- forms ---------------------------------------------------------------------------------------

FORM_HEADER = "X-Form-Token"


def form_token_of(request: Request) -> str:
    """What forms of this page carry: bound to the session, or to the browser where nobody is signed in."""
    session = caller_of(request).session
    return form_token(_form_key(request), session.id.hex if session else browser_of(request))


def bound_names(request: Request) -> tuple[str, ...]:
    """What a form of this reader may be bound to; nothing where no cookie could be abused.

    A form that was opened before signing in, in the same browser, is bound to the browser.
    """
    session = caller_of(request).session
    names = [session.id.hex] if session else []
    if browser := request.cookies.get(BROWSER_COOKIE):
        names.append(browser)
    return tuple(names)


def is_from_our_form(request: Request, token: str) -> bool:
    """Whether a token was made for this reader."""
    return any(is_form_token(_form_key(request), name, token) for name in bound_names(request))


def _form_key(request: Request) -> bytes:
    settings: Settings = request.app.state.settings
    return derived_key(settings.secret_key.get_secret_value(), "forms")
