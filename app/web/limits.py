"""Refuses requests that carry too much, before anything reads them."""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.bounds import fault_of_json
from app.web.errors import answer
from app.web.origins import SAFE_METHODS, is_json

MAX_BODY = 1_000_000
MAX_HEADERS = 16 * 1024
MAX_URL = 8 * 1024


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
