"""Reading files for spreadsheets again, with the eyes of a spreadsheet."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

from openpyxl import load_workbook

_UNSEEN = "\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_SIGN = "[=+\\-@|%＝＋－＠｜％]"
_FORMULA = re.compile(f"^(?:[\t\r\n]|[{_UNSEEN}]*{_SIGN})")
_WITHIN = re.compile(f"([;\t\r\n][{_UNSEEN};\"]*)'(?='*{_SIGN})")
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)


def would_be_a_formula(text: str) -> bool:
    """Whether a spreadsheet could read a cell of CSV as something to work out."""
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def original(cell: str) -> str:
    """What stood in a cell before it was written."""
    if cell.startswith("'") and would_be_a_formula(cell.lstrip("'")):
        cell = cell[1:]
    return _WITHIN.sub(r"\1", cell)


def cells_by_semicolons(text: str) -> list[str]:
    """The cells that a text falls into where lists are separated by semicolons, quotation marks read away."""
    return [part.lstrip('"') for part in re.split("[;\t\r\n]", text)[1:]]


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells_of(content: bytes) -> tuple[set[str], list[list[str]]]:
    """The types of the cells of a workbook's sheet, and its rows as texts. Fails for what leads out of it."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert not [name for name in parts if re.search("external|connection|query|embed", name, re.IGNORECASE)]
    everything = b"".join(parts.values())
    assert b"<f>" not in everything
    assert b"TargetMode" not in everything
    assert b"<hyperlink" not in everything
    shared = [
        _read("".join(one.itertext()))
        for one in ElementTree.fromstring(parts["xl/sharedStrings.xml"]).findall(f"{_SHEETS}si")
    ]
    rows = [
        [_cell(one, shared) for one in row.findall(f"{_SHEETS}c")]
        for row in ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"]).iter(f"{_SHEETS}row")
    ]
    return {cell.data_type for row in sheet.iter_rows() for cell in row}, rows


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_SHEETS}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value


def _read(text: str) -> str:
    """Characters that XML does not know are written as `_x000D_`, which spreadsheets undo."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
