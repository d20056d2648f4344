"""Marking found words in the original text, by our own offsets."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.features.search.rules.interpretation import Interpretation, Marks, marks_of
from app.features.search.rules.tokens import Token, content_words, tokens

_ROOM_BEFORE = 4
"""A snippet begins at most so many words before the first mark in it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text, marked or not. The segments of a text make up the text."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a long text; says on which sides text was left out."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


def marks_for(question: str) -> Marks:
    """Marks for the words of a question alone, where no search was made."""
    return marks_of(Interpretation(tuple(content_words(question))))


def highlight(text: str, language: str, marks: Marks) -> tuple[Segment, ...]:
    """`text` in segments; joined they give `text` again."""
    return _segments(text, 0, len(text), _hits(text, language, marks))


def snippet(text: str, language: str, marks: Marks, length: int = 220) -> Snippet:
    """The part of `text`, about `length` characters, with the most different marked words."""
    hits = _hits(text, language, marks)
    start, end = _window(tokens(text), hits, len(text), length)
    return Snippet(_segments(text, start, end, hits), start > 0, end < len(text))


def _hits(text: str, language: str, marks: Marks) -> list[Token]:
    if not marks.forms and not marks.misspelt:
        return []
    return [token for token in tokens(text) if marks.hits(token.text, language)]


def _segments(text: str, start: int, end: int, hits: Sequence[Token]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = start
    for hit in hits:
        if hit.start < at or hit.end > end:
            continue
        if hit.start > at:
            found.append(Segment(text[at : hit.start]))
        found.append(Segment(text[hit.start : hit.end], marked=True))
        at = hit.end
    if at < end:
        found.append(Segment(text[at:end]))
    return tuple(found)


def _window(words: Sequence[Token], hits: Sequence[Token], whole: int, length: int) -> tuple[int, int]:
    """Where the best snippet begins and ends: at borders of words."""
    if whole <= length or not words:
        return 0, whole
    starts = [word.start for word in words]
    best = max(
        (max(0, starts.index(hit.start) - _ROOM_BEFORE) for hit in hits),
        key=lambda first: len(
            {h.text for h in hits if starts[first] <= h.start and h.end <= starts[first] + length}
        ),
        default=0,
    )
    start = starts[best] if best else 0
    end = max((word.end for word in words if start < word.end <= start + length), default=start + length)
    return start, whole if end >= words[-1].end else end
