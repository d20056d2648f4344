"""A server for the measurement of saves: `python -m bench.server PORT WRITERS [plain]`.

Settings come from the environment. WRITERS is the size of the pool of connections that write; 0 leaves it
as it is in production. With `plain` these connections are aiosqlite's own, each step in a thread.
"""

import sys

import structlog
import uvicorn
from sqlalchemy import event
from sqlalchemy.engine.url import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app import main
from app.core.db import WAIT_SECONDS, Database, _begin, _set_up_sqlite
from app.settings import Settings


class WithWriters(Database):
    """A database with another number of connections that write."""

    writers = 0
    is_plain = False

    def _engine(self, pool_size: int, *, readonly: bool) -> AsyncEngine:
        if not readonly and self.is_plain:
            return _plain(self.url, self.writers)
        return super()._engine(pool_size if readonly else self.writers or pool_size, readonly=readonly)


def _plain(url: URL, writers: int) -> AsyncEngine:
    """A pool as the libraries make it, with the same promises: durable, IMMEDIATE, as long to wait."""
    options = {"timeout": WAIT_SECONDS, "isolation_level": None}
    engine = create_async_engine(
        url, pool_size=writers, max_overflow=0, pool_timeout=WAIT_SECONDS, connect_args=options
    )
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin("BEGIN IMMEDIATE"))
    return engine


def serve(port: int, writers: int, *, is_plain: bool) -> None:
    """Serve on this machine until stopped."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    WithWriters.writers, WithWriters.is_plain = writers, is_plain
    setattr(main, "Database", WithWriters)  # noqa: B010 - the app makes its own database
    uvicorn.run(main.create_app(Settings()), host="127.0.0.1", port=port, log_level="critical", loop="uvloop")


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]), is_plain="plain" in sys.argv[3:])
