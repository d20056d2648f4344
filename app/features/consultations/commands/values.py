"""The kinds of values that answers are made of, beside those that all forms share."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from app.core.values import (
    NOT_A_DATE,
    NOT_A_DAY,
    NOT_A_NUMBER,
    Code,
    Command,
    Count,
    Day,
    Edtf,
    Line,
    Prose,
    Tidy,
    YesNo,
    whole,
)

MOST_ROWS = 50
MOST_CODES = 40

Codes = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=80)], ...], Field(max_length=MOST_CODES)
]
Score = Annotated[Annotated[int, Field(ge=1, le=5)] | None, BeforeValidator(whole)]

__all__ = [
    "MOST_CODES",
    "MOST_ROWS",
    "NOT_A_DATE",
    "NOT_A_DAY",
    "NOT_A_NUMBER",
    "Code",
    "Codes",
    "Command",
    "Count",
    "Day",
    "Edtf",
    "Line",
    "Prose",
    "Score",
    "Tidy",
    "YesNo",
]
