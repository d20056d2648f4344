"""What may be written to the log, and what may be asked of it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from app.core.messages import noop
from app.core.values import Code, Command, Day, Tidy, whole

UNTIL_BEFORE_FROM = noop("The last day must not be before the first")
UNREADABLE = "?"
"""Stands in the log for an id that has not the form of one: hostile addresses may carry anything."""

_OUR_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}|")
_ACTOR = re.compile(r"(token:)?[A-Za-z0-9_-]{1,64}")
_ID = re.compile(r"[A-Za-z0-9._:/-]{0,80}")
_LAST = 2_147_483_647
"""The largest number of a row."""


class Event(StrEnum):
    """What happened."""

    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in.failed"
    SIGN_OUT = "sign-out"
    CONFIRM = "confirm"
    DENIED = "denied"
    READ = "read"
    EXPORT = "export"
    WRITE = "write"
    AUDIT_READ = "audit.read"


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, without its content.

    `actor` is the pseudonym of an account, or `visitor`, `system`, `token:<pseudonym>`; `route` a name
    of the policy table, `object_kind` the name of the record's table. Raises ValueError for codes that
    are none (an e-mail address, say); ids come from addresses, so an odd one is written as `?`.
    """

    actor: str
    event: Event
    route: str = ""
    object_kind: str = ""
    object_id: str = ""
    outcome: Outcome = Outcome.DONE
    request_id: str = ""

    def __post_init__(self) -> None:
        """Keep out what must not be in a log that nobody can clean."""
        if not _ACTOR.fullmatch(self.actor):
            raise ValueError("An actor is written by pseudonym")
        for code in (self.route, self.object_kind):
            if not _OUR_CODE.fullmatch(code):
                raise ValueError(f"{code!r} is no code")
        for name in ("object_id", "request_id"):
            if not _ID.fullmatch(getattr(self, name)):
                object.__setattr__(self, name, UNREADABLE)


def _compact(value: Any) -> Any:
    """An id as it was pasted, without blanks and marks around it."""
    return "".join(c for c in value if c.isprintable()).strip() if isinstance(value, str) else value


Pasted = Annotated[Code, BeforeValidator(_compact)]
Number = Annotated[Annotated[int, Field(ge=1, le=_LAST)] | None, BeforeValidator(whole)]


class AuditFilter(Command):
    """Which entries to list: everything given must fit. Days are whole days in UTC, both included.

    `record` is the id of a record; `before` the number of a row, to go on from.
    """

    kind: Pasted = None
    record: Pasted = None
    actor: Pasted = None
    event: Annotated[Event | None, Tidy] = None
    since: Day = Field(default=None, alias="from")
    until: Day = None
    before: Number = None

    @field_validator("until")
    @classmethod
    def _in_order(cls, until: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get("since")
        if until and since and until < since:
            raise ValueError(UNTIL_BEFORE_FROM)
        return until

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list."""
        return not any((self.kind, self.record, self.actor, self.event, self.since, self.until))

    def query(self, **changes: Any) -> dict[str, Any]:
        """The parameters of the address of this list, with changes."""
        return {**self.model_dump(mode="json", by_alias=True), **changes}


PARAMETERS = tuple(field.alias or name for name, field in AuditFilter.model_fields.items())
"""Names of the filters in an address."""
