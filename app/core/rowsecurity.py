"""What PostgreSQL is told of a scope, and the role that its row security holds for.

Policies of the tables read the settings named here. Nothing is told of a scope that may touch nothing
private: a setting that is missing lets nothing through.
"""

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from app.core.scope import PUBLIC, Area, Scope

EVERYWHERE = "*"
COUNTRY = "country:"
SETTINGS = ("system", "own", "hub", "edit", "desk", "network", "partner")
APPEND_ONLY = ("audit_entry",)
"""Tables of which the app role may neither change nor delete rows."""

TELL: TextClause = text(
    "SELECT " + ", ".join(f"set_config('medina.{name}', :{name}, true)" for name in SETTINGS)
)
"""Holds until the transaction ends, so that it cannot reach whoever has the connection next."""
_TABLES_OF_SCHEMA = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
_IS_ABOVE = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
_IS_THERE = text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
_CREATE = text(
    "SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', CAST(:role AS text), CAST(:password AS text))"
)


def settings_of(scope: Scope) -> dict[str, str]:
    """The values of the settings, by name."""
    return {
        "system": _switch(scope.is_system),
        "own": _items(scope.own),
        "hub": _items(scope.hub),
        "edit": _switch(scope.may_edit),
        "desk": _switch(scope.is_desk),
        "network": _switch(scope.is_network),
        "partner": _items(scope.partner),
    }


def tell(connection: Connection, scope: Scope) -> None:
    """Tell the database the scope of the transaction that has just begun; other databases need not know."""
    if connection.dialect.name == "postgresql" and scope != PUBLIC:
        connection.execute(TELL, settings_of(scope))


def _switch(is_on: bool) -> str:
    return "on" if is_on else ""


def _items(area: Area) -> str:
    """Places as they are, countries with a prefix, `*` for everywhere; codes have no commas."""
    if area.is_everywhere:
        return EVERYWHERE
    items = [*sorted(area.cities), *(f"{COUNTRY}{code}" for code in sorted(area.countries))]
    if any("," in item or item == EVERYWHERE for item in items):
        raise ValueError("An area names something that is no code")
    return ",".join(items)


async def is_above_row_security(engine: AsyncEngine) -> bool:
    """Whether the role of this connection reads every row of PostgreSQL, whatever the policies say."""
    if engine.dialect.name != "postgresql":
        return False
    async with engine.connect() as connection:
        return bool(await connection.scalar(_IS_ABOVE))


async def set_up_app_role(owner_url: str, app_url: str) -> None:
    """Make the role of `app_url` if it is missing, and let it read and write rows, but not the schema.

    Does nothing on SQLite, or where the owner of the tables is the role that serves.
    """
    owner, app = make_url(owner_url), make_url(app_url)
    if app.get_backend_name() != "postgresql" or owner.username == app.username:
        return
    engine = create_async_engine(owner_url, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await _make_role(connection, app)
            await _grant(connection, app)
    finally:
        await engine.dispose()


async def _make_role(connection: AsyncConnection, app: URL) -> None:
    if await connection.scalar(_IS_THERE, {"role": app.username}):
        return
    statement = await connection.scalar(_CREATE, {"role": app.username, "password": app.password or ""})
    await connection.exec_driver_sql(str(statement))


async def _grant(connection: AsyncConnection, app: URL) -> None:
    quote = connection.dialect.identifier_preparer.quote_identifier
    role, database = quote(str(app.username)), quote(str(app.database))
    schema = quote(str(await connection.scalar(text("SELECT current_schema()"))))
    tables = set(await connection.scalars(_TABLES_OF_SCHEMA))
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    statements = [
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA {schema} TO {role}",
        f"GRANT {numbers} ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {rows} ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {numbers} ON SEQUENCES TO {role}",
        *(f"REVOKE UPDATE, DELETE ON {quote(name)} FROM {role}" for name in APPEND_ONLY if name in tables),
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    ]
    for statement in statements:
        await connection.exec_driver_sql(statement)
