"""The table of a comparison, whatever is compared: finished words, row by row.

Page, spreadsheet and API print the same table. A cell without lines is "not reported".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.languages import LocalText
from app.features.comparisons.rules.fit import Verdict
from app.features.comparisons.rules.quantities import Mark, Quantity, differ, marks
from app.features.vocabulary.views import ConceptLabel


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a cell; `notes` are its small print, `link` the route and slug of a record."""

    text: LocalText
    notes: tuple[LocalText, ...] = ()
    link: tuple[str, str] | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """The statement and its small print as plain texts."""
        return (self.text.text, *(note.text for note in self.notes))


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row says of one column.

    `quantity` is the number in the line, typed; `level` the strength of evidence. `is_silent`: the row
    has nothing to do with this column, which is not the same as "not reported".
    """

    lines: tuple[Line, ...] = ()
    quantity: Quantity | None = None
    mark: Mark | None = None
    verdict: Verdict | None = None
    level: int | None = None
    is_silent: bool = False

    @property
    def key(self) -> tuple[Verdict | None, frozenset[tuple[str, ...]]]:
        """What the cell says, whatever the order in which it says it."""
        return self.verdict, frozenset(line.said for line in self.lines)


SILENT = Cell(is_silent=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A practice or a city; `is_yours` is the reader's city beside practices."""

    code: str
    title: LocalText
    link: tuple[str, str] | None = None
    themes: tuple[ConceptLabel, ...] = ()
    note: str | None = None
    is_yours: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The same question to every column. `differs` looks at what is compared, not at your city."""

    code: str
    title: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that belong together."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison. `left_out` counts rows that are the same everywhere and not shown."""

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    left_out: int = 0

    def differences(self) -> "Table":
        """Only the rows that differ."""
        groups = [
            replace(group, rows=tuple(row for row in group.rows if row.differs)) for group in self.groups
        ]
        left_out = sum(not row.differs for group in self.groups for row in group.rows)
        return replace(self, groups=tuple(group for group in groups if group.rows), left_out=left_out)


def aligned(code: str, title: str, cells: Sequence[Cell], *, yours: Cell | None = None) -> Row:
    """A row with its marks set; `yours` is the cell of the reader's city, which is never ranked."""
    found = marks([cell.quantity for cell in cells])
    marked = tuple(replace(cell, mark=mark) for cell, mark in zip(cells, found, strict=True))
    differs = differ([cell.key for cell in cells])
    return Row(code, title, marked + ((yours,) if yours is not None else ()), differs)
