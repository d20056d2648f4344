"""Logs: which request went where and how it ended; never what was in it.

A line has only the keys listed here. Of an error it says the kinds and the places in the code, because
the words of an error often repeat what somebody typed.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, WrappedLogger

KEYS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "id",
        "method",
        "route",
        "status",
        "kind",
        "where",
        "directive",
        "blocked",
        "file",
        "mail",
        "attempts",
        "error",
        "reason",
        "role",
    }
)
"""What a line of the log may say. A new key needs the question whether it can carry content."""

MOST_PLACES = 12
LONGEST = 200
OUR_SERVER = ("uvicorn", "alembic")
"""Loggers whose sentences are about the server; of all others only the place is noted."""

log = structlog.get_logger()


def configure_logs(*, as_json: bool, file: TextIO | None = None) -> None:
    """Write logs as JSON lines or as text to `file`, by default to standard output."""
    out = file or sys.stdout
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.add_log_level,
            only_known_keys,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=out),
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_Places())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)


def only_known_keys(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Drop what is not in `KEYS`, and write line ends and other controls of texts as escapes."""
    return {key: _plain(value) for key, value in line.items() if key in KEYS}


def kinds(error: BaseException) -> str:
    """The kinds of an error and of what caused it, such as `IntegrityError < UniqueViolationError`."""
    return " < ".join(type(one).__name__ for one in _chain(error))


def places(error: BaseException) -> list[str]:
    """Where in the code the first cause of an error came up: the last places as `file:line function`."""
    *_, first = _chain(error)
    frames = traceback.extract_tb(first.__traceback__)[-MOST_PLACES:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _plain(value: Any) -> Any:
    if not isinstance(value, str) or value.isprintable():
        return value
    return value[:LONGEST].encode("unicode_escape").decode("ascii")


class _Places(logging.Formatter):
    """Lines of other libraries: their sentences may repeat content, so only the server's own are kept."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of text."""
        is_ours = record.name.startswith(OUR_SERVER)
        said = str(_plain(record.getMessage().strip())) if is_ours else f"{record.filename}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        about = f" {kinds(error)} {places(error)}" if error else ""
        return f"{record.levelname} {record.name} {said}{about}"


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
