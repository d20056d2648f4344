"""Headers of every answer, the demo persona, and who may send changes from where."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi import Request
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.actor import VISITOR, Actor, Persona
from app.settings import LOOPBACK_HOSTS, Settings

PERSONA_COOKIE = "medina_persona"
PERSONA_HEADER = "Medina-Persona"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

_PERSONA = re.compile(r"(visitor|practitioner|editor)|(official):([a-z]{2}-[a-z0-9-]{1,70})")


def parse_persona(text: str) -> Actor | None:
    """An actor from `visitor`, `practitioner`, `editor` or `official:<place id>`; None for anything else."""
    found = _PERSONA.fullmatch(text)
    if found is None:
        return None
    if found[2]:
        return Actor(Persona.OFFICIAL, found[3])
    return Actor(Persona(found[1]))


def sign_persona(settings: Settings, persona: str) -> str:
    """The value of the cookie that remembers a persona of the demo. Raises ValueError for none there is."""
    if parse_persona(persona) is None:
        raise ValueError(persona)
    signed = signer(settings).dumps(persona)
    return signed.decode() if isinstance(signed, bytes) else signed


def own_path(path: str) -> str | None:
    """`path` when it is one of this site; None when a browser could take it elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else None


def signer(settings: Settings) -> URLSafeSerializer:
    """Signs the persona cookie."""
    return URLSafeSerializer(settings.secret_key.get_secret_value(), salt="persona")


def actor_of(request: Request) -> Actor:
    """Who is asking. Outside demo mode everybody is a visitor."""
    settings: Settings = request.app.state.settings
    if not settings.demo:
        return VISITOR
    if header := request.headers.get(PERSONA_HEADER):
        return parse_persona(header) or VISITOR
    try:
        signed = signer(settings).loads(request.cookies.get(PERSONA_COOKIE, ""))
    except BadSignature:
        return VISITOR
    return parse_persona(str(signed)) or VISITOR


class SecurityHeaders:
    """Puts the security headers on every answer, errors and files included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class SameOrigin:
    """Refuses changes that another site sends with this reader's cookie (CSRF)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass safe methods and requests of our own pages; refuse the others."""
        changes = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        if changes and not _from_here(Headers(scope=scope)):
            await PlainTextResponse("Cross-site request refused", status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _from_here(headers: Headers) -> bool:
    """Browsers say where a request comes from; programs without cookies need not."""
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    if origin := headers.get("origin"):
        return urlsplit(origin).netloc == headers.get("host", "")
    return "cookie" not in headers


def is_loopback(hosts: Iterable[str]) -> bool:
    """Whether all addresses are of this machine only."""
    return LOOPBACK_HOSTS.issuperset(hosts)
