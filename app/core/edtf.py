"""Dates as sources give them: EDTF (ISO 8601-2) text with a first and a last day.

The `edtf` library reads level 0-2 expressions but raises TypeError when asked for the
bounds of an open interval such as `2023-03/..`; here open ends have no bound (None).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from app.core.text import western_digits

_OPEN = ("..", "")


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """An EDTF text and the days it spans; `start` or `end` is None where the interval is open."""

    text: str
    start: date | None
    end: date | None


@lru_cache(maxsize=4096)  # the library's grammar takes milliseconds, and lists repeat their dates
def parse_date(text: str) -> EdtfDate:
    """Read an EDTF text, in any digits. Raises ValueError for anything that is not a possible date."""
    plain = western_digits(text).strip()
    if not plain or len(plain) > 60:
        raise ValueError(text)
    if "/" not in plain:
        return EdtfDate(plain, *_bounds(plain))
    first, _, last = plain.partition("/")
    if first in _OPEN and last in _OPEN:
        raise ValueError(text)
    start = None if first in _OPEN else _bounds(first)[0]
    end = None if last in _OPEN else _bounds(last)[1]
    if start and end and end < start:
        raise ValueError(text)
    return EdtfDate(plain, start, end)


def _bounds(text: str) -> tuple[date, date]:
    """First and last day of one EDTF date without an interval."""
    try:
        parsed: Any = parse_edtf(text)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, TypeError, AttributeError, OverflowError, IndexError) as error:
        raise ValueError(text) from error


def _day(moment: Any) -> date:
    """A `time.struct_time` of the library as a date; raises ValueError when there is no such day."""
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
