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
MAY_CALL_OUT = {"app/features/mail/gateway": "mail, to the server of the settings", "app/features/accounts/gateway": "sign-in, to the provider of the settings"}  # fmt: skip


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


STARTS = "=+-@|%\t\r\n＝＋－＠"


@given(st.sampled_from(STARTS), st.text(max_size=20), st.sampled_from(["", " ", "\u200f", "\x00"]))
def test_v20_no_cell_begins_a_formula(start: str, rest: str, before: str) -> None:
    """Whatever a text begins with, a spreadsheet reads text; numbers stay numbers."""
    cell = str(neutral(before + start + rest))
    assert cell.startswith("'") or cell.lstrip("\u200f\u200e \x00")[:1] not in STARTS or _is_number(cell)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_v20_a_broken_build_is_noticed() -> None:
    """The sentence above is false of a function that lets all through."""
    assert not "=1+1".startswith("'")
    assert str(neutral("=1+1")).startswith("'")
    assert neutral(3) == 3
