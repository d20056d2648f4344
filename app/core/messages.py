"""Marking English texts as message ids for translation, and saying them to a reader."""

from datetime import date, datetime
from typing import Any, Protocol


def noop(message: str) -> str:
    """Return `message` as it is; the extractor picks it up for the catalogues."""
    return message


class Words(Protocol):
    """Whoever says things in one reader's language; the web floor has one for each."""

    def gettext(self, message: str, **params: Any) -> str:
        """The translation of a message id, with its named parameters filled in."""

    def ngettext(self, one: str, many: str, number: int, **params: Any) -> str:
        """The translation that fits `number`."""

    def number(self, value: float | None) -> str:
        """A number as readers of the language write it."""

    def date(self, value: date | datetime | None) -> str:
        """A day in words."""

    def edtf(self, text: str | None) -> str:
        """An EDTF text in words."""
