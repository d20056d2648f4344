"""How often who may ask."""

import time

import pytest

from app.web import rates
from app.web.rates import Counters, Rates, rates_of


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _allowed(counted: Rates, path: str, **who: bytes) -> int:
    """How many requests in a row may go on (at most 2000)."""
    session, token = who.get("session"), who.get("token")
    return next(n for n in range(2000) if counted.wait(path, "192.0.2.1", session, token))


@pytest.mark.parametrize(
    ("path", "who", "allowed"),
    [
        ("/en/practices", {}, 300),
        ("/nothing", {}, 300),
        ("/api/v1/practices", {}, 600),
        ("/openapi.json", {}, 600),
        ("/en/practices", {"session": b"s"}, 300),
        ("/api/v1/consultations", {"session": b"s"}, 300),
        ("/api/v1/practices", {"token": b"t"}, 600),
        ("/en/practices.csv", {}, 60),
        ("/ar/compare.xlsx", {}, 60),
        ("/en/manage/audit.csv", {"session": b"s"}, 10),
        ("/fr/consultations.xlsx", {"session": b"s"}, 10),
        ("/csp-reports", {}, 30),
    ],
)
def test_limits_by_class(path: str, who: dict[str, bytes], allowed: int) -> None:
    """So many, and then a whole number of seconds to wait, at most until the window ends; then anew."""
    clock = Clock()
    counted = Rates(clock)
    assert _allowed(counted, path, **who) == allowed
    clock.now += 20.5
    wait = counted.wait(path, "192.0.2.1", who.get("session"), who.get("token"))
    window = 3600 if allowed <= 60 and path != "/csp-reports" else 60
    assert wait == window - 20
    clock.now += wait
    assert counted.wait(path, "192.0.2.1", who.get("session"), who.get("token")) == 0


def test_files_of_the_site_and_health_are_free() -> None:
    """A page has many of them, and monitors ask without end."""
    counted = Rates(Clock())
    for path in ("/static/app.js", "/static/css/base.css", "/health/live", "/health/ready"):
        assert not any(counted.wait(path, "192.0.2.1", None, None) for _ in range(2000))


def test_everybody_has_limits_of_their_own() -> None:
    """One network, session or token that asks too often leaves the others alone."""
    counted = Rates(Clock())
    assert _allowed(counted, "/en/practices") == 300
    assert counted.wait("/en/practices", "192.0.2.2", None, None) == 0
    assert counted.wait("/api/v1/practices", "192.0.2.1", None, None) == 0
    assert _allowed(counted, "/en/practices", session=b"a") == 300
    assert counted.wait("/en/practices", "192.0.2.1", b"b", None) == 0


def test_inventing_sessions_or_tokens_gains_little() -> None:
    """All of a network together have a limit too."""
    for kind in ("session", "token"):
        counted = Rates(Clock())
        waits = []
        for number in range(1300):
            secret = f"{kind}{number}".encode()
            session, token = (secret, None) if kind == "session" else (None, secret)
            waits.append(counted.wait("/en/", "192.0.2.1", session, token))
        assert sum(wait == 0 for wait in waits) == 1200


def test_no_secret_is_kept() -> None:
    """Neither session nor token stands in the memory of the counters, nor is it the same hash elsewhere."""
    kept = []
    for _ in range(2):
        counted = Rates(Clock())
        counted.wait("/en/", "192.0.2.1", b"CANARY-session", None)
        counted.wait("/api/v1/practices", "192.0.2.1", None, b"Bearer CANARY-token")
        kept.append(set(counted._counters._counted))
    assert not any("CANARY" in key for key in kept[0])
    assert len(kept[0] - kept[1]) == 2


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood from ever new networks pushes out the oldest counters, expired ones first."""
    monkeypatch.setattr(rates, "MOST_COUNTERS", 1000)
    clock = Clock()
    counters = Counters(clock)
    for number in range(600):
        counters.incr(f"old {number}", 60)
    clock.now += 61
    for number in range(5000):
        counters.incr(f"new {number}", 60)
        assert len(counters._counted) <= 1000
    assert counters.get("old 599") == 0
    assert counters.get("new 4999") == 1
    assert counters.reset() > 900


def test_counting_is_quick() -> None:
    """Far below a tenth of a millisecond for a request that counts against three limits."""
    counted = Rates()
    best = []
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(1000):
            counted.wait("/en/practices.csv", "192.0.2.1", b"session", None)
        best.append(time.perf_counter() - begun)
    assert min(best) / 1000 < 0.000_1


def test_keys_differ_by_class() -> None:
    """A list as a file counts as a page too, so that nobody gets around one limit by the other."""
    limits = rates_of("/en/practices.csv", "n", None, None)
    assert [(limit.amount, key) for limit, key in limits] == [
        (300, "pages n"),
        (60, "lists n"),
        (240, "files n"),
    ]
