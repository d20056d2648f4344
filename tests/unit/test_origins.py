"""Which requests of browsers and programs may change something."""

from itertools import product

import pytest

from app.web.origins import SAFE_METHODS, is_json, may_go_on

OWN = ("https://medina.example", "https://medina.example:8443")
FOREIGN = (
    "https://evil.example", "http://medina.example", "https://medina.example.evil.example", "null", "",
    "https://medina.example:444", "https://sub.medina.example", "https://medina.example/", "HTTPS://x", "*",
)  # fmt: skip
UNSAFE = ("POST", "PUT", "PATCH", "DELETE", "post", "TRACE", "PURGE")


@pytest.mark.parametrize(
    "site", ["cross-site", "same-site", "none", "", "Same-Origin", "same-origin,cross-site"]
)
def test_browsers_that_come_from_elsewhere_are_refused(site: str) -> None:
    """Whatever else they send, for every method that changes something."""
    for method, origin, has_cookie in product(UNSAFE, (None, *OWN, *FOREIGN), (True, False)):
        assert not may_go_on(method, site, origin, OWN, has_cookie=has_cookie)


@pytest.mark.parametrize("origin", FOREIGN)
def test_other_origins_are_refused(origin: str) -> None:
    """`null` too; only our own forms, which browsers mark as such, may be without one."""
    for method, site, has_cookie in product(UNSAFE, (None, "same-origin"), (True, False)):
        is_own_form = origin == "null" and site == "same-origin"
        assert may_go_on(method, site, origin, OWN, has_cookie=has_cookie) is is_own_form


def test_our_pages_and_programs_may_go_on() -> None:
    """Pages with either sign of where they are; programs as long as they carry no cookie."""
    for method in UNSAFE:
        for origin in OWN:
            assert may_go_on(method, None, origin, OWN, has_cookie=True)
            assert may_go_on(method, "same-origin", origin, OWN, has_cookie=True)
        assert may_go_on(method, "same-origin", None, OWN, has_cookie=True)
        assert may_go_on(method, None, None, OWN, has_cookie=False)
        assert not may_go_on(method, None, None, OWN, has_cookie=True)


def test_reading_is_open_to_links_from_everywhere() -> None:
    """That is what links are for; reading changes nothing."""
    for method, site, origin in product(SAFE_METHODS, ("cross-site", "none", None), (None, *FOREIGN)):
        assert may_go_on(method, site, origin, OWN, has_cookie=True)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("application/vnd.api+json", True),
        ("", False),
        ("text/plain", False),
        ("text/json", False),
        ("application/x-www-form-urlencoded", False),
        ("multipart/form-data; boundary=application/json", False),
        ("application/jsonx", False),
        ("text/plain; application/json", False),
    ],
)
def test_what_is_called_json(kind: str, expected: bool) -> None:
    """Only what other sites cannot send without asking first."""
    assert is_json(kind) is expected
