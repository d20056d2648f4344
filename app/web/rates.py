"""How often somebody may ask: by network, by session and by token, counted in this process."""

import math
import re
import secrets
import time
from collections.abc import Callable
from hashlib import blake2b
from itertools import islice

from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from app.web.headers import PRIVATE_PARTS, REPORTS_PATH

PAGES = parse("300/minute")
"""Pages: of a network without session, or of one session."""
INTERFACE = parse("600/minute")
"""The interface for partners: of a network without token, or of one token."""
SIGNED_IN = parse("1200/minute")
"""All sessions and tokens of a network together: inventing new ones for each request gains nothing."""
LISTS = parse("60/hour")
"""Public lists as files for spreadsheets."""
EXPORTS = parse("10/hour")
"""Files for spreadsheets of what is not public."""
FILES = parse("240/hour")
"""All files of a network together, whatever sessions and tokens come along."""
REPORTS = parse("30/minute")
"""Reports of browsers about the Content-Security-Policy."""

MOST_COUNTERS = 50_000

_FREE = ("/static/", "/health/")
_INTERFACE = ("/api/", "/openapi.json")
_FILES = (".csv", ".xlsx")
_NOT_PUBLIC = re.compile(rf"(?:/[a-z]{{2}}|/api/v1)?/(?:{'|'.join(PRIVATE_PARTS)})[/.]")

Clock = Callable[[], float]


def rates_of(
    path: str, network: str, session: str | None, token: str | None
) -> tuple[tuple[RateLimitItem, str], ...]:
    """The limits that a request counts against, each with its key; none for files of the site and health."""
    if path.startswith(_FREE):
        return ()
    if path == REPORTS_PATH:
        return ((REPORTS, f"reports {network}"),)
    who = token or session or network
    usual = INTERFACE if token or (path.startswith(_INTERFACE) and not session) else PAGES
    limits = [(usual, f"{'api' if usual is INTERFACE else 'pages'} {who}")]
    if token or session:
        limits.append((SIGNED_IN, f"signed in {network}"))
    if path.endswith(_FILES):
        file = EXPORTS if _NOT_PUBLIC.match(path) else LISTS
        limits.append((file, f"{'exports' if file is EXPORTS else 'lists'} {who}"))
        limits.append((FILES, f"files {network}"))
    return tuple(limits)


class Rates:
    """Counts requests; `wait` says for how long somebody who asked too often has to be quiet."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._counters = Counters(clock)
        self._limiter = FixedWindowRateLimiter(self._counters)
        self._salt = secrets.token_bytes(16)

    def wait(self, path: str, network: str, session: bytes | None, token: bytes | None) -> int:
        """Count one request. 0 when it may go on, else the whole seconds until it may be tried again.

        Of session and token only a salted hash is kept, and that not longer than the window.
        """
        seconds = 0
        for limit, key in rates_of(path, network, self._hidden(session), self._hidden(token)):
            if not self._limiter.hit(limit, key):
                end = self._counters.get_expiry(limit.key_for(key))
                seconds = max(seconds, math.ceil(end - self._clock()), 1)
        return seconds

    def _hidden(self, secret: bytes | None) -> str | None:
        return None if secret is None else blake2b(secret, digest_size=12, key=self._salt).hexdigest()


class Counters(Storage):
    """Counters with an end, in memory; at most `MOST_COUNTERS`, of which the oldest go first.

    The store that comes with `limits` starts a thread that looks at every counter after each request.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._counted: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """What this store can raise."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a counter; the first request of a window opens it for `expiry` seconds."""
        now = self._clock()
        count, end = self._counted.get(key, (0, 0.0))
        if end <= now:
            self._counted.pop(key, None)
            self._make_room(now)
            count, end = 0, now + expiry
        self._counted[key] = (count + amount, end)
        return count + amount

    def get(self, key: str) -> int:
        """The count of the present window."""
        count, end = self._counted.get(key, (0, 0.0))
        return count if end > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """When the present window ends, by the clock of this store."""
        return self._counted.get(key, (0, self._clock()))[1]

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; gives the number of counters there were."""
        number = len(self._counted)
        self._counted.clear()
        return number

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counted.pop(key, None)

    def _make_room(self, now: float) -> None:
        if len(self._counted) < MOST_COUNTERS:
            return
        self._counted = {key: one for key, one in self._counted.items() if one[1] > now}
        surplus = len(self._counted) - MOST_COUNTERS + MOST_COUNTERS // 50
        for key in list(islice(self._counted, max(surplus, 0))):
            del self._counted[key]
