"""What every request passes before anything else is done for it: size, name, credentials, origin, rate."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.messages import noop
from app.settings import Settings
from app.web.clients import believe_proxies, client_network, host_name
from app.web.errors import answer
from app.web.headers import REPORTS_PATH, session_cookies
from app.web.limits import MAX_HEADERS, MAX_URL
from app.web.origins import may_go_on
from app.web.rates import Rates

CREDENTIALS = frozenset({"token", "access_token", "api_key", "session"})
"""Names under which a credential might be put into an address, where logs and histories keep it."""

UNKNOWN_HOST = noop("There is no site of this name here. Use the address you were given.")
TWO_CREDENTIALS = noop("Send either a token or the cookie of a session, not both.")
TWO_SESSIONS = noop("Your browser sent two sessions. Clear the cookies of this site and sign in again.")
IN_THE_ADDRESS = noop("A token does not belong in an address. Send it in the Authorization header.")
FROM_ELSEWHERE = noop(
    "This did not come from one of our own pages, so nothing was changed. Open the page anew and try again."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request goes no further: status, a message id, headers of the answer."""

    status: int
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Gate:
    """Refuses what is wrong whatever it asks for. In demo mode, on one machine, nothing is counted."""

    def __init__(self, app: ASGIApp, *, settings: Settings, rates: Rates | None = None) -> None:
        self.app = app
        self._trusted = settings.proxies
        self._hosts = settings.hosts
        self._origin = _origin(settings.public_url)
        self._rates = None if settings.demo else rates or Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with client, scheme and host as a trusted proxy gives them; or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        believe_proxies(scope, self._trusted)
        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
            return
        told = answer(Request(scope), refusal.status, message=refusal.message)
        told.headers.update(refusal.headers)
        await told(scope, receive, send)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        path = scope.get("raw_path") or scope["path"].encode()
        if len(path) + len(scope["query_string"]) > MAX_URL:
            return Refusal(414)
        if sum(len(name) + len(value) for name, value in headers) > MAX_HEADERS:
            return Refusal(431)
        if host_name(headers) not in self._hosts:
            return Refusal(400, UNKNOWN_HOST)
        given = dict(headers)
        sessions = session_cookies(scope)
        if len(sessions) > 1:
            return Refusal(400, TWO_SESSIONS)
        token, session = given.get(b"authorization"), sessions[0] if sessions else None
        if token is not None and session is not None:
            return Refusal(400, TWO_CREDENTIALS)
        if scope["path"].startswith("/api/") and names_a_credential(scope["query_string"]):
            return Refusal(400, IN_THE_ADDRESS)
        if not self._is_ours(scope, given):
            return Refusal(403, FROM_ELSEWHERE)
        if self._rates is not None:
            seconds = self._rates.wait(scope["path"], client_network(scope), session, token)
            if seconds:
                return Refusal(429, headers={"Retry-After": str(seconds)})
        return None

    def _is_ours(self, scope: Scope, given: dict[bytes, bytes]) -> bool:
        """Whether this may go on. Browsers send reports by themselves, and change nothing by them."""
        if scope["path"] == REPORTS_PATH:
            return True
        own = {self._origin, f"{scope['scheme']}://{_text(given.get(b'host'))}".lower()}
        return may_go_on(
            scope["method"],
            _text(given.get(b"sec-fetch-site")),
            _text(given.get(b"origin")),
            own,
            has_cookie=b"cookie" in given,
        )


def names_a_credential(query: bytes) -> bool:
    """Whether a query has a key of `CREDENTIALS`, in capitals or not, with or without a value."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=None)
    return any(name.strip().lower() in CREDENTIALS for name, _ in pairs)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")
