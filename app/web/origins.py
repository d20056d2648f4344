"""Which requests may change something: those of our own pages, and of programs that say what they send."""

from collections.abc import Collection

from fastapi import Request
from starlette.exceptions import HTTPException

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SAME = "same-origin"


def may_go_on(
    method: str, site: str | None, origin: str | None, own: Collection[str], *, has_cookie: bool
) -> bool:
    """Whether a request may go on that could be forged by another site (CSRF).

    `site` is Sec-Fetch-Site, which pages cannot write; `origin` is Origin; `own` are our origins such as
    `https://medina.example`. Browsers send at least one of both with every change. A program sends neither,
    and is believed as long as it carries no cookie.

    Our Referrer-Policy makes browsers send `Origin: null` from our own forms (Fetch standard, "append a
    request Origin header"), so `null` counts as ours when Sec-Fetch-Site says so, and only then.
    """
    if method in SAFE_METHODS:
        return True
    if site is not None and site != SAME:
        return False
    if origin is not None:
        return origin in own or (origin == "null" and site == SAME)
    return site == SAME or not has_cookie


def require_json(request: Request) -> None:
    """Refuse what is sent to the interface for partners under another name than JSON. Raises 415.

    Other sites can send forms and plain text without asking first, but not JSON.
    """
    if request.method in SAFE_METHODS or not request.url.path.startswith("/api/"):
        return
    given = request.headers.get("Content-Type")
    if given is None and request.method == "DELETE" and not _has_body(request):
        return
    if not is_json(given or ""):
        raise HTTPException(415)


def is_json(content_type: str) -> bool:
    """Whether a Content-Type names JSON."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _has_body(request: Request) -> bool:
    return "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"
