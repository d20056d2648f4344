"""Marking found words in the original text, by our own offsets."""

from dataclasses import dataclass

from app.features.search.rules.interpretation import Marks
from app.features.search.rules.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text, marked or not. The segments of a text make up the text."""

    text: str
    marked: bool = False


def highlight(text: str, language: str, marks: Marks) -> tuple[Segment, ...]:
    """`text` in segments; joined they give `text` again."""
    found: list[Segment] = []
    at = 0
    for hit in _hits(text, language, marks):
        if hit.start < at:
            continue
        if hit.start > at:
            found.append(Segment(text[at : hit.start]))
        found.append(Segment(text[hit.start : hit.end], marked=True))
        at = hit.end
    if at < len(text):
        found.append(Segment(text[at:]))
    return tuple(found)


def _hits(text: str, language: str, marks: Marks) -> list[Token]:
    if not marks.forms and not marks.misspelt:
        return []
    return [token for token in tokens(text) if marks.hits(token.text, language)]
