"""What can go wrong in the domain, without a word of HTTP.

    AppError
    ├── NotFound      the thing is not there, or not there for this reader
    ├── Forbidden     the reader may know of the thing, but not do this
    ├── Unconfirmed   the reader may do this once they have proven to be there
    ├── Conflict      somebody else changed the thing, or its state does not allow it
    ├── Invalid       the input is wrong; carries one FieldError per field
    ├── TooMany       this was tried too often; carries how long to wait
    └── Unavailable   a part the answer needs is not ready

Messages are English message ids (marked with `noop`) with named parameters;
`app.web` translates them into the reader's language.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name (dotted for nested ones), the message id and its parameters."""

    field: str
    message: str
    params: dict[str, Any] = dataclasses.field(default_factory=dict)
    allowed: tuple[str, ...] = ()


class AppError(Exception):
    """Base of all domain errors."""

    code = "error"

    def __init__(self, message: str = "", **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class NotFound(AppError):
    """The thing does not exist for this reader: "not allowed" looks the same."""

    code = "not-found"


class Forbidden(AppError):
    """The reader may see the thing but may not do this with it."""

    code = "forbidden"


class Unconfirmed(AppError):
    """The reader may do this, but has not proven lately that it is them."""

    code = "confirm-first"


class Conflict(AppError):
    """The thing has changed meanwhile, or is in a state that does not allow the change."""

    code = "conflict"


class Invalid(AppError):
    """The input is wrong. `errors` has one entry per field."""

    code = "invalid-input"

    def __init__(self, errors: Sequence[FieldError], message: str = "", **params: Any) -> None:
        super().__init__(message, **params)
        self.errors = tuple(errors)


class TooMany(AppError):
    """This was tried too often. `seconds` is how long to wait."""

    code = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class Unavailable(AppError):
    """A part that the answer needs (database, index) is not ready."""

    code = "unavailable"
