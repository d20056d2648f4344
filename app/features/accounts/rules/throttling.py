"""How often something may be tried. The figures are those of PyPI, proven there for years."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries within a span of time."""

    most: int
    span: timedelta

    def begins(self, now: datetime) -> datetime:
        """When the span began that `now` lies in."""
        seconds = int(self.span.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


_MINUTES_5, _HOUR, _DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)

SIGN_IN_HERE = (Limit(10, _MINUTES_5),)
"""By account and network."""
PROVIDER_HERE = (Limit(20, _MINUTES_5),)
"""Ways to the identity provider and back, by network: two for each sign-in."""
SIGN_IN = (Limit(20, _HOUR),)
"""By account, from anywhere; a passkey still opens it."""
SIGN_IN_NETWORK = (Limit(100, _MINUTES_5),)
"""By network, whatever the account: one network alone cannot use up what all together have."""
SIGN_IN_ALL = (Limit(1000, _MINUTES_5),)
"""By everybody together."""
SECOND_FACTOR = (Limit(5, _MINUTES_5), Limit(20, _HOUR), Limit(50, _DAY))
"""Codes of mails and recovery codes, by account or browser."""
MAILS = (Limit(5, _HOUR),)
"""Mails that somebody asks for, by the address they go to and the network that asks."""
MAILS_TO = (Limit(20, _HOUR),)
"""Mails that anybody asks for, by the address they go to: few networks cannot lock its owner out."""
MAILS_HERE = (Limit(20, _HOUR),)
"""Mails that are asked for from one network."""
MAILS_OF = (Limit(20, _HOUR),)
"""Mails that somebody who is signed in asks for: codes, invitations, a new address."""
SUGGESTIONS_HERE = (Limit(20, _HOUR),)
"""Suggestions of corrections from one network."""
SUGGESTIONS = (Limit(500, _DAY),)
"""Suggestions of corrections by everybody together."""
