"""What passkeys are bound to, and the way to the address where they work."""

from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from app.features.accounts.rules.secrets import hash_token
from app.features.accounts.service.passkeys import Site
from app.settings import Settings
from app.web.identity import browser_of


def site_of(request: Request) -> Site:
    """Host and origin of this service as readers know it."""
    settings: Settings = request.app.state.settings
    parts = urlsplit(settings.public_url)
    return Site(parts.hostname or "localhost", f"{parts.scheme}://{parts.netloc}")


def at_better_address(request: Request) -> Response | None:
    """The same page at the address of this service, for readers who came by an IP address; else None.

    Browsers make no passkeys for IP addresses, and cookies of one host are not those of the other.
    """
    settings: Settings = request.app.state.settings
    wanted = urlsplit(settings.public_url).hostname
    if request.url.hostname not in ("127.0.0.1", "::1") or wanted in (None, request.url.hostname):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{settings.public_url.rstrip('/')}{request.url.path}{query}", status_code=303)


def browser_hash(request: Request) -> str:
    """What is stored of the browser that asks."""
    return hash_token(browser_of(request))
