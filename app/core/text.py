"""Small text tools: digits, slugs, sort keys."""

import re
import unicodedata
from functools import lru_cache

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_GROUPING = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009,٬'’](?=\d{3}(?:\D|$))")
_BIDI_CONTROLS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def western_digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0-9; everything else as it is."""
    return text.translate(_DIGITS)


def parse_integer(text: str) -> int:
    """A whole number as people write it: any digits, spaces or commas between thousands.

    Raises ValueError when it is not one.
    """
    plain = western_digits(_BIDI_CONTROLS.sub("", text)).strip()
    while (shorter := _GROUPING.sub("", plain)) != plain:
        plain = shorter
    if not re.fullmatch(r"[+-]?\d{1,15}", plain):
        raise ValueError(text)
    return int(plain)


def slugify(text: str, *, fallback: str = "record", length: int = 60) -> str:
    """A lower-case ASCII slug of `text`; `fallback` where nothing Latin is left."""
    words = re.sub(r"[^\w\u0300-\u036f]+", "-", unicodedata.normalize("NFKD", text))
    plain = words.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")
    return slug or fallback


@lru_cache(maxsize=10_000)
def sort_key(text: str) -> str:
    """A key that sorts É with E and ignores Arabic vowel signs."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
