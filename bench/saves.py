"""64 officials save a section of their consultations at once, over HTTP, on four ways of writing."""

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from urllib.parse import SplitResult, urlencode, urlsplit
from uuid import uuid4

import httpx
from sqlalchemy.engine.url import make_url

from app.web.identity import FORM_HEADER
from app.web.security import SESSION_COOKIE
from bench.timing import MILLISECOND, table
from tests.databases import connect
from tests.factories.people import cookie_of

AT_ONCE = 64
SAVES_EACH = 12
ROUNDS = 2
OFFICIAL = "official:iq-mosul"
ONE = "SQLite, one writer"
PLAIN = "SQLite, a pool of 16 as the libraries make it"
POOL = "SQLite, a pool of 16 of our connections"
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
SEE_OTHER = 303
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n{credentials}"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
)


class Run:
    """What was measured of one way of writing."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.errors = 0
        self.wall = 0.0

    @property
    def p99(self) -> float:
        """The 99th percentile, in milliseconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.99)] / MILLISECOND

    @property
    def rate(self) -> float:
        """Saved sections a second."""
        return (len(self.seconds) - self.errors) / self.wall


def measure(folder: Path, server: str, prepare: Callable[[str], None]) -> str:
    """All ways in turns, on databases of their own; gives the results as Markdown."""
    sqlite = f"sqlite+aiosqlite:///{folder / 'saves.db'}"
    postgresql = asyncio.run(_create_database(server))
    for url in (sqlite, postgresql):
        prepare(url)
    ways = {
        ONE: (sqlite, "0"),
        PLAIN: (sqlite, "16", "plain"),
        POOL: (sqlite, "16"),
        "PostgreSQL": (postgresql, "0"),
    }
    runs = {name: Run() for name in ways}
    for number in range(ROUNDS):
        for name, (url, *how) in ways.items():
            with _serving(folder / f"index-{number}", url, how) as address:
                asyncio.run(_storm(address, runs[name]))
    rows = [
        [name, f"{run.rate:.0f}", f"{run.p99:.0f}", f"{run.errors} of {len(run.seconds)}"]
        for name, run in runs.items()
    ]
    head = ["way", "saves a second", "p99, ms", "errors"]
    return "\n".join(
        [
            f"## {AT_ONCE} consultations saved at once",
            "",
            table(head, rows),
            "",
            *(_against(runs[ONE], name, runs[name]) for name in (PLAIN, POOL)),
        ]
    )


def _against(one: Run, name: str, pool: Run) -> str:
    """One writer against a pool."""
    rate, p99 = one.rate / pool.rate, one.p99 / pool.p99
    return (
        f"- One writer against {name.removeprefix('SQLite, ')}: {rate:.2f} x the saves, {p99:.2f} x the p99"
    )


async def _create_database(server: str) -> str:
    connection = await connect(server)
    await connection.execute("CREATE DATABASE medina_bench")
    await connection.close()
    url = make_url(server).set(drivername="postgresql+asyncpg", database="medina_bench")
    return url.render_as_string(hide_password=False)


@contextmanager
def _serving(index: Path, url: str, how: Sequence[str]) -> Iterator[str]:
    """A server process of its own; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"MEDINA_DATABASE_URL": url, "MEDINA_INDEX_PATH": str(index), "MEDINA_DEMO": "1"}
    command = [sys.executable, "-m", "bench.server", str(port), *how]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    address = f"http://127.0.0.1:{port}"
    try:
        asyncio.run(_until_ready(address))
        yield address
    finally:
        process.terminate()
        process.wait()


async def _until_ready(address: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(600):
            try:
                if (await client.get(f"{address}/health/ready")).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise RuntimeError("The server did not start")


async def _storm(address: str, run: Run) -> None:
    """Start a draft for everybody, then let all save at once."""
    async with httpx.AsyncClient(base_url=address) as client:
        credentials = await _sign_in(client)
        client.headers.update({"Sec-Fetch-Site": "same-origin", **credentials})
        paths = []
        for _ in range(AT_ONCE):
            started = await client.post("/en/consultations/new")
            paths.append(started.headers["location"])
    start = perf_counter()
    told = "".join(f"{name}: {value}\r\n" for name, value in credentials.items())
    await asyncio.gather(*(_save_again_and_again(urlsplit(address), path, told, run) for path in paths))
    run.wall += perf_counter() - start


async def _sign_in(client: httpx.AsyncClient) -> dict[str, str]:
    """What a browser of the demo's official carries: a session, and the token of a form."""
    answer = await client.post("/demo/sign-in", data={"persona": OFFICIAL})
    cookie = {"Cookie": f"{SESSION_COOKIE}={cookie_of(answer)}"}
    page = await client.get("/en/consultations", headers=cookie)
    found = _TOKEN.search(page.text)
    assert found, "a page with a form"
    return {**cookie, FORM_HEADER: found[1]}


async def _save_again_and_again(address: SplitResult, path: str, credentials: str, run: Run) -> None:
    """One official over one connection, without a library that would be busier than the server."""
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    for number in range(SAVES_EACH):
        form = {"title": f"Saved {number} times", "action": "later", "version": number, "page": uuid4().hex}
        body = urlencode(form).encode()
        head = HEAD.format(
            path=f"{path}/about", host=address.netloc, credentials=credentials, length=len(body)
        )
        start = perf_counter()
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = re.search(r"content-length: (\d+)", answer)
        await reader.readexactly(int(length[1]) if length else 0)
        run.seconds.append(perf_counter() - start)
        run.errors += not answer.startswith(f"http/1.1 {SEE_OTHER}")
    writer.close()
