"""What htmx 4 says in its requests, and how we answer it."""

from dataclasses import dataclass

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from app.web.redirects import safe_next

VARY = "HX-Request, HX-Request-Type, HX-Target, Cookie, Accept-Language"


@dataclass(frozen=True, slots=True)
class Htmx:
    """The htmx headers of a request. `target` is `tag#id`, such as `section#results`."""

    is_partial: bool
    target: str

    @classmethod
    def of(cls, request: Request) -> "Htmx":
        """Read the headers. A history restore asks for the full page."""
        headers = request.headers
        is_partial = headers.get("HX-Request-Type", "partial") == "partial"
        wanted = headers.get("HX-Request") == "true" and is_partial
        return cls(
            is_partial=wanted and headers.get("HX-History-Restore-Request") != "true",
            target=headers.get("HX-Target", "").rpartition("#")[2],
        )


def see_other(request: Request, path: str) -> Response:
    """After a change: browsers get 303, htmx gets HX-Location (it would carry its old target along).

    What is no path of this site leads to the start page.
    """
    path = safe_next(path) or "/"
    if Htmx.of(request).is_partial:
        return Response(status_code=204, headers={"HX-Location": path, "Vary": VARY})
    return RedirectResponse(path, status_code=303, headers={"Vary": VARY})
