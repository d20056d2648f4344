"""row security of published copies: PostgreSQL shows each reader the copies that are for them

Copies for the network are for whoever holds a role; copies for partners are for partners, staff and
officials of the place. Only the desk of the hub publishes; a city may take its own copies away.

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_audience_rows
Revises: 20261125_row_security
"""

from collections.abc import Sequence

from alembic import op

revision: str = "20261125_audience_rows"
down_revision: str | None = "20261125_row_security"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE = "published_record"


def _told(name: str) -> str:
    return f"(SELECT current_setting('medina.{name}', true))"


def _about(*names: str) -> str:
    """Whether the areas of some settings cover a place that the copy is about."""
    covers = []
    for name in names:
        items = f"(SELECT string_to_array(current_setting('medina.{name}', true), ','))::text[]"
        of_country = f"'country:' || p.country_code = ANY ({items})"
        covers.append(f"('*' = ANY ({items}) OR a.place_id = ANY ({items}) OR {of_country})")
    return (
        "EXISTS (SELECT 1 FROM published_place a JOIN place p ON p.id = a.place_id"
        f" WHERE a.record_id = {TABLE}.id AND ({' OR '.join(covers)}))"
    )


SYSTEM = f"{_told('system')} = 'on'"
PUBLISHES = f"({SYSTEM} OR {_told('desk')} = 'on')"
FOR_NETWORK = f"(audience = 'network' AND {_told('network')} = 'on')"
FOR_PARTNERS = f"(audience = 'partners' AND {_about('own', 'hub', 'partner')})"
POLICIES = {
    "SELECT": f"USING (audience = 'public' OR {SYSTEM} OR {FOR_NETWORK} OR {FOR_PARTNERS})",
    "INSERT": f"WITH CHECK ({PUBLISHES})",
    "UPDATE": f"USING ({PUBLISHES}) WITH CHECK ({PUBLISHES})",
    "DELETE": f"USING ({PUBLISHES} OR {_about('own')})",
}


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for command, condition in POLICIES.items():
        op.execute(f"CREATE POLICY medina_{command.lower()} ON {TABLE} FOR {command} {condition}")
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY")
    for command in POLICIES:
        op.execute(f"DROP POLICY medina_{command.lower()} ON {TABLE}")
