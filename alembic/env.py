"""Runs migrations on SQLite (in batch mode) and PostgreSQL.

The database comes from `config.attributes["url"]` (set by `medina migrate` and the tests),
else from the environment variables MEDINA_OWNER_DATABASE_URL or MEDINA_DATABASE_URL.
"""

import asyncio
import os
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, types
from sqlalchemy.engine.url import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from app.models import Base
from app.models.base import Utc

DEFAULT_URL = "sqlite+aiosqlite:///var/medina.db"


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Spell our own types as SQLAlchemy's, so that a revision never imports `app`."""
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, types.Enum):
        return f"sa.String(length={item.length})"
    return False


def migrate(connection: Connection) -> None:
    """Run the revisions on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_type=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_url(url: str) -> None:
    """Connect to `url` and run the revisions."""
    # Revisions move rows of every city: the policies of PostgreSQL hold for the owner of the tables too.
    is_postgresql = make_url(url).get_backend_name() == "postgresql"
    told = {"server_settings": {"medina.system": "on"}} if is_postgresql else {}
    engine = create_async_engine(url, connect_args=told)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


shared: Connection | None = context.config.attributes.get("connection")
if shared is not None:
    migrate(shared)
else:
    asyncio.run(
        migrate_url(
            context.config.attributes.get("url")
            or os.environ.get("MEDINA_OWNER_DATABASE_URL")
            or os.environ.get("MEDINA_DATABASE_URL", DEFAULT_URL)
        )
    )
