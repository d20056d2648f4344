"""Tables as files for spreadsheets: CSV and XLSX, in which no text can become a formula."""

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from fastapi import Response

from app.web.downloads import attachment

Value = str | int | float | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BYTE_ORDER_MARK = "\ufeff"
_LONGEST_CELL = 32_767
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")

_SIGNS = frozenset("=+-@|%＝＋－＠｜％")
_BREAKS = ("\t", "\r", "\n")
_SEPARATORS = frozenset({";", *_BREAKS})
_SKIPPED = _SEPARATORS | {'"'}
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Kinds of characters that a spreadsheet may skip before it looks: controls, marks of direction, blanks."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_TEXTS_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def neutral(value: Value) -> Value:
    """A value that a spreadsheet cannot read as a formula: such texts get an apostrophe in front.

    Plain numbers stay numbers. A text that begins with apostrophes of its own gets one more where it
    would be read as a formula without them, so that taking one away always gives the text back. Where
    lists are separated by semicolons, a spreadsheet begins a cell after each; within a text, too.
    Source: OWASP, CSV injection; East Asian spreadsheets read full-width signs, too.
    """
    if not isinstance(value, str):
        return value
    text = _guarded(value)
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def _guarded(text: str) -> str:
    """A text with one more apostrophe where a cell within it would begin as a formula."""
    if _SEPARATORS.isdisjoint(text):
        return text
    out: list[str] = []
    begins = False
    for place, sign in enumerate(text):
        if begins and sign not in _SKIPPED and unicodedata.category(sign) not in _UNSEEN:
            begins = False
            if text[place:].lstrip("'")[:1] in _SIGNS:
                out.append("'")
        out.append(sign)
        begins = begins or sign in _SEPARATORS
    return "".join(out)


def _is_formula(text: str) -> bool:
    if text.startswith(_BREAKS):
        return True
    first = next((sign for sign in text if unicodedata.category(sign) not in _UNSEEN), "")
    return first in _SIGNS and not _NUMBER.fullmatch(text)


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
    """Rows as one sheet, ready for A4 landscape. `headings` are bold rows.

    Texts are of the type text and stay it when somebody edits their cell: nothing is put in front.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, _TEXTS_ONLY) as book:
        sheet = book.add_worksheet(sheet_name(title))
        styles = {
            bold: book.add_format({"text_wrap": True, "valign": "top", "bold": bold, "quote_prefix": True})
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
                    sheet.write_string(number, place, _plain(value[:_LONGEST_CELL]), style)
                elif value is not None:
                    sheet.write_number(number, place, value, style)
    return _download(out.getvalue(), XLSX, name)


def _plain(text: str) -> str:
    """A text as the library takes it for one: what looks like its own form of rich text gets a blank behind.

    It writes texts that begin with `<r>` and end with `</r>` into the file as they are.
    """
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: letters that spreadsheets accept, at most 31, never none."""
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in title)
    return _NOT_IN_SHEET_NAMES.sub(" ", seen).strip()[:_LONGEST_SHEET_NAME].strip() or "1"


def _download(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": attachment(name)})
