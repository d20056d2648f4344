"""Bounds on what a body may say: texts, lists, levels, names of fields."""

import json
from collections.abc import Iterator
from typing import Any

from app.core.errors import FieldError
from app.core.messages import noop

MAX_FIELDS = 1_000
MAX_TEXT = 20_000
MAX_NAME = 200
"""Characters in the name of a field of a form."""
MAX_LIST = 500
MAX_DEPTH = 32

TEXT_TOO_LONG = noop("Write at most %(max_length)s characters")
LIST_TOO_LONG = noop("Give at most %(max_length)s")
TOO_DEEP = noop("This is nested more than %(max_length)s levels deep")


def fault_of_json(body: bytes) -> FieldError | None:
    """The first text, list or depth in a JSON document over its limit; None when there is none.

    What is no JSON is left to those who read it: they say so.
    """
    try:
        document = json.loads(body)
    except RecursionError:
        return FieldError("", TOO_DEEP, {"max_length": MAX_DEPTH})
    except ValueError:
        return None
    return _fault(document)


def _fault(document: Any) -> FieldError | None:
    waiting: list[tuple[Any, tuple[str, ...]]] = [(document, ())]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, str):
            if len(value) > MAX_TEXT:
                return _error(path, TEXT_TOO_LONG, MAX_TEXT)
        elif isinstance(value, list | dict):
            if len(path) >= MAX_DEPTH:
                return _error((), TOO_DEEP, MAX_DEPTH)
            if isinstance(value, list) and len(value) > MAX_LIST:
                return _error(path, LIST_TOO_LONG, MAX_LIST)
            for key, child in _children(value):
                if len(key) > MAX_TEXT:
                    return _error(path, TEXT_TOO_LONG, MAX_TEXT)
                if isinstance(child, str | list | dict):
                    waiting.append((child, (*path, key)))
    return None


def _children(value: list[Any] | dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        yield from ((str(number), child) for number, child in enumerate(value))


def _error(path: tuple[str, ...], message: str, limit: int) -> FieldError:
    return FieldError(".".join(path), message, {"max_length": limit})


def faults_of_form(values: dict[str, list[str]]) -> tuple[FieldError, ...]:
    """What in a form is over the limits: names, texts, repeated fields, and lists such as `needs.0.text`."""
    for name, typed in values.items():
        if len(name) > MAX_NAME or any(len(text) > MAX_TEXT for text in typed):
            longest = MAX_NAME if len(name) > MAX_NAME else MAX_TEXT
            return (FieldError(name[:MAX_DEPTH], TEXT_TOO_LONG, {"max_length": longest}),)
        if name.count(".") >= MAX_DEPTH:
            return (FieldError("", TOO_DEEP, {"max_length": MAX_DEPTH}),)
    lists: dict[str, set[str]] = {}
    for name in values:
        parts = name.split(".")
        for place, part in enumerate(parts):
            if part.isdecimal():
                lists.setdefault(".".join(parts[:place]), set()).add(part)
    long = {name for name, typed in values.items() if len(typed) > MAX_LIST}
    long |= {name for name, numbers in lists.items() if len(numbers) > MAX_LIST}
    return tuple(FieldError(name, LIST_TOO_LONG, {"max_length": MAX_LIST}) for name in sorted(long))
