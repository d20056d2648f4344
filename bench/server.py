"""A server for the measurement of saves: `python -m bench.server PORT WRITERS`.

Settings come from the environment. WRITERS is the size of the pool of connections that write; 0 leaves it
as it is in production.
"""

import sys
from typing import Any

import structlog
import uvicorn

from app import main
from app.core.db import Database
from app.settings import Settings


class WithWriters(Database):
    """A database with another number of connections that write."""

    writers = 0

    def _engine(self, pool_size: int, *, readonly: bool) -> Any:
        return super()._engine(pool_size if readonly else self.writers or pool_size, readonly=readonly)


def serve(port: int, writers: int) -> None:
    """Serve on this machine until stopped."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    WithWriters.writers = writers
    setattr(main, "Database", WithWriters)  # noqa: B010 - the app makes its own database
    uvicorn.run(main.create_app(Settings()), host="127.0.0.1", port=port, log_level="critical", loop="uvloop")


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
