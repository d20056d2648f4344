"""Names of cookies, methods that change nothing, and what is of this machine only."""

from collections.abc import Iterable

SESSION_COOKIE = "__Host-medina_session"
BROWSER_COOKIE = "__Host-medina_browser"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(hosts: Iterable[str]) -> bool:
    """Whether all addresses are of this machine only."""
    return all(host in ("127.0.0.1", "localhost", "::1") for host in hosts)
