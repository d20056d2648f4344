"""Finding a place by any of its names, in any script."""

import re
import unicodedata
from collections.abc import Iterable

from app.core.text import sort_key, western_digits

_ALIKE = str.maketrans({**dict(zip("ٱىیکھہةı", "اييكهههi", strict=True)), "ـ": None})
"""Letters that people type for one another, and the stretching stroke, which is no letter."""

_JOINING = re.compile(r"['’ʼ`ʿʾ‘]")
_OTHER = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """`text` without case, accents, vowel signs and hamza seats; signs between words become spaces.

    The article ال stays: it is part of names such as القوش.
    """
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    plain = western_digits(sort_key(visible)).translate(_ALIKE)
    return _OTHER.sub(" ", _JOINING.sub("", plain)).strip()


def is_named(query: str, names: Iterable[str]) -> bool:
    """Whether one of `names` holds every word of the folded `query` at the start of one of its words.

    Words written together or apart find each other: Telkaif and Tel Kaif.
    """
    wanted = query.split()
    together = "".join(wanted)
    for name in names:
        words = fold(name).split()
        if all(any(_starts(word, start) for word in words) for start in wanted):
            return True
        if "".join(words).startswith(together):
            return True
    return False


def _starts(word: str, start: str) -> bool:
    """Whether a word begins with `start`, be it with or without the article."""
    return word.startswith(start) or word.removeprefix("ال").startswith(start)
