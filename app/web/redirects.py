"""Where an answer may send a reader: to addresses of this site, nowhere else."""

import re
from urllib.parse import quote, unquote

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
