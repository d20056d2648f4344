"""What browsers report about the Content-Security-Policy, without anything that a page said."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.routing import compile_path

from app.web.policy import walk

KINDS = ("application/csp-report", "application/reports+json")
MAX_REPORT = 16 * 1024
MOST_REPORTS = 10
OTHER = "other"

_DIRECTIVE = re.compile(r"[a-z]{2,20}(?:-[a-z]{2,12}){1,3}")
_HOST = re.compile(r"[a-z0-9.-]{1,100}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,19}")
_WORDS = frozenset({"inline", "eval", "wasm-eval", "trusted-types-policy", "trusted-types-sink", "self"})


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a browser did not do: by which directive, from where, on which of our routes."""

    directive: str
    blocked: str
    route: str


def violations(body: bytes, routes: "Routes") -> tuple[Violation, ...]:
    """The violations in a report of either kind. Raises ValueError for what is no report."""
    try:
        document = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    entries = document if isinstance(document, list) else [document]
    if not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("not a report")
    found = (entry.get("csp-report", entry.get("body")) for entry in entries[:MOST_REPORTS])
    return tuple(_violation(one, routes) for one in found if isinstance(one, dict))


def _violation(said: Mapping[str, Any], routes: "Routes") -> Violation:
    named = _first(said, "effective-directive", "effectiveDirective", "violated-directive")
    directive = named.partition(" ")[0]
    return Violation(
        directive if _DIRECTIVE.fullmatch(directive) else OTHER,
        _where_from(_first(said, "blocked-uri", "blockedURL")),
        routes.name_of(_first(said, "document-uri", "documentURL")),
    )


def _first(said: Mapping[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := said.get(name), str)), "")


def _where_from(blocked: str) -> str:
    """Scheme and host of what was blocked, or the word that stands for it; never a path."""
    if blocked in _WORDS:
        return blocked
    try:
        parts = urlsplit(blocked)
        scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        return OTHER
    if not _SCHEME.fullmatch(scheme):
        return blocked if _SCHEME.fullmatch(blocked) and len(blocked) < 12 else OTHER
    return f"{scheme}://{host}" if _HOST.fullmatch(host) else f"{scheme}:"


class Routes:
    """Names of routes by the path of an address."""

    def __init__(self, app: FastAPI) -> None:
        self._known = [
            (compile_path(str(route.path))[0], str(route.name))
            for route in walk(app)
            if "GET" in (route.methods or ())
        ]

    def name_of(self, address: str) -> str:
        """The name of the route that an address leads to; `other` when there is none."""
        try:
            path = urlsplit(address).path
        except ValueError:
            return OTHER
        return next((name for pattern, name in self._known if pattern.match(path)), OTHER)
