"""What an address looks like, and how long a mail waits before it is tried again."""

import re
from datetime import timedelta

NOBODY = "nobody"
"""The recipient of a mail that never leaves: written where somebody asks for an address that is not known
here, so that the time of an answer does not tell which ones are."""

LONGEST_ADDRESS = 254
LONGEST_NAME = 64
"""Characters before the @. Source: RFC 5321 section 4.5.3.1."""

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=3)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GROWTH = 3
SPREAD = 0.2
"""Part of a wait by which it is made longer or shorter, so that mails do not all come back at once."""

KEPT = timedelta(days=30)
"""How long rows without texts are kept: they still say who was written to, and when."""

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_ADDRESS = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,{LONGEST_NAME}}}@{_LABEL}(?:\.{_LABEL})+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def is_address(text: str) -> bool:
    """Whether a text can be the address of a mailbox: ASCII, with a dotted domain, nothing around it.

    Source: the "valid e-mail address" of the HTML standard, which refuses spaces, quotes, line ends
    and everything else that could end a header or a command of SMTP.
    """
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def is_one_line(text: str) -> bool:
    """Whether a text can stand in a header: no control characters, no line ends of any kind."""
    return _CONTROL.search(text) is None


def wait_before_next(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after so many attempts failed; None when it is time to give up.

    Waits grow from one minute to four hours; `chance` between 0 and 1 spreads them.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = min(FIRST_WAIT * GROWTH ** (attempts - 1), LONGEST_WAIT)
    return wait * (1 - SPREAD + 2 * SPREAD * chance)
