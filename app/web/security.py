"""Names of cookies, and what is of this machine only."""

from collections.abc import Iterable

from app.settings import LOOPBACK_HOSTS

SESSION_COOKIE = "__Host-medina_session"
BROWSER_COOKIE = "__Host-medina_browser"


def is_loopback(hosts: Iterable[str]) -> bool:
    """Whether all addresses are of this machine only."""
    return LOOPBACK_HOSTS.issuperset(hosts)
