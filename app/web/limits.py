"""Bounds on what a request may carry, and an id for every request."""

from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1_000_000
log = structlog.get_logger()


class BodyTooLarge(HTTPException):
    """More than `MAX_BODY` bytes were sent."""

    def __init__(self) -> None:
        super().__init__(status_code=413)


class LimitBody:
    """Refuses bodies over `MAX_BODY` bytes, by their header and while reading."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what arrives; stop when it is too much."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        read = int(declared) if declared.isdigit() else 0
        is_declared_too_large = read > MAX_BODY
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            if is_declared_too_large:
                raise BodyTooLarge()
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MAX_BODY:
                raise BodyTooLarge()
            return message

        await self.app(scope, counted, send)


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


class RequestLog:
    """Gives every request an id and writes one line about it, without content or query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note method, route and status; the id also goes out as a header."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex[:16]
        scope.setdefault("state", {})["request_id"] = request_id
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = getattr(scope.get("route"), "name", None)
            log.info("request", id=request_id, method=scope["method"], route=route, status=status)
