"""Signs that a text names somebody suspected or at risk: a kind word to the writer, a flag to the reader.

Nothing is refused and nothing is decided here: a person reads every statement before it is shown. The
rule looks for numbers and addresses by which somebody can be found, and for names beside words of
suspicion or danger, in Arabic, French and English. It knows no list of persons.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from app.core.text import western_digits
from app.features.consultations.rules.caution.words import (
    ABBREVIATIONS,
    ALEFS,
    AT_RISK,
    BODY_BEFORE,
    CALL,
    CUED,
    CUED_AR,
    DATE,
    EMAIL,
    GROUP_BEFORE,
    ID_NUMBER,
    INITIAL,
    KUNYA,
    LONG_NUMBER,
    MARKS,
    MAYBE_AR,
    NAME,
    NAME_AR,
    NO_NAME_AR,
    NO_PERSON,
    OFFICE_BEFORE,
    OFFICE_BEFORE_AR,
    PAIR,
    PHONE,
    PLACE_AFTER,
    PLACE_BEFORE,
    PLACE_BEFORE_AR,
    SENTENCES,
    SINGLE,
    SINGLE_AR,
    SUSPECTED,
    YOUNG_AR,
)

LONGEST = 20_000
"""Characters that are looked at."""


class Caution(StrEnum):
    """What a text seems to have."""

    PHONE = "phone"
    NUMBER = "number"
    EMAIL = "email"
    NAMED = "named"


def cautions(text: str | None) -> tuple[Caution, ...]:
    """What a text seems to have, in the order of `Caution`; nothing for no text."""
    if not text:
        return ()
    plain = ABBREVIATIONS.sub(r"\1", western_digits(MARKS.sub("", text[:LONGEST])))
    undated = DATE.sub(" ", plain)
    found = {
        Caution.PHONE: bool(PHONE.search(undated) or CALL.search(undated)),
        Caution.NUMBER: bool(LONG_NUMBER.search(undated) or ID_NUMBER.search(undated)),
        Caution.EMAIL: bool(EMAIL.search(plain)),
        Caution.NAMED: _names_somebody(plain),
    }
    return tuple(caution for caution, is_there in found.items() if is_there)


def is_cautioned(texts: Iterable[str | None]) -> bool:
    """Whether one of several texts has any of it."""
    return any(cautions(text) for text in texts)


def names_somebody(answers: Mapping[str, Any]) -> bool:
    """Whether one of the statements in the answers of a section seems to name somebody."""
    return is_cautioned(
        row["text"] for row in answers.get("statements", ()) if isinstance(row.get("text"), str)
    )


def _names_somebody(text: str) -> bool:
    """Whether a person seems to be named.

    A full name is enough, unless an office stands before it and nothing heavy is said. A single name
    counts where the sentence or one beside it speaks of suspicion or danger.
    """
    sentences = [one for one in SENTENCES.split(text) if one.strip()]
    heavy = [bool(SUSPECTED.search(bare) or AT_RISK.search(bare)) for bare in map(_bare, sentences)]
    for at, sentence in enumerate(sentences):
        bare, is_heavy = _bare(sentence), any(heavy[max(at - 1, 0) : at + 2])
        if is_heavy and (_is_cued(sentence) or _is_cued_in_arabic(bare) or _is_single(bare)):
            return True
        if _is_paired(sentence, is_heavy) or _is_named_in_arabic(bare, is_heavy):
            return True
    return False


def _bare(text: str) -> str:
    """Arabic text with one kind of alef."""
    return text.translate(ALEFS)


def _before(sentence: str, found: re.Match[str]) -> str:
    """The words before a name; enough of them to see what they make of it."""
    return sentence[max(found.start() - 60, 0) : found.start()]


def _is_cued(sentence: str) -> bool:
    return any(not GROUP_BEFORE.search(_before(sentence, found)) for found in CUED.finditer(sentence))


def _is_paired(sentence: str, is_heavy: bool) -> bool:
    for pattern in (PAIR, INITIAL):
        for found in pattern.finditer(sentence):
            before = _before(sentence, found)
            if (
                NO_PERSON.isdisjoint(re.findall(NAME, found[0]))
                and (is_heavy or not OFFICE_BEFORE.search(before))
                and not PLACE_BEFORE.search(before)
                and not BODY_BEFORE.search(before)
                and not PLACE_AFTER.search(sentence[found.end() : found.end() + 60])
            ):
                return True
    return False


def _is_single(sentence: str) -> bool:
    """Whether a common first name stands alone, as that of a person."""
    return any(
        not PLACE_BEFORE.search(before)
        and not BODY_BEFORE.search(before)
        and not PLACE_AFTER.search(sentence[found.end() : found.end() + 60])
        for found in SINGLE.finditer(sentence)
        for before in [_before(sentence, found)]
    )


def _is_cued_in_arabic(sentence: str) -> bool:
    for found in CUED_AR.finditer(sentence):
        if found["name"] not in NO_NAME_AR and not PLACE_BEFORE_AR.search(_before(sentence, found)):
            return True
    return any(not PLACE_BEFORE_AR.search(_before(sentence, found)) for found in KUNYA.finditer(sentence))


def _is_named_in_arabic(sentence: str, is_heavy: bool) -> bool:
    found = [one for one in NAME_AR.finditer(sentence) if one["next"] not in NO_NAME_AR]
    found += MAYBE_AR.finditer(sentence)
    if is_heavy:
        found += [*YOUNG_AR.finditer(sentence), *SINGLE_AR.finditer(sentence)]
    return any(
        not PLACE_BEFORE_AR.search(_before(sentence, one))
        and (is_heavy or not OFFICE_BEFORE_AR.search(_before(sentence, one)))
        for one in found
    )
