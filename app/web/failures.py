"""What nobody expected: a general answer for the reader, a note for us, and none of the error's words."""

import structlog
from fastapi import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import request_id, unexpected
from app.web.logs import kinds, places

log = structlog.get_logger()

FAILURE = "failure"
"""Where the state of a request keeps the error that it failed with."""


class CatchFailures:
    """Ends an unexpected error here, inside the headers and the log.

    Starlette's own catcher stands outside of all middleware, so its answers would have no headers, and it
    hands the error on to the server, which would print it with all that it says.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 500 when the app raises; an answer that has begun is broken off."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            scope.setdefault("state", {})[FAILURE] = error
            told = await _told(Request(scope), error)
            if not has_begun:
                await told(scope, receive, send)


async def _told(request: Request, error: Exception) -> Response:
    """The page for it; a few plain words when that page is what fails."""
    try:
        return await unexpected(request, error)
    except Exception as again:
        id_ = request_id(request)
        log.error("unexpected", id=id_, kind=kinds(again), where=places(again))
        return PlainTextResponse(f"Medina: 500 {id_}", 500)
