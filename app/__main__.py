"""Operator verbs: serve, migrate, seed, reindex, deliver, openapi."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from alembic import command
from alembic.config import Config
from sqlalchemy.engine.url import make_url

from app.core.db import Database
from app.core.rowsecurity import set_up_app_role
from app.features.mail.queries import Standing, standing
from app.features.mail.service import deliver_due
from app.features.search.gateway import SearchIndex
from app.features.search.service import reindex as rebuild_index
from app.main import create_app
from app.seeding import is_empty
from app.seeding import seed as load_content
from app.settings import Settings
from app.web.logs import configure_logs
from app.web.mail import gateway_for
from app.web.openapi import document
from app.web.protocol import BoundedHttp
from app.web.security import is_loopback

ROOT = Path(__file__).parent.parent
SERVER: dict[str, Any] = {
    "http": BoundedHttp,
    "ws": "none",
    "proxy_headers": False,  # who the client is, is decided in one place: app.web.clients
    "server_header": False,
    "log_config": None,
    "log_level": "warning",
    "access_log": False,
    "timeout_keep_alive": 5,
    "timeout_graceful_shutdown": 10,
}
"""How the server is run, whatever the settings."""

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Medina: needs of cities, good practice.")


def _settings() -> Settings:
    return Settings()


def _make_folder(settings: Settings) -> None:
    """SQLite does not make the folder of its file."""
    url = make_url(settings.async_database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


@cli.command()
def migrate() -> None:
    """Bring the database schema up to date, as its owner; make the role that serves if it is missing."""
    settings = _settings()
    _make_folder(settings)
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    config.attributes["url"] = settings.async_owner_database_url
    command.upgrade(config, "head")
    asyncio.run(set_up_app_role(settings.async_owner_database_url, settings.async_database_url))


@cli.command()
def seed(
    if_empty: Annotated[bool, typer.Option(help="Do nothing when there is content already")] = False,
) -> None:
    """Load vocabulary, places, practices and the hub's record into an empty database."""

    async def run() -> bool:
        database = Database(_settings().async_database_url)
        try:
            if await is_empty(database):
                await load_content(database)
                return True
            return False
        finally:
            await database.aclose()

    if asyncio.run(run()):
        typer.echo("Content loaded.")
    elif not if_empty:
        typer.echo("There is content already; nothing was loaded.", err=True)
        raise typer.Exit(1)


@cli.command()
def reindex() -> None:
    """Build the search index anew from the published practices."""

    async def run() -> int:
        settings = _settings()
        database = Database(settings.async_database_url)
        index = SearchIndex.open(settings.index_path)
        try:
            async with database.reading() as session:
                return await rebuild_index(session, index)
        finally:
            index.close()
            await database.aclose()

    typer.echo(f"{asyncio.run(run())} practices indexed.")


@cli.command()
def deliver() -> None:
    """Send the mails that are due, once: for a timer, where nothing is served or mails wait."""

    async def run() -> tuple[int, Standing]:
        settings = _settings()
        database = Database(settings.async_database_url)
        try:
            sent = await deliver_due(database, gateway_for(settings), now=datetime.now(UTC))
            async with database.reading() as session:
                return sent, await standing(session)
        finally:
            await database.aclose()

    sent, left = asyncio.run(run())
    typer.echo(f"{sent} mails sent, {left.waiting} wait, {left.given_up} were given up.")


@cli.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    settings = Settings(demo=True)
    typer.echo(json.dumps(document(create_app(settings)), ensure_ascii=False, indent=2))


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen on")] = 8000,
) -> None:
    """Serve pages and the API."""
    settings = _settings()
    if settings.demo and not is_loopback([host]):
        typer.echo("Demo mode lets everybody take any role; it only listens on this machine.", err=True)
        raise typer.Exit(2)
    if not settings.public_url:
        settings = settings.model_copy(update={"public_url": f"http://localhost:{port}"})
    configure_logs(as_json=settings.log_json)
    typer.echo(f"Medina: {settings.public_url}")
    uvicorn.run(create_app(settings), host=host, port=port, **SERVER)


def main() -> None:
    """Entry point of the command `medina`."""
    cli()


if __name__ == "__main__":
    main()
