"""A real server and raw bytes: heads without end, and what the server says of itself."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.__main__ import SERVER
from app.web.protocol import MAX_HEAD


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    """Says who it thinks is asking."""
    seen = f"{scope['client'][0]} {scope['scheme']} {len(scope['headers'])}"
    await PlainTextResponse(seen)(scope, receive, send)


@pytest.fixture
def port() -> Iterator[int]:
    """A server run as `medina serve` runs it."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(_app, **{**SERVER, "lifespan": "off"}))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(timeout=10)


def _ask(port: int, *parts: bytes) -> bytes:
    """Send parts as long as the other side takes them; gives what came back until it closed."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as connection:
        try:
            for part in parts:
                connection.sendall(part)
        except ConnectionError:
            pass
        got = b""
        try:
            while data := connection.recv(65536):
                got += data
        except ConnectionError:
            pass
        return got


def test_claims_about_the_client_are_not_the_servers_business(port: int) -> None:
    """One place decides that; and the server does not name its make."""
    got = _ask(
        port,
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n"
        b"Connection: close\r\n\r\n",
    )
    assert b"127.0.0.1 http 4" in got
    assert b"\r\nserver:" not in got.lower()


@pytest.mark.parametrize(
    "begin", [b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ", b"GET /", b"GET / HTTP/1.1\r\nHost: x\r\n"]
)
def test_a_head_without_end_is_cut(port: int, begin: bytes) -> None:
    """One endless header, an endless address, endlessly many headers: little of it is kept."""
    more = b"X-A: b\r\n" * 1000 if begin.endswith(b"\n") else b"a" * 8000
    got = _ask(port, begin, *[more] * (20 * MAX_HEAD // 8000))
    assert got == b"" or got.startswith(b"HTTP/1.1 431")


def test_large_bodies_and_many_requests_are_none_of_it(port: int) -> None:
    """Only the head is measured, and each anew."""
    one = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"a" * 200_000
    last = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert _ask(port, one, one, last).count(b"HTTP/1.1 200") == 3
