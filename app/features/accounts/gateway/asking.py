"""One question to another machine, one JSON object as its answer: in time, small, and from nowhere else."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from app.settings import LOOPBACK_HOSTS

Transport = httpx.AsyncBaseTransport
SECONDS = 10.0
"""How long an answer may take, from the first byte sent to the last one read."""
MOST_BYTES = 128 * 1024


class NotAnswering(Exception):
    """The provider cannot be reached, or says what makes no sense. `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_closed_way(address: object, issuer: str) -> bool:
    """Whether an address that the provider names may be used.

    HTTPS like the issuer's own; in the open only within this machine, where the issuer is there too.
    """
    if not isinstance(address, str) or not (address.isascii() and address.isprintable()) or " " in address:
        return False
    try:
        parts, scheme = urlsplit(address), urlsplit(issuer).scheme
        host = parts.hostname
        _ = parts.port  # raises for what is none
    except ValueError:
        return False
    if not host or parts.scheme != scheme or parts.username is not None or parts.fragment:
        return False
    return scheme == "https" or (scheme == "http" and host in LOOPBACK_HOSTS)


async def ask_json(
    client: httpx.AsyncClient,
    method: str,
    address: str,
    *,
    headers: Mapping[str, str],
    body: str = "",
) -> tuple[int, dict[str, Any]]:
    """Status (200 or 400) and object of an answer. Redirects are not followed; other answers are none.

    Raises `NotAnswering`.
    """
    asked = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
    try:
        async with (
            asyncio.timeout(SECONDS),
            client.stream(
                method, address, headers=asked, content=body.encode() or None, follow_redirects=False
            ) as answer,
        ):
            if answer.status_code not in (200, 400):
                raise NotAnswering(f"status {answer.status_code}")
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise NotAnswering("encoding")  # a few bytes may unfold into very many
            read = await _read(answer)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
        raise NotAnswering(type(error).__name__) from error
    try:
        found = json.loads(read)
    except (ValueError, RecursionError) as error:
        raise NotAnswering("no JSON") from error
    if not isinstance(found, dict):
        raise NotAnswering("no object")
    return answer.status_code, found


async def _read(answer: httpx.Response) -> bytes:
    read = bytearray()
    async for part in answer.aiter_raw():
        read += part
        if len(read) > MOST_BYTES:
            raise NotAnswering("size")
    return bytes(read)
