"""What is noted of the reports of browsers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.main import create_app
from app.settings import Settings
from app.web.reports import OTHER, Routes, Violation, violations

ROUTES = Routes(create_app(Settings(_env_file=None, demo=True)))
SECRET = "CANARY-of-a-page"


def _old(**said: object) -> bytes:
    return json.dumps({"csp-report": {key.replace("_", "-"): value for key, value in said.items()}}).encode()


def test_both_kinds_of_report() -> None:
    """Directive, scheme and host, route; neither paths nor queries nor samples."""
    old = _old(
        document_uri=f"https://medina.example/ar/practices?q={SECRET}",
        violated_directive=f"script-src-elem 'self' {SECRET}",
        blocked_uri=f"https://evil.example/{SECRET}?{SECRET}",
        script_sample=SECRET,
    )
    new = json.dumps(
        [
            {
                "type": "csp-violation",
                "url": SECRET,
                "body": {
                    "documentURL": "https://medina.example/en/manage/",
                    "effectiveDirective": "style-src-attr",
                    "blockedURL": "inline",
                    "sample": SECRET,
                },
            }
        ]
    ).encode()
    assert violations(old, ROUTES) == (Violation("script-src-elem", "https://evil.example", "practices"),)
    assert violations(new, ROUTES) == (Violation("style-src-attr", "inline", "manage"),)


@pytest.mark.parametrize("body", [b"", b"{", b"1", b'"x"', b"[1]", b"[" * 20_000, b"\xff"])
def test_what_is_no_report(body: bytes) -> None:
    """It is refused, not noted."""
    with pytest.raises(ValueError):
        violations(body, ROUTES)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_free_comes_through(directive: str, blocked: str, page: str) -> None:
    """Whatever is claimed, a line has one form only."""
    (found,) = violations(_old(effective_directive=directive, blocked_uri=blocked, document_uri=page), ROUTES)
    assert found.directive == OTHER or found.directive == directive.partition(" ")[0]
    for text in (found.directive, found.blocked, found.route):
        assert text.isascii()
        assert text.isprintable()
        assert " " not in text
        assert "?" not in text


def test_few_of_many() -> None:
    """One request cannot fill the log."""
    body = json.dumps([{"body": {"effectiveDirective": "img-src"}}] * 400).encode()
    assert len(violations(body, ROUTES)) == 10
    assert violations(b"[]", ROUTES) == ()
    assert violations(b'{"csp-report": 3}', ROUTES) == ()
