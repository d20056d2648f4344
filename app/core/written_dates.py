"""Dates the way people write them, as EDTF: 31/03/2026, 31 mars 2026, مارس 2026.

Days come before months, as everywhere in the region. What is not understood stays as it was typed.
"""

import re
from functools import cache

from babel.dates import get_month_names

from app.core.text import sort_key, western_digits

LOCALES = ("en", "fr", "ar", "ar_IQ", "ar_MA", "ar_TN")
"""Months have other names in Baghdad and Beirut than in Cairo, Tunis or Rabat."""

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})(?:er)? )?(\D+?) (\d{4})")
_RANGE = re.compile(r"(.+?) ?(?: [-–—] |[–—]| / )(.+)")


def as_edtf(text: str) -> str:
    """A date or a span of two dates as EDTF, where it is written in one of the usual ways."""
    plain = " ".join(western_digits(text).split())
    if between := _RANGE.fullmatch(plain):
        ends = [_one(end.strip()) for end in between.groups()]
        return "/".join(ends)
    return _one(plain)


def _one(text: str) -> str:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return _joined(year, month, day)
    if found := _YEAR_FIRST.fullmatch(text):
        return _joined(*found.groups())
    if found := _MONTH_AND_YEAR.fullmatch(text):
        month, year = found.groups()
        return _joined(year, month)
    if (found := _WORDS.fullmatch(text)) and (number := _months().get(sort_key(found[2]))):
        return _joined(found[3], str(number), *([found[1]] if found[1] else []))
    return text


def _joined(year: str, *rest: str) -> str:
    return "-".join([year, *(part.zfill(2) for part in rest)])


@cache
def _months() -> dict[str, int]:
    """The number of each month by its names, in words of all locales; pairs with a slash are two names."""
    return {
        sort_key(name.strip().rstrip(".")): number
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for number, names in get_month_names(width, locale=locale).items()
        for name in str(names).split("/")
    }
