"""What the documents name exists: files of links, and the names of the glossary."""

import importlib
import json
import re
from pathlib import Path

import pytest

from app.models import Base

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
SNAPSHOT = ROOT / "tests" / "contracts" / "openapi.v1.json"
LONGEST = 160

_ROWS = [
    [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith(("| Term", "| ---"))
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a document is a file."""
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_glossary_is_short_and_in_order() -> None:
    """One line a term, by the alphabet, each with its word in all three languages."""
    terms = [row[0].lower() for row in _ROWS]
    assert len(GLOSSARY.splitlines()) <= LONGEST
    assert terms == sorted(set(terms))
    for row in _ROWS:
        assert len(row) == 7, row
        assert all(row[:4]), row
        assert re.search(r"[\u0621-\u064a]|P-code", row[1]), row


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row[0])
def test_names_of_the_glossary_exist(row: list[str]) -> None:
    """The field of the interface, the module or class, the table or column."""
    *_, api, code, database = row
    if api:
        schema, _, field = api.partition(".")
        assert any(not field or field in fields for fields in _schemas(schema)), api
    if code:
        assert _found(code), code
    if database:
        table, _, column = database.partition(".")
        assert table in Base.metadata.tables, database
        assert not column or column in Base.metadata.tables[table].columns, database


def _schemas(name: str) -> list[set[str]]:
    """The fields of the schemas of a name (two slices may have one of the same name)."""
    found = json.loads(SNAPSHOT.read_text(encoding="utf-8"))["components"]["schemas"]
    return [
        set(schema.get("properties", {})) for key, schema in found.items() if key.rpartition("__")[2] == name
    ]


def _found(code: str) -> bool:
    """Whether `code` is a module below `app`, or something in one."""
    try:
        importlib.import_module(f"app.{code}")
    except ModuleNotFoundError:
        module, _, name = code.rpartition(".")
        return hasattr(importlib.import_module(f"app.{module}"), name)
    return True
