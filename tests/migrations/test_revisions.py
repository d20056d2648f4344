"""Every revision goes up, down and up again on both databases; the schema is that of the models."""

from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from app.models import Base
from tests.databases import ROOT, Templates


def _config(connection: Connection | None = None) -> Config:
    config = Config(toml_file=str(ROOT / "pyproject.toml"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def test_one_head() -> None:
    """Revisions form one line."""
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def _up_down_up(connection: Connection) -> tuple[list[str], list[str], list[object]]:
    """Tables after going down, tables after coming up again, and differences from the models."""
    config = _config(connection)
    for revision in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, revision.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, revision.revision)
    command.downgrade(config, "base")
    bare = inspect(connection).get_table_names()
    command.upgrade(config, "head")
    full = inspect(connection).get_table_names()
    return bare, full, list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


async def test_up_down_up(engine: str, templates: Templates) -> None:
    """Nothing is left behind on the way down, nothing is missing after coming up."""
    name = f"m{uuid4().hex[:10]}"
    if engine == "postgresql":
        await templates.execute(f'CREATE DATABASE "{templates.database(name)}"')
    url = templates.owner_url(engine, name)
    opened = create_async_engine(url)
    try:
        async with opened.connect() as connection:
            bare, full, differences = await connection.run_sync(_up_down_up)
            await connection.commit()
    finally:
        await opened.dispose()
        await templates.drop(engine, url)
    assert bare == ["alembic_version"]
    assert set(full) == {*Base.metadata.tables, "alembic_version"}
    assert differences == []


@pytest.mark.parametrize("path", sorted((ROOT / "alembic" / "versions").glob("*.py")), ids=lambda p: p.name)
def test_revisions_stand_alone(path: Path) -> None:
    """A revision never imports the app: models change, revisions do not."""
    assert "import app" not in path.read_text()
    assert "from app" not in path.read_text()


def test_sqlite_is_new_enough() -> None:
    """RETURNING and NULLS LAST are used on both databases."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        version = connection.exec_driver_sql("select sqlite_version()").scalar_one()
    engine.dispose()
    assert tuple(int(part) for part in version.split(".")) >= (3, 35)
