"""Families that are kept out by what the source may not do (V17, V18, V20), and that this is noticed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.spreadsheet import neutral

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "app").rglob("*.py"))

SQL = frozenset({"text", "literal_column", "exec_driver_sql", "TextClause"})
MAY_BUILD_SQL = {"app/core/rowsecurity.py": "names of settings and roles of ours; no value of a request"}
NETWORK = frozenset({"httpx", "requests", "aiohttp", "socket", "urllib.request", "http.client", "ftplib"})
MAY_CALL_OUT = {
    "app/features/mail/gateway": "mail, to the server of the settings",
    "app/features/accounts/gateway": "sign-in, to the provider of the settings",
}


def built_sql(source: str) -> Iterator[int]:
    """Lines in which SQL is put together from parts."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            is_built = isinstance(node.args[0], ast.JoinedStr | ast.BinOp) or (
                isinstance(node.args[0], ast.Call) and getattr(node.args[0].func, "attr", "") == "format"
            )
            if called in SQL and is_built:
                yield node.lineno


def network_modules(source: str) -> set[str]:
    """Modules that could call another machine."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name in NETWORK or name.partition(".")[0] in NETWORK}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_v17_v18_no_built_sql_and_no_calls_out(path: Path) -> None:
    """SQL is never put together from texts; other machines are called in named places only."""
    name, source = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    if name not in MAY_BUILD_SQL:
        assert list(built_sql(source)) == []
    if not name.startswith(tuple(MAY_CALL_OUT)):
        assert network_modules(source) == set()


@pytest.mark.parametrize(
    "planted",
    [
        'session.execute(text(f"SELECT {x}"))', 'text("ORDER BY " + x)', 'text("{}".format(x))',
        'connection.exec_driver_sql(f"SET x = {y}")', 'literal_column("a" + b)',
    ],
)  # fmt: skip
def test_v17_a_planted_one_is_found(planted: str) -> None:
    """The rule can fail."""
    assert list(built_sql(planted)) == [1]


@pytest.mark.parametrize(
    "planted",
    ["import httpx", "from urllib.request import urlopen", "from urllib import request", "import socket"],
)
def test_v18_a_planted_one_is_found(planted: str) -> None:
    """The rule can fail."""
    assert network_modules(planted)


STARTS = "=+-@|%＝＋－＠"
ONLY_FIRST = "\t\r\n"
HIDDEN = ("", " ", "\u200f", "\u202b", "\ufeff", "\x00", "\u00a0", "\u200b \u200e")


def is_live(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula: by the first sign that shows."""
    shown = cell.lstrip("".join(HIDDEN) + ONLY_FIRST)
    return cell.startswith(tuple(ONLY_FIRST)) or shown.startswith(tuple(STARTS))


@given(st.sampled_from(STARTS), st.text(max_size=20), st.sampled_from(HIDDEN))
def test_v20_no_cell_begins_a_formula(start: str, rest: str, before: str) -> None:
    """Whatever a text begins with, a spreadsheet reads text."""
    typed = before + start + rest
    assert is_live(typed), "a function that lets all through would be noticed"
    assert not is_live(str(neutral(typed)))


def test_v20_numbers_and_words_stay() -> None:
    """What is no formula is not touched."""
    for value in (3, -4.5, None, "a = b", "مرحبا", ""):
        assert neutral(value) == value
