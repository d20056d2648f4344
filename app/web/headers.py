"""The headers of every answer: what a page may load, who may frame it, and what may be kept of it."""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.security import SESSION_COOKIE

REPORTS_PATH = "/csp-reports"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"report-uri {REPORTS_PATH}; report-to csp"
)
DOWNLOAD_POLICY = "sandbox; default-src 'none'"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Reporting-Endpoints": f'csp="{REPORTS_PATH}"',
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
PRIVATE_PARTS = ("manage", "account", "audit", "confirm", "consultations", "invitations", "people", "sign-in")
"""First parts of the paths whose answers are never kept, whoever asks."""

_PRIVATE = re.compile(rf"(?:/[a-z]{{2}}|/api/v1)?/(?:{'|'.join(PRIVATE_PARTS)})(?:[/.]|$)")
_SESSION = re.compile(rb"(?:^|[;\s])" + re.escape(SESSION_COOKIE).encode() + rb"=([^;]*)")
Raw = list[tuple[bytes, bytes]]


class SecurityHeaders:
    """Puts the security headers on every answer: errors, files and downloads included."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self.app = app
        values = {**HEADERS, "Strict-Transport-Security": STRICT_TRANSPORT} if is_https else HEADERS
        self._raw = [(name.lower().encode(), value.encode()) for name, value in values.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers when the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        may_be_kept = not is_private(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._completed(list(message.get("headers", ())), may_be_kept)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _completed(self, headers: Raw, may_be_kept: bool) -> Raw:
        given = dict(headers)
        added = [(name, value) for name, value in self._raw if name not in given]
        if given.get(b"content-disposition", b"").startswith(b"attachment"):
            added = _without(added, b"content-security-policy")
            headers = _without(headers, b"content-security-policy")
            added.append((b"content-security-policy", DOWNLOAD_POLICY.encode()))
        if not may_be_kept:
            headers = _without(headers, b"cache-control")
            added.append((b"cache-control", b"no-store"))
        return headers + added


def is_private(scope: Scope) -> bool:
    """Whether the answer is for this reader only: a session or a token came along, or the path says so.

    The style sheets and pictures of the site are the same for everybody.
    """
    path: str = scope["path"]
    if path.startswith("/static/"):
        return False
    if _PRIVATE.match(path):
        return True
    return any(name == b"authorization" for name, _ in scope["headers"]) or session_cookie(scope) is not None


def session_cookie(scope: Scope) -> bytes | None:
    """The value of the session cookie, as it was sent; None without one."""
    found = session_cookies(scope)
    return found[0] if found else None


def session_cookies(scope: Scope) -> list[bytes]:
    """All values that were sent for the session cookie. Browsers send one."""
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    return [found[1].strip() for value in cookies for found in _SESSION.finditer(value)]


def _without(headers: Raw, name: bytes) -> Raw:
    return [header for header in headers if header[0] != name]
