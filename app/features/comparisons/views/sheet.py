"""A comparison as rows of plain text, for spreadsheets."""

from dataclasses import dataclass

from app.core.messages import noop
from app.features.comparisons.views.pen import Pen
from app.features.comparisons.views.table import Cell, Column, Line, Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of texts; `headings` are the numbers of the rows that head others."""

    rows: tuple[tuple[str, ...], ...]
    headings: frozenset[int]


def sheet_of(table: Table, first: str, pen: Pen) -> Sheet:
    """The whole table with a row for each row of the page; `first` heads the first column."""
    rows: list[tuple[str, ...]] = [(first, *(_head(column, pen) for column in table.columns))]
    headings = {0}
    if any(column.note for column in table.columns):
        state = pen.words.gettext(noop("State of the translations"))
        rows.append((state, *(column.note or "" for column in table.columns)))
    for group in table.groups:
        headings.add(len(rows))
        rows.append((group.title,))
        rows += [(row.title, *(cell_text(cell, pen) for cell in row.cells)) for row in group.rows]
    return Sheet(tuple(rows), frozenset(headings))


def cell_text(cell: Cell, pen: Pen) -> str:
    """A cell as text: verdict, statements with their small print, mark."""
    if cell.is_silent:
        return ""
    said = [_line(line, pen) for line in cell.lines]
    if cell.verdict:
        said.insert(0, pen.shelf.word("verdict", cell.verdict))
    if cell.mark:
        said.append(pen.shelf.word("mark", cell.mark))
    return "\n".join(said) or pen.words.gettext(noop("Not reported"))


def _line(line: Line, pen: Pen) -> str:
    text, *notes = line.said
    if not notes:
        return text
    between = pen.words.gettext(noop("; "))
    return pen.words.gettext(noop("%(text)s (%(notes)s)"), text=text, notes=between.join(notes))


def _head(column: Column, pen: Pen) -> str:
    if column.is_yours:
        return pen.words.gettext(noop("For your city: %(city)s"), city=column.title.text)
    return column.title.text
