"""Bounds on what a request may carry: bytes, texts, lists and levels."""

import json
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.errors import FieldError
from app.core.messages import noop
from app.web.errors import answer
from app.web.origins import SAFE_METHODS, is_json

MAX_BODY = 1_000_000
MAX_FIELDS = 1_000
MAX_TEXT = 20_000
MAX_NAME = 200
"""Characters in the name of a field of a form."""
MAX_LIST = 500
MAX_DEPTH = 32
MAX_HEADERS = 16 * 1024
MAX_URL = 8 * 1024

TEXT_TOO_LONG = noop("Write at most %(max_length)s characters")
LIST_TOO_LONG = noop("Give at most %(max_length)s")
TOO_DEEP = noop("This is nested more than %(max_length)s levels deep")


class BodyTooLarge(HTTPException):
    """More than `MAX_BODY` bytes were sent."""

    def __init__(self) -> None:
        super().__init__(status_code=413)


class LimitBody:
    """Refuses bodies over `MAX_BODY` bytes, by their header and while reading; looks through JSON first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives; stop when it is too much."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or len(declared) > 12 or int(declared) > MAX_BODY:
            await answer(Request(scope), 413 if declared.isdecimal() else 400)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MAX_BODY:
                raise BodyTooLarge()
            return message

        if scope["method"] in SAFE_METHODS or not is_json(headers.get("content-type", "")):
            await self.app(scope, counted, send)
            return
        try:
            messages = await _all_of(counted)
        except BodyTooLarge:
            await answer(Request(scope), 413)(scope, receive, send)
            return
        if fault := fault_of_json(b"".join(message.get("body", b"") for message in messages)):
            await answer(Request(scope), 422, fields=(fault,))(scope, receive, send)
            return
        again = iter(messages)

        async def replayed() -> Message:
            return next(again, None) or await receive()

        await self.app(scope, replayed, send)


async def _all_of(receive: Receive) -> list[Message]:
    """The messages that make up a body, or all until the client went away."""
    messages = []
    while True:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request" or not message.get("more_body", False):
            return messages


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


class NoZeroBytes:
    """Takes zero bytes out of addresses: no record has any in its name, and PostgreSQL refuses them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Clean the path and the query."""
        if scope["type"] == "http":
            scope["path"] = scope["path"].replace("\x00", "\ufffd")
            scope["query_string"] = scope["query_string"].replace(b"%00", b"")
        await self.app(scope, receive, send)
