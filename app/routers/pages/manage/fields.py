"""What a form of the hub is made of: fields in sections, some of them in rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Which control a field needs."""

    LINE = "line"
    AREA = "area"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    DAY = "day"
    ADDRESS = "address"
    SELECT = "select"
    RADIOS = "radios"
    CHECKS = "checks"
    CHECK = "check"
    YES_NO = "yes-no"
    TEXTS = "texts"
    LONG_TEXTS = "long-texts"
    NAMES = "names"
    ROWS = "rows"
    LINES = "lines"
    PICKS = "picks"


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Texts are message ids; `options` names a list of choices.

    A row counts as empty when it holds nothing but defaults.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    options: str = ""
    needed: bool = False
    default: str = ""
    empty: str | None = None
    size: str = "m"
    lines: int = 4
    most: int = 0
    fields: tuple["Field", ...] = ()
    row: str = ""
    add: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]
    hint: str = ""


Sections = tuple[Section, ...]
HAS_TEXTS = frozenset({Kind.TEXTS, Kind.LONG_TEXTS, Kind.NAMES})


def fields_of(sections: Sections) -> Iterator[Field]:
    """All fields, those of rows left out."""
    for section in sections:
        yield from section.fields


def names_of(sections: Sections, *kinds: Kind) -> frozenset[str]:
    """The names of all fields of these kinds."""
    return frozenset(field.name for field in fields_of(sections) if field.kind in kinds)


def lists_of(sections: Sections) -> frozenset[str]:
    """Last parts of the names of fields that take several answers."""
    every = [*fields_of(sections), *(inner for field in fields_of(sections) for inner in field.fields)]
    return frozenset(
        field.name.rsplit(".", 1)[-1] for field in every if field.kind in (Kind.CHECKS, Kind.PICKS)
    )
