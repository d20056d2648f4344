"""The interface that partners build on changes only on purpose: `make snapshot` accepts a change."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from openapi_spec_validator import validate

from tests.conftest import Library

SNAPSHOT = Path(__file__).parent / "openapi.v1.json"


@pytest.fixture
def document(library: Library) -> dict[str, Any]:
    """The document as partners get it."""
    found: dict[str, Any] = library.get("/openapi.json").json()
    return found


def test_is_the_documented_one(document: dict[str, Any]) -> None:
    """Nothing was added, renamed or removed without accepting it."""
    assert document == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_is_valid_and_speaks_of_the_interface_only(document: dict[str, Any]) -> None:
    """OpenAPI 3.1, paths with their prefix, explicit names of operations."""
    validate(document)
    assert document["openapi"].startswith("3.1")
    operations = [one for path in document["paths"].values() for one in path.values() if "operationId" in one]
    assert all(path.startswith("/api/v1/") for path in document["paths"])
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    assert all("_" not in name for name in names)


def test_answers_give_every_field(document: dict[str, Any]) -> None:
    """Partners may rely on each field of an answer: none is optional."""
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("Out"):
            assert set(schema.get("required", [])) == set(schema.get("properties", {})), name


def test_examples_work(library: Library, document: dict[str, Any]) -> None:
    """What the document gives as an example of a question gets an answer."""
    for path, operations in document["paths"].items():
        query = []
        for parameter in operations["get"].get("parameters", []):
            for example in parameter.get("schema", {}).get("examples", parameter.get("examples", []))[:1]:
                if parameter["in"] == "path":
                    path = path.replace(f"{{{parameter['name']}}}", example)
                elif parameter["in"] == "query":
                    of = example if isinstance(example, list) else [example]
                    query += [(parameter["name"], one) for one in of]
        if "{" not in path:
            answer = library.get(f"{path}?{urlencode(query)}")
            assert answer.status_code == 200, f"{path} {query} {answer.text[:200]}"
