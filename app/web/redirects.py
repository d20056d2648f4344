"""Where an answer may send a reader: to addresses of this site, nowhere else."""

import re
from urllib.parse import quote, unquote

from fastapi import Request
from starlette.routing import Match

from app.web.origins import SAFE_METHODS

LONGEST = 4_000
_KEPT = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>\\^`{|}')
_END_OF_PATH = re.compile(r"[?#]")


def safe_next(address: str) -> str | None:
    """The address in ASCII when it is a path of this site; None when a browser could take it elsewhere.

    Browsers drop tabs and line ends, read a backslash as a slash and resolve dots, and some servers decode
    before they do; so none of these may be in the path, written plainly or as %XX. Letters of other scripts
    come out as %XX: what looks like a slash there is none.
    """
    if not address.startswith("/") or len(address) > LONGEST or not address.isprintable():
        return None
    path = unquote(_END_OF_PATH.split(address, maxsplit=1)[0])
    if "//" in path or "\\" in path or not path.isprintable():
        return None
    if any(segment in (".", "..") for segment in path.split("/")):
        return None
    try:
        return quote(address, safe=_KEPT)
    except UnicodeEncodeError:
        return None


def page_behind(request: Request) -> str:
    """The page to come back to: this one, or for a change the page that its form stands on."""
    if request.method in SAFE_METHODS:
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    path = request.url.path
    while path.count("/") > 2:
        scope = {"type": "http", "path": path, "method": "GET", "root_path": ""}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
            break
        path = path.rpartition("/")[0]
    return path
