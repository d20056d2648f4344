"""HTTP as the server reads it, with a bound on the head of a request."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024
"""Bytes of a head kept in memory at most; the app itself refuses far smaller ones with a proper answer."""

_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedHttp(HttpToolsProtocol):
    """Closes the connection of a client whose request line and headers do not come to an end.

    httptools itself keeps on collecting them; h11, which has a bound of its own, is slower.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_in_head = True
        self._head = 0

    def on_message_begin(self) -> None:
        """A head begins."""
        self._is_in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """It ends."""
        self._is_in_head = False
        self._head = 0
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on while the head is within its bound."""
        super().data_received(data)
        if not self._is_in_head or self.transport.is_closing():
            return
        self._head += len(data)
        if self._head > MAX_HEAD:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
