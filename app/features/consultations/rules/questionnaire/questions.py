"""What a question, a list of rows and a section are. Texts are message ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.messages import noop


class Kind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    PROSE = "prose"
    NUMBER = "number"
    DATE = "date"
    DAY = "day"
    ONE = "one"
    PICK = "pick"
    MANY = "many"


class Source(StrEnum):
    """Where answers to choose from come from: our own lists, the vocabulary, or what this city has."""

    WORDS = "words"
    CONCEPTS = "concepts"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `of` names the list of words, the scheme, or what is offered.

    `missing` is said when an answer is needed before the section counts as completed, and is not there.
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    source: Source | None = None
    of: str = ""
    codes: tuple[str, ...] = ()
    has_hints: bool = False
    is_inline: bool = False
    missing: str = ""
    unit: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Questions that few need, behind a line that opens them."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows of the same questions. `one` names a row by its number; `has_order` lets rows move."""

    name: str
    one: str
    add: str
    parts: tuple["Question | Fold", ...]
    hint: str = ""
    title: str = ""
    has_order: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The same questions for each concept of a scheme."""

    name: str
    scheme: str
    title: str
    hint: str
    questions: tuple[Question, ...]


Part = Question | Fold | Rows | Grid


@dataclass(frozen=True, slots=True)
class SectionOf:
    """One page of the form."""

    code: str
    title: str
    intro: str
    parts: tuple[Part, ...]
    has_statements: bool = False


def questions_in(parts: Iterable[Part]) -> list[Question]:
    """The questions asked once, folded ones included; those of rows and grids are not."""
    found: list[Question] = []
    for part in parts:
        if isinstance(part, Question):
            found.append(part)
        elif isinstance(part, Fold):
            found += part.questions
    return found


def rows_in(parts: Iterable[Part]) -> list[Rows]:
    """The lists of rows."""
    return [part for part in parts if isinstance(part, Rows)]


def line(name: str, label: str, hint: str = "", *, missing: str = "") -> Question:
    """One line of text."""
    return Question(name, Kind.LINE, label, hint, missing=missing)


def prose(name: str, label: str, hint: str = "", *, missing: str = "") -> Question:
    """Several lines of text."""
    return Question(name, Kind.PROSE, label, hint, missing=missing)


def number(name: str, label: str, hint: str = "", *, unit: str = "") -> Question:
    """A whole number."""
    return Question(name, Kind.NUMBER, label, hint, unit=unit)


def when(name: str, label: str, hint: str = "", *, missing: str = "") -> Question:
    """A date as precise as it is known."""
    return Question(name, Kind.DATE, label, hint, missing=missing)


def day(name: str, label: str, hint: str = "") -> Question:
    """One day."""
    return Question(name, Kind.DAY, label, hint)


def one(
    name: str,
    label: str,
    of: str,
    codes: Iterable[str],
    hint: str = "",
    *,
    missing: str = "",
    has_hints: bool = False,
    is_inline: bool = False,
) -> Question:
    """One of a few answers, all in sight."""
    return Question(
        name,
        Kind.ONE,
        label,
        hint,
        Source.WORDS,
        of,
        tuple(str(code) for code in codes),
        has_hints=has_hints,
        is_inline=is_inline,
        missing=missing,
    )


def pick(
    name: str,
    label: str,
    of: str,
    codes: Iterable[str],
    hint: str = "",
    *,
    default: str = "",
    missing: str = "",
) -> Question:
    """One of several answers, from a list that opens."""
    return Question(
        name,
        Kind.PICK,
        label,
        hint,
        Source.WORDS,
        of,
        tuple(str(code) for code in codes),
        default=default,
        missing=missing,
    )


def concept(name: str, label: str, scheme: str, hint: str = "", *, missing: str = "") -> Question:
    """A concept of the vocabulary."""
    return Question(name, Kind.PICK, label, hint, Source.CONCEPTS, scheme, missing=missing)


def concepts(name: str, label: str, scheme: str, hint: str = "") -> Question:
    """Several concepts of the vocabulary."""
    return Question(name, Kind.MANY, label, hint, Source.CONCEPTS, scheme)


def offered(name: str, label: str, of: str, hint: str = "", *, many: bool = False) -> Question:
    """One or several of what this city has: places nearby, earlier consultations, events, practices."""
    return Question(name, Kind.MANY if many else Kind.PICK, label, hint, Source.OFFERED, of)


def yes_no(name: str, label: str, hint: str = "", *, missing: str = "") -> Question:
    """Yes or no."""
    return one(name, label, "yes-no", ("yes", "no"), hint, is_inline=True, missing=missing)


def scale(name: str, label: str, of: str, hint: str = "") -> Question:
    """Five steps in words; the same steps for every city."""
    return Question(name, Kind.ONE, label, hint, Source.WORDS, of, ("1", "2", "3", "4", "5"), has_hints=True)


NO_NAMES = noop("Write in any language. Please do not name suspects, victims or people at risk.")
NO_NAME = noop("An office or organisation, no name of a person.")
