"""Operator verbs: serve, migrate, seed, reindex, deliver, admin, verify, openapi."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from alembic import command
from alembic.config import Config
from pydantic import ValidationError
from sqlalchemy.engine.url import make_url

from app.core.actor import Role
from app.core.db import Database
from app.core.rowsecurity import set_up_app_role
from app.features.accounts.commands.people import InvitePerson
from app.features.accounts.service.invitations import make_invitation
from app.features.audit.queries import check_chain, hold_still
from app.features.audit.rules import Head, Verdict, derive_keys, read_anchor, write_anchor
from app.features.mail.queries import Standing, standing
from app.features.mail.service import deliver_due
from app.features.search.gateway import SearchIndex
from app.features.search.service import reindex as rebuild_index
from app.main import create_app
from app.seeding import is_empty
from app.seeding import seed as load_content
from app.settings import Settings
from app.web.logs import configure_logs
from app.web.mail import gateway_for, mail_invitation
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

admin = typer.Typer(no_args_is_help=True, help="People of the hub.")
cli.add_typer(admin, name="admin")


def _settings() -> Settings:
    return Settings()


def _with_address(settings: Settings, port: int) -> Settings:
    """Settings with the address readers use; this machine's where none is set."""
    if settings.public_url:
        return settings
    return settings.model_copy(update={"public_url": f"http://localhost:{port}"})


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


@admin.command("invite")
def invite_admin(
    email: Annotated[str, typer.Argument(help="Address the invitation goes to")],
    name: Annotated[str, typer.Option(help="Name of the person")] = "",
    language: Annotated[str, typer.Option(help="Language of the mail: ar, fr or en")] = "en",
    port: Annotated[int, typer.Option(envvar="PORT", help="Port of the service, for the link")] = 8000,
) -> None:
    """Invite an administrator of the hub: the first one, or one more when all are locked out."""
    settings = _with_address(_settings(), port)
    app = create_app(settings)
    try:
        command = InvitePerson.model_validate(
            {"email": email, "name": name or email, "language": language, "role": str(Role.HUB_ADMIN)}
        )
    except ValidationError as error:
        typer.echo("; ".join(str(item["msg"]) for item in error.errors()), err=True)
        raise typer.Exit(2) from error

    async def run() -> None:
        database = Database(settings.async_database_url)
        now = datetime.now(UTC)
        try:
            async with database.writing() as session:
                invited = await make_invitation(session, command, invited_by="system", now=now)
                mail_invitation(app, session, command, invited, place="", now=now)
            await deliver_due(database, gateway_for(settings), now=now)
        finally:
            await database.aclose()

    asyncio.run(run())
    place = settings.smtp_host or settings.mail_folder
    typer.echo(f"The invitation is good for 7 days; the mail went to {place}.")


@cli.command()
def verify(
    anchor: Annotated[
        Path | None, typer.Option(help="File kept elsewhere: checked against, then brought up to date")
    ] = None,
) -> None:
    """Check that nothing in the audit log was changed, removed, moved or added."""
    settings = _settings()
    keys = derive_keys(settings.every_secret)

    async def run(earlier: Head | None) -> Verdict:
        database = Database(settings.async_database_url)
        try:
            async with database.reading() as session:
                await hold_still(session)
                return await check_chain(session, keys, earlier)
        finally:
            await database.aclose()

    earlier = None
    if anchor and anchor.exists():
        try:
            earlier = read_anchor(anchor.read_text(encoding="utf-8"), keys)
        except ValueError as error:
            typer.echo(f"{anchor} is damaged, or is the anchor of another installation.", err=True)
            raise typer.Exit(1) from error
    verdict = asyncio.run(run(earlier))
    for found in verdict.findings:
        typer.echo(f"{found.damage}: from entry {found.sequence}, entries: {found.count}", err=True)
    if verdict.findings or verdict.head is None:
        raise typer.Exit(1)
    typer.echo(f"{verdict.head.sequence} {verdict.head.hash}")
    if anchor:
        if earlier is None:
            typer.echo(f"There was no anchor at {anchor} yet.", err=True)
        fresh = anchor.with_name(f"{anchor.name}.new")
        fresh.write_text(write_anchor(verdict.head), encoding="utf-8")
        fresh.replace(anchor)


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
    settings = _with_address(settings, port)
    configure_logs(as_json=settings.log_json)
    typer.echo(f"Medina: {settings.public_url}")
    uvicorn.run(create_app(settings), host=host, port=port, **SERVER)


def main() -> None:
    """Entry point of the command `medina`."""
    cli()


if __name__ == "__main__":
    main()
