"""Catalogues, and numbers and dates as readers of each language write them.

Digits are Western in all three languages (see docs/decisions). The catalogues are read from
the PO files at start, so there is no compiled copy that could be out of date.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from app.core.edtf import parse_date
from app.core.languages import Language
from app.core.messages import noop
from app.core.text import western_digits

LOCALES = Path(__file__).parent.parent / "locales"

_LOCALES: Mapping[Language, str] = {"ar": "ar", "fr": "fr", "en": "en_GB"}
"""English as most of the network's partners write it: day before month."""

LANGUAGE_NAMES: Mapping[Language, str] = {"ar": "العربية", "fr": "Français", "en": "English"}


@cache
def catalogue(language: Language) -> NullTranslations:
    """The translations of a language; English texts are the message ids themselves."""
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if language == "en" or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


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
        return Locale.parse(_LOCALES[self.language])

    def number(self, value: float | None) -> str:
        """A number with the grouping of the language, in Western digits; empty for None."""
        if value is None:
            return ""
        return str(format_decimal(value, locale=self.locale, numbering_system="latn"))

    def date(self, value: date | datetime | None) -> str:
        """A day in words, such as 2 November 2026."""
        if value is None:
            return ""
        return western_digits(str(format_date(value, format="long", locale=self.locale)))

    def moment(self, value: datetime | None) -> str:
        """A day and a time of day (UTC)."""
        if value is None:
            return ""
        return western_digits(str(format_datetime(value, format="medium", locale=self.locale)))

    def edtf(self, text: str | None) -> str:
        """An EDTF text in words: "about 2019", "since March 2023", "31 May 2023 to 1 June 2023".

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
        return self.gettext(
            noop("%(start)s to %(end)s"), start=self._edtf_point(first), end=self._edtf_point(last)
        )

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
