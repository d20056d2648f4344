"""Comparisons as partners receive them: the table of the page, with its numbers typed."""

from pydantic import BaseModel

from app.core.languages import LocalText
from app.features.comparisons.views.table import Cell, Column, Line, RowGroup, Table


class TextOut(BaseModel):
    """A text, the language it is in, and how it came about there."""

    text: str
    language: str
    status: str

    @classmethod
    def of(cls, text: LocalText) -> "TextOut":
        """From a text."""
        return cls(text=text.text, language=text.language, status=str(text.status))


class LineOut(BaseModel):
    """One statement of a cell with its small print."""

    text: TextOut
    notes: list[TextOut]

    @classmethod
    def of(cls, line: Line) -> "LineOut":
        """From a view."""
        return cls(text=TextOut.of(line.text), notes=[TextOut.of(note) for note in line.notes])


class QuantityOut(BaseModel):
    """A number with its unit and basis. Only numbers with both equal are marked; nothing is converted."""

    value: float
    unit: str | None
    basis: str | None


class CellOut(BaseModel):
    """What one row says of one column. No lines: not reported, or `applies` is false.

    `mark`: lowest, highest or null. `verdict`: holds, does not, unknown or null.
    """

    applies: bool
    lines: list[LineOut]
    quantity: QuantityOut | None
    mark: str | None
    verdict: str | None
    level: int | None

    @classmethod
    def of(cls, cell: Cell) -> "CellOut":
        """From a view."""
        number = cell.quantity
        return cls(
            applies=not cell.is_silent,
            lines=[LineOut.of(line) for line in cell.lines],
            quantity=QuantityOut(value=number.value, unit=number.unit, basis=number.basis)
            if number
            else None,
            mark=cell.mark,
            verdict=cell.verdict,
            level=cell.level,
        )


class ColumnOut(BaseModel):
    """What a column is about; `is_yours` is the city that was asked about."""

    slug: str
    title: TextOut
    is_yours: bool

    @classmethod
    def of(cls, column: Column) -> "ColumnOut":
        """From a view."""
        return cls(slug=column.code, title=TextOut.of(column.title), is_yours=column.is_yours)


class RowOut(BaseModel):
    """One row; `cells` stand in the order of the columns."""

    code: str
    title: str
    differs: bool
    cells: list[CellOut]


class RowGroupOut(BaseModel):
    """Rows that belong together."""

    code: str
    title: str
    rows: list[RowOut]

    @classmethod
    def of(cls, group: RowGroup) -> "RowGroupOut":
        """From a view."""
        rows = [
            RowOut(
                code=row.code,
                title=row.title,
                differs=row.differs,
                cells=[CellOut.of(cell) for cell in row.cells],
            )
            for row in group.rows
        ]
        return cls(code=group.code, title=group.title, rows=rows)


class ComparisonOut(BaseModel):
    """A comparison, row by row, in the language of the answer."""

    columns: list[ColumnOut]
    groups: list[RowGroupOut]

    @classmethod
    def of(cls, table: Table) -> "ComparisonOut":
        """From a view."""
        return cls(
            columns=[ColumnOut.of(column) for column in table.columns],
            groups=[RowGroupOut.of(group) for group in table.groups],
        )
