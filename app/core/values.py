"""Kinds of values that people and programs send: one way in for forms and for JSON."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.core.edtf import parse_date
from app.core.languages import Language
from app.core.messages import noop
from app.core.text import parse_integer, western_digits
from app.core.written_dates import as_edtf

NOT_A_NUMBER = noop("This must be a whole number, like 250000")
NOT_A_DATE = noop("This must be a possible date, such as 2023, 2023-03-31 or 2023-03/2024-01")
NOT_A_DAY = noop("This must be a real date, such as 2026-03-31")
NOT_DECIMAL = noop("This must be a number, like 36.34")
NOT_AN_ADDRESS = noop("Write the whole address, beginning with https://")

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_DECIMAL = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?")
_WEB = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?$", re.IGNORECASE)


class Command(BaseModel):
    """Base of commands: frozen, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _tidy(value: Any) -> Any:
    """Text without control characters and outer blanks; nothing at all for blank text."""
    if not isinstance(value, str):
        return value
    return _CONTROLS.sub("", value.replace("\r\n", "\n")).strip() or None


def whole(value: Any) -> Any:
    """A number as people write it, in any digits."""
    value = _tidy(value)
    if not isinstance(value, str):
        return value
    try:
        return parse_integer(value)
    except ValueError as error:
        raise ValueError(NOT_A_NUMBER) from error


def decimal(value: Any) -> Any:
    """A number with decimals as people write it, in any digits, with a point or a comma."""
    value = _tidy(value)
    if not isinstance(value, str):
        return value
    plain = western_digits(value).replace("٫", ".").replace(",", ".").replace("\u2212", "-")
    if not _DECIMAL.fullmatch(plain):
        raise ValueError(NOT_DECIMAL)
    return float(plain)


def _address(value: str | None) -> str | None:
    """An address of the web; no other scheme can be followed from our pages."""
    if value is not None and not _WEB.match(value):
        raise ValueError(NOT_AN_ADDRESS)
    return value


def _possible(value: str | None) -> str | None:
    """An EDTF text in Western digits."""
    if value is None:
        return None
    try:
        return parse_date(as_edtf(value)).text
    except ValueError as error:
        raise ValueError(NOT_A_DATE) from error


def _day(value: Any) -> Any:
    value = _tidy(value)
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(as_edtf(value))
    except ValueError as error:
        raise ValueError(NOT_A_DAY) from error


Tidy = BeforeValidator(_tidy)
Line = Annotated[Annotated[str, StringConstraints(max_length=300)] | None, Tidy]
Prose = Annotated[Annotated[str, StringConstraints(max_length=5000)] | None, Tidy]
Code = Annotated[Annotated[str, StringConstraints(max_length=80)] | None, Tidy]
Count = Annotated[Annotated[int, Field(ge=0, le=1_000_000)] | None, BeforeValidator(whole)]
Edtf = Annotated[
    Annotated[str, StringConstraints(max_length=60)] | None,
    Tidy,
    AfterValidator(_possible),
    Field(description="A date as precise as it is known (EDTF)"),
]
Day = Annotated[date | None, BeforeValidator(_day)]
YesNo = Annotated[bool | None, Tidy]
Year = Annotated[Annotated[int, Field(ge=1000, le=2200)] | None, BeforeValidator(whole)]
Number = Annotated[float | None, BeforeValidator(decimal)]
Address = Annotated[Annotated[str, StringConstraints(max_length=1000)] | None, Tidy, AfterValidator(_address)]


Needed = Annotated[Annotated[str, StringConstraints(min_length=1, max_length=300)], Tidy]
NeededEdtf = Annotated[
    Annotated[str, StringConstraints(min_length=1, max_length=60)], Tidy, AfterValidator(_possible)
]
TranslationState = Literal["human", "reviewed", "machine draft", "out of date"]


class Texts(Command):
    """One text in its languages, and what is said of each translation."""

    ar: Prose = None
    fr: Prose = None
    en: Prose = None
    state: dict[Language, TranslationState] = {}

    def text(self, language: str) -> str | None:
        """The text in a language."""
        found: str | None = getattr(self, language)
        return found


_Of100 = Annotated[Annotated[str, StringConstraints(max_length=100)] | None, Tidy]
_Of160 = Annotated[Annotated[str, StringConstraints(max_length=160)] | None, Tidy]


class Texts100(Texts):
    """Titles: at most 100 characters in each language."""

    ar: _Of100 = None
    fr: _Of100 = None
    en: _Of100 = None


class Texts160(Texts):
    """Texts of one line: at most 160 characters in each language."""

    ar: _Of160 = None
    fr: _Of160 = None
    en: _Of160 = None
