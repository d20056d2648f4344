"""Making spellings equal: one fold for everything that is indexed, asked for or highlighted.

The fold works character by character, so every folded character knows the character of the
original that it came from.
"""

import unicodedata
from dataclasses import dataclass

from app.core.text import western_digits

# Letters that Unicode does not decompose but that people type for one another.
_ALIKE = {
    **dict(zip("øđłħıæœ", ("o", "d", "l", "h", "i", "ae", "oe"), strict=True)),
    **dict(zip("ٱىیکھہ", "اييكهه", strict=True)),
}
_TATWEEL = "\u0640"
_DROPPED_CATEGORIES = frozenset({"Mn", "Mc", "Me", "Cf"})


def _fold_once(character: str) -> str:
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = (
        _ALIKE.get(c, c)
        for c in lowered
        if c != _TATWEEL and unicodedata.category(c) not in _DROPPED_CATEGORIES
    )
    return western_digits("".join(kept))


class _Fold(dict[int, str]):
    """The fold of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded, before = _fold_once(chr(code)), chr(code)
        while folded != before:
            folded, before = "".join(map(_fold_once, folded)), folded
        self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """`text` without case, accents, vowel signs, hamza seats, tatweel and invisible characters.

    Compatibility forms become plain (U+202F a space, ﬁ two letters), all digits 0-9. Folding a
    folded text changes nothing. ة stays: the stemmer needs it.
    """
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origins` has the place in `original` that each folded character came from."""

    original: str
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters from `start` to `end` stand in the original, marks included."""
        first, last = self.origins[start], self.origins[end - 1] + 1
        while last < len(self.original) and unicodedata.category(self.original[last])[0] == "M":
            last += 1
        return first, last


def fold_with_origins(text: str) -> Folded:
    """`fold(text)` that remembers where everything came from."""
    pieces = [_FOLD[ord(character)] for character in text]
    origins = tuple(index for index, piece in enumerate(pieces) for _ in piece)
    return Folded(text, "".join(pieces), origins)
