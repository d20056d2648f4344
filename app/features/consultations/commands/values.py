"""The kinds of values that answers are made of: one way in for forms and for JSON."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.core.edtf import parse_date
from app.core.messages import noop
from app.core.text import parse_integer, western_digits

MOST_ROWS = 50
MOST_CODES = 40

NOT_A_NUMBER = noop("This must be a whole number, like 250000")
NOT_A_DATE = noop("This must be a possible date, such as 2023, 2023-03-31 or 2023-03/2024-01")
NOT_A_DAY = noop("This must be a real date, such as 2026-03-31")

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Command(BaseModel):
    """Base of commands: frozen, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _tidy(value: Any) -> Any:
    """Text without control characters and outer blanks; nothing at all for blank text."""
    if not isinstance(value, str):
        return value
    return _CONTROLS.sub("", value.replace("\r\n", "\n")).strip() or None


def _whole(value: Any) -> Any:
    """A number as people write it, in any digits."""
    value = _tidy(value)
    if not isinstance(value, str):
        return value
    try:
        return parse_integer(value)
    except ValueError as error:
        raise ValueError(NOT_A_NUMBER) from error


def _possible(value: str | None) -> str | None:
    """An EDTF text in Western digits."""
    if value is None:
        return None
    try:
        return parse_date(value).text
    except ValueError as error:
        raise ValueError(NOT_A_DATE) from error


def _day(value: Any) -> Any:
    value = _tidy(value)
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(western_digits(value))
    except ValueError as error:
        raise ValueError(NOT_A_DAY) from error


Tidy = BeforeValidator(_tidy)
Line = Annotated[Annotated[str, StringConstraints(max_length=300)] | None, Tidy]
Prose = Annotated[Annotated[str, StringConstraints(max_length=5000)] | None, Tidy]
Code = Annotated[Annotated[str, StringConstraints(max_length=80)] | None, Tidy]
Codes = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=80)], ...], Field(max_length=MOST_CODES)
]
Count = Annotated[Annotated[int, Field(ge=0, le=1_000_000)] | None, BeforeValidator(_whole)]
Score = Annotated[Annotated[int, Field(ge=1, le=5)] | None, BeforeValidator(_whole)]
Edtf = Annotated[
    Annotated[str, StringConstraints(max_length=60)] | None,
    Tidy,
    AfterValidator(_possible),
    Field(description="A date as precise as it is known (EDTF)"),
]
Day = Annotated[date | None, BeforeValidator(_day)]
YesNo = Annotated[bool | None, Tidy]
