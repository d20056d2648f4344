"""Catalogues, and numbers and dates as readers of each language write them.

Digits are Western in all three languages (see docs/decisions). The catalogues are read from
the PO files at start, so there is no compiled copy that could be out of date.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from app.core.edtf import parse_date
from app.core.languages import Language, direction
from app.core.messages import noop
from app.core.text import western_digits

LOCALES = Path(__file__).parent.parent / "locales"

_LOCALES: Mapping[Language, str] = {"ar": "ar", "fr": "fr", "en": "en_GB"}
"""English as most of the network's partners write it: day before month."""

_DATE_AS_TYPED = re.compile(r"\d{4}-\d\d[-/\d]*")
"""Such as 2026-03-31: after Arabic letters it would be shown as 31-03-2026, so it is isolated."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

LANGUAGE_NAMES: Mapping[Language, str] = {"ar": "العربية", "fr": "Français", "en": "English"}


@cache
def catalogue(language: Language) -> NullTranslations:
    """The translations of a language; English texts are the message ids themselves."""
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if language == "en" or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        messages = read_po(source, locale=language)
    if direction(language) == "rtl":
        for message in messages:
            if message.string and isinstance(message.string, str):
                message.string = _DATE_AS_TYPED.sub("\u2066\\g<0>\u2069", message.string)
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALES[language])


@lru_cache(maxsize=4096, typed=True)
def _number(language: Language, value: float) -> str:
    """Pages say the same few numbers again and again, such as counts of filters."""
    return str(format_decimal(value, locale=_locale(language), numbering_system="latn"))


@dataclass(frozen=True)
class Translator:
    """Says things in one language."""

    language: Language

    def gettext(self, message: str, **params: Any) -> str:
        """The translation of a message id, with its named parameters filled in."""
        text: str = catalogue(self.language).gettext(message) if message else ""
        return text % params if params else text

    def ngettext(self, one: str, many: str, number: int, **params: Any) -> str:
        """The translation that fits `number`; `%(num)s` stands for it."""
        text: str = catalogue(self.language).ngettext(one, many, number)
        return text % {"num": self.number(number), **params}

    @property
    def locale(self) -> Locale:
        """The CLDR locale that dates and numbers follow."""
        return _locale(self.language)

    def number(self, value: float | None) -> str:
        """A number with the grouping of the language, in Western digits; empty for None."""
        return "" if value is None else _number(self.language, value)

    def date(self, value: date | datetime | None) -> str:
        """A day in words, such as 2 November 2026."""
        if value is None:
            return ""
        text = western_digits(str(format_date(value, format="long", locale=self.locale)))
        return self._ordinal(value.day, text)

    def moment(self, value: datetime | None) -> str:
        """A day and a time of day (UTC), to the minute, such as 2 November 2026, 14:05."""
        if value is None:
            return ""
        pattern = str(get_datetime_format("medium", locale=self.locale))
        clock = format_time(value, format="HH:mm", locale=self.locale)
        return pattern.replace("{1}", self.date(value)).replace("{0}", western_digits(str(clock)))

    def edtf(self, text: str | None) -> str:
        """An EDTF text in words: "about 2019", "since March 2023", "31 May to 1 June 2023".

        A text that is not EDTF is given back as it is.
        """
        if not text:
            return ""
        try:
            parse_date(text)
        except ValueError:
            return text
        if "/" not in text:
            return self._edtf_point(text)
        first, _, last = text.partition("/")
        if last in ("..", ""):
            return self.gettext(noop("since %(date)s"), date=self._edtf_point(first))
        if first in ("..", ""):
            return self.gettext(noop("until %(date)s"), date=self._edtf_point(last))
        end = self._edtf_point(last)
        if first == last:
            return end
        if _DAY.fullmatch(first) and _DAY.fullmatch(last) and first[:4] == last[:4]:
            if first[:7] == last[:7]:
                return f"{self._ordinal(int(first[8:]), str(int(first[8:])))}–{end}"
            start = self._short(first)
        else:
            start = self._edtf_point(first)
        return self.gettext(noop("%(start)s to %(end)s"), start=start, end=end)

    def _short(self, text: str) -> str:
        """A day without its year: all three languages write the day before the month."""
        day = date.fromisoformat(text)
        said = western_digits(str(format_date(day, format="d MMMM", locale=self.locale)))
        return self._ordinal(day.day, said)

    def _ordinal(self, day: int, text: str) -> str:
        """French counts the first of a month and no other day."""
        return text.replace("1", "1er", 1) if self.language == "fr" and day == 1 else text

    def _edtf_point(self, text: str) -> str:
        words = self._precise(text.strip("~?%"))
        return self.gettext(noop("about %(date)s"), date=words) if text[-1:] in "~?%" else words

    def _precise(self, text: str) -> str:
        """A year, month or day in words; other EDTF forms by the days they span."""
        spanned = parse_date(text)
        parts = text.split("-")
        if spanned.start is None or not all(part.isdigit() for part in parts):
            return text
        forms: dict[int, Callable[[date], str]] = {
            1: lambda day: str(day.year),
            2: lambda day: str(format_date(day, format="LLLL y", locale=self.locale)),
            3: self.date,
        }
        if len(parts) == 2 and int(parts[1]) > 12:  # a season
            return str(spanned.start.year)
        return western_digits(forms[len(parts)](spanned.start))


@cache
def translator(language: Language) -> Translator:
    """The translator of a language."""
    return Translator(language)
