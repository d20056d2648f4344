"""`make bench`: results as Markdown on standard output. SIZES=10000,100000 chooses the libraries."""

import asyncio
import os
import platform
import tempfile
from pathlib import Path

import structlog
from pydantic import SecretStr

from app.core.db import Database
from app.seeding import seed
from app.settings import Settings
from bench import enumeration, saves, search
from tests.databases import migrate, start

TWINS = ("accounts", "twin")
SIZES = os.environ.get("SIZES", "10000,100000")


def prepare(url: str) -> None:
    """Migrate a database and load the demo content."""
    migrate(url)

    async def fill() -> None:
        database = Database(url)
        await seed(database)
        await database.aclose()

    asyncio.run(fill())


def served(folder: Path, name: str) -> Settings:
    """Settings for a database of its own with the demo content, outside demo mode."""
    url = f"sqlite+aiosqlite:///{folder / name}.db"
    prepare(url)
    return Settings(
        _env_file=None,
        database_url=url,
        index_path=folder / f"index-{name}",
        mail_folder=folder / f"mail-{name}",
        public_url="http://localhost",
        secret_key=SecretStr("of the bench only, and of nothing else at all"),
    )


def main() -> None:
    """Searches on each size, the time of sign-in mails, then saves on each way of writing."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores.\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="medina-bench-") as name:
        folder = Path(name)
        for size in (int(text) for text in SIZES.split(",") if text):
            url = f"sqlite+aiosqlite:///{folder / f'{size}.db'}"
            prepare(url)
            settings = Settings(
                _env_file=None, database_url=url, index_path=folder / f"index-{size}", demo=True
            )
            print(asyncio.run(search.measure(settings, size)), "\n", flush=True)
        print(asyncio.run(enumeration.measure(*(served(folder, name) for name in TWINS))), "\n", flush=True)
        url, stop = start(folder / "server")
        try:
            print(saves.measure(folder, url, prepare), flush=True)
        finally:
            stop()


if __name__ == "__main__":
    main()
