"""Files for spreadsheets: no text becomes a formula, and every text can be had back."""

import csv
import io
import re
import zipfile
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.web.downloads import LONGEST, attachment, file_name
from app.web.spreadsheet import csv_response, neutral, sheet_name, xlsx_response
from tests.factories.payloads import ARABIC, FORMULAS, PAYLOADS
from tests.factories.spreadsheets import cells_by_semicolons, cells_of, original, rows_of, would_be_a_formula

CORPUS = [*FORMULAS, *PAYLOADS, ARABIC, f"={ARABIC}", f"{ARABIC}\n=1+1"]


def test_the_corpus_is_large() -> None:
    """Different texts, and most of them would be formulas."""
    assert len(set(FORMULAS)) >= 200
    assert sum(would_be_a_formula(text) for text in FORMULAS) > 150


@pytest.mark.parametrize("column", range(3))
def test_csv(column: int) -> None:
    """Each text in each column, below a heading that is one, too; read again it is what it was."""
    rows = [[text if place == column else "x" for place in range(3)] for text in CORPUS]
    answer = csv_response([[f"={column}", "b", "c"], *rows], "a.csv")
    assert bytes(answer.body).startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    found = rows_of(bytes(answer.body))
    assert not [cell for row in found for cell in row if would_be_a_formula(cell)]
    assert [[original(cell) for cell in row] for row in found[1:]] == rows
    assert found[0][0] == f"'={column}"


@pytest.mark.parametrize("column", range(3))
def test_xlsx(column: int) -> None:
    """Each text as a cell of the type text, unchanged; nothing in the file leads out of it."""
    rows = [[text if place == column else "x" for place in range(3)] for text in CORPUS]
    for title in ("=1+1", "[x]:*?/\\'", "'", "History\u202e\x00", ARABIC * 3, ""):
        answer = xlsx_response([["=1", "b", "c"], *rows], "a.xlsx", title=title, right_to_left=True)
    kinds, found = cells_of(bytes(answer.body))
    assert kinds <= {"s", "n"}
    assert [[cell.removesuffix(" ") if "</r>" in cell else cell for cell in row] for row in found[1:]] == rows


def test_texts_of_xlsx_stay_texts_when_edited() -> None:
    """The mark by which a spreadsheet leaves a typed text alone."""
    answer = xlsx_response([["a"], ["=1+1"]], "a.xlsx", title="t", right_to_left=False)
    sheet = load_workbook(io.BytesIO(answer.body))["t"]
    assert sheet["A2"].quotePrefix
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())


@pytest.mark.parametrize("number", ["-5", "+4", "12", "-0.5", "3,14", "00012"])
def test_numbers_stay_numbers(number: str) -> None:
    """A minus in front of digits is no formula."""
    assert neutral(number) == number


@pytest.mark.parametrize("text", ["-5 people", "+4+5", "- first", "-", "1;2", "‘=1", 5, None, -2.5])
def test_what_else_there_is(text: str | int | float | None) -> None:
    """A dash in front of words is taken for a formula; what is no text is let through."""
    found = neutral(text)
    assert found == (f"'{text}" if isinstance(text, str) and text[0] in "+-" else text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A;=1+1;B", "A;'=1+1;B"),
        ("first\n- second", "first\n'- second"),
        ('x; "=1"', 'x; "\'=1"'),
        ("x;'=1", "x;''=1"),
        ("=1;=2", "'=1;'=2"),
        ("5 > 3; a - b", "5 > 3; a - b"),
    ],
)
def test_cells_within_a_text(text: str, written: str) -> None:
    """Where lists are separated by semicolons, each of them begins a cell."""
    assert neutral(text) == written
    assert original(written) == text


@given(st.text(st.sampled_from([*"=+-@|%'\t\r\n 1a,.;\"＝＠\u200b\ufeff\u202e\u00a0مس"])))
def test_any_text_can_be_had_back(text: str) -> None:
    """Taking one apostrophe away undoes it, whatever was typed."""
    written = neutral(text)
    assert isinstance(written, str)
    assert not would_be_a_formula(written)
    assert not any(cell and would_be_a_formula(cell) for cell in cells_by_semicolons(written))
    assert original(written) == text
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([written, "end"])
    assert next(csv.reader(io.StringIO(buffer.getvalue(), newline=""))) == [written, "end"]


@given(st.text())
def test_any_title_names_a_sheet(title: str) -> None:
    """Between 1 and 31 letters that spreadsheets accept."""
    name = sheet_name(title)
    assert 1 <= len(name) <= 31
    assert not re.search(r"[\[\]:*?/\\'\x00-\x1f\u202a-\u202e]", name)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("medina-en.csv", 'attachment; filename="medina-en.csv"'),
        ("../../etc/passwd", 'attachment; filename="passwd"'),
        ("C:\\x\\a.xlsx", 'attachment; filename="a.xlsx"'),
        ('a"; filename="b.exe', 'attachment; filename="a__ filename=_b.exe"'),
        ("a\r\nSet-Cookie: x=1.csv", 'attachment; filename="aSet-Cookie_ x=1.csv"'),
        ("\u202egpj.exe", 'attachment; filename="gpj.exe"'),
        ("...", 'attachment; filename="medina"'),
        (".csv", 'attachment; filename="medina.csv"'),
        (
            "comparaison-é.csv",
            "attachment; filename=\"comparaison-e.csv\"; filename*=UTF-8''comparaison-%C3%A9.csv",
        ),
        (
            "مدينة.csv",
            "attachment; filename=\"medina.csv\"; filename*=UTF-8''%D9%85%D8%AF%D9%8A%D9%86%D8%A9.csv",
        ),
    ],
)
def test_names_of_files(name: str, header: str) -> None:
    """A last part, without what no name should have; other letters in the second form."""
    assert attachment(name) == header


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_of_a_file(name: str) -> None:
    """One line of ASCII that a browser reads back as the safe name."""
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    message = Message()
    message["Content-Disposition"] = header
    safe = file_name(name)
    assert 1 <= len(safe) <= LONGEST + 9
    assert not re.search(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\"<>:|?*;%]", safe)
    assert unquote(header.rpartition("UTF-8''")[2]) == safe if "UTF-8''" in header else safe in header
    assert message.get_filename() == safe or not safe.isascii()
