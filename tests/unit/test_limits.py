"""Bounds of JSON documents and of forms, each at its limit and one beyond."""

import json
import time
from typing import Any

import pytest

from app.web.bounds import MAX_DEPTH, MAX_LIST, MAX_NAME, MAX_TEXT, fault_of_json, faults_of_form
from app.web.limits import MAX_BODY


def _nested(depth: int, leaf: Any = 1) -> Any:
    value = leaf
    for number in range(depth):
        value = [value] if number % 2 else {"a": value}
    return value


@pytest.mark.parametrize(
    ("fits", "is_over", "field"),
    [
        ({"a": {"b": "ش" * MAX_TEXT}}, {"a": {"b": "ش" * (MAX_TEXT + 1)}}, "a.b"),
        ({"a": [0] * MAX_LIST}, {"a": [0] * (MAX_LIST + 1)}, "a"),
        ([[""] * MAX_LIST], [[""] * (MAX_LIST + 1)], "0"),
        (_nested(MAX_DEPTH), _nested(MAX_DEPTH + 1), ""),
        ({"k" * MAX_TEXT: 1}, {"k" * (MAX_TEXT + 1): 1}, ""),
        ("x" * MAX_TEXT, "x" * (MAX_TEXT + 1), ""),
    ],
)
def test_json_at_its_limits(fits: Any, is_over: Any, field: str) -> None:
    """What fits has no fault; one more has, and it is named."""
    assert fault_of_json(json.dumps(fits).encode()) is None
    fault = fault_of_json(json.dumps(is_over).encode())
    assert fault is not None
    assert fault.field == field


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'"\\ud800"', b"NaN", b"9" * 5000])
def test_what_is_no_json_is_left_to_others(body: bytes) -> None:
    """Here it is only measured."""
    assert fault_of_json(body) is None


@pytest.mark.parametrize(
    "body",
    [
        b"[" * MAX_BODY,
        b"[" * 400_000 + b"]" * 400_000,
        b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
        b"[" + b"[]," * 300_000 + b"[]]",
        b"{" + b",".join(b'"%d":[]' % number for number in range(80_000)) + b"}",
    ],
)
def test_bombs_are_found_quickly(body: bytes) -> None:
    """Whatever is packed into one megabyte."""
    begun = time.process_time()
    fault_of_json(body)
    assert time.process_time() - begun < 1


def test_forms_at_their_limits() -> None:
    """Long texts, repeated fields, and lists by the numbers in the names of fields."""
    fits = {
        "text": ["x" * MAX_TEXT],
        "many": ["x"] * MAX_LIST,
        **{f"needs.{number}.text": ["x"] for number in range(MAX_LIST)},
    }
    assert faults_of_form(fits) == ()
    assert [fault.field for fault in faults_of_form({"text": ["x" * (MAX_TEXT + 1)]})] == ["text"]
    over = {
        "many": ["x"] * (MAX_LIST + 1),
        **{f"needs.{number}.text": ["x"] for number in range(MAX_LIST + 1)},
    }
    assert [fault.field for fault in faults_of_form(over)] == ["many", "needs"]


@pytest.mark.parametrize("name", ["x" * (MAX_NAME + 1), "0." * MAX_DEPTH, "0." * 400_000, "." * MAX_DEPTH])
def test_names_of_fields_have_limits_and_cost_nothing(name: str) -> None:
    """Names are cut into parts, and each beginning is a list of its own: long ones are not looked at."""
    assert len(faults_of_form({name: ["x"], "text": ["x"]})) == 1
    assert faults_of_form({"0." * (MAX_DEPTH - 1) + "text": ["x"]}) == ()
