"""Where a city stands towards the network: membership and engagement are separate, dated facts."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app.models.place import MembershipStatus


class Standing(StrEnum):
    """What is reported of a city's part in the network."""

    MEMBER = "member"
    FORMER_MEMBER = "former-member"
    ENGAGED = "engaged"
    NOT_REPORTED = "not-reported"


OF_STATUS = {
    MembershipStatus.MEMBER: Standing.MEMBER,
    MembershipStatus.FORMER_MEMBER: Standing.FORMER_MEMBER,
}


def standing_of(memberships: Sequence[tuple[MembershipStatus, date | None]], *, is_engaged: bool) -> Standing:
    """The newest fact of membership; without one, engagement; without that, nothing is reported."""
    if memberships:
        newest, _ = max(memberships, key=lambda fact: (fact[1] is not None, fact[1] or date.min))
        return OF_STATUS[newest]
    return Standing.ENGAGED if is_engaged else Standing.NOT_REPORTED
