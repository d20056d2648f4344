"""The names of files that people save."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 120
"""Characters of a name before its ending."""

_LONGEST_ENDING = 8

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_NOT_IN_NAMES = re.compile(r'[<>:"|?*%;]')
_UNNAMED = "medina"


def file_name(name: str) -> str:
    """The last part of a path without what no name of a file should have.

    Controls and marks of direction go: with them `gpj.exe` can look like `exe.jpg`.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    stem, dot, ending = " ".join(_NOT_IN_NAMES.sub("_", seen).split()).rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, ending = f"{stem}{dot}{ending}", ""
    stem = stem.strip(" .")[:LONGEST].strip(" .") or _UNNAMED
    return f"{stem}.{ending}" if ending else stem


def attachment(name: str) -> str:
    """Content-Disposition for a file to save; other letters than those of ASCII beside a plain form.

    Source: RFC 6266, RFC 8187.
    """
    safe = file_name(name)
    if safe.isascii():
        return f'attachment; filename="{safe}"'
    plain = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode()
    encoded = quote(safe, safe="")
    return f"attachment; filename=\"{file_name(plain)}\"; filename*=UTF-8''{encoded}"
