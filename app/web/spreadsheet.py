"""Tables as files for spreadsheets: CSV and XLSX, in which no text can become a formula."""

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from fastapi import Response

Value = str | int | float | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = tuple("=+-@|%\t\r\n＝＋－＠｜％")
_INVISIBLE = re.compile(
    r"^[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
"""White space, controls and marks of direction before the first sign that shows."""
_LONGEST_CELL = 32_767
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def neutral(value: Value) -> Value:
    """A value that a spreadsheet cannot read as a formula: such texts get an apostrophe in front.

    Spreadsheets skip what does not show before they look, and East Asian ones read full-width signs too.
    Source: OWASP, CSV injection. Numbers are ours and stay numbers.
    """
    if isinstance(value, str) and (
        value.startswith(_FORMULA) or _INVISIBLE.sub("", value).startswith(_FORMULA)
    ):
        return f"'{value}"
    return value


def csv_response(rows: Iterable[Sequence[Value]], name: str) -> Response:
    """Rows as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets recognise it."""
    out = StringIO()
    csv.writer(out).writerows([neutral(value) for value in row] for row in rows)
    return _download((_BYTE_ORDER_MARK + out.getvalue()).encode(), "text/csv; charset=utf-8", name)


def xlsx_response(
    rows: Sequence[Sequence[Value]],
    name: str,
    *,
    title: str,
    right_to_left: bool,
    headings: Collection[int] = frozenset({0}),
) -> Response:
    """Rows as one sheet, ready for A4 landscape; texts stay texts. `headings` are bold rows."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_SHEET_NAME.sub(" ", title)[:31].strip() or "1")
        styles = {
            bold: book.add_format({"text_wrap": True, "valign": "top", "bold": bold})
            for bold in (True, False)
        }
        if right_to_left:
            sheet.right_to_left()
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, max((len(row) for row in rows), default=1), 44)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                style = styles[number in headings or place == 0]
                if isinstance(value, str):
                    sheet.write_string(number, place, value[:_LONGEST_CELL], style)
                elif value is not None:
                    sheet.write_number(number, place, value, style)
    return _download(out.getvalue(), XLSX, name)


def _download(content: bytes, media_type: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
