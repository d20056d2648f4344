"""audience: published copies say who may read them

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_audience
Revises: 20261125_audit
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_audience"
down_revision: str | None = "20261125_audit"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATEMENTS = ("concern", "approach", "asset", "gap", "need")


def upgrade() -> None:
    """What was published so far is for everybody.

    Copies of consultations held their statements; from now on these are found by a facet of their own.
    """
    with op.batch_alter_table("published_record") as table:
        table.add_column(sa.Column("audience", sa.String(length=40), nullable=False, server_default="public"))
    with op.batch_alter_table("published_record") as table:
        table.alter_column("audience", server_default=None)
    record = sa.table(
        "published_record", sa.column("id", sa.Uuid), sa.column("kind", sa.Text), sa.column("card", sa.JSON)
    )
    facet = sa.table(
        "published_facet",
        sa.column("record_id", sa.Uuid),
        sa.column("facet", sa.Text),
        sa.column("code", sa.Text),
    )
    connection = op.get_bind()
    found = connection.execute(sa.select(record.c.id, record.c.card).where(record.c.kind.in_(STATEMENTS)))
    rows = [
        {"record_id": id_, "facet": "consultation", "code": card["consultation"]}
        for id_, card in found.all()
        if card.get("consultation")
    ]
    if rows:
        op.bulk_insert(facet, rows)


def downgrade() -> None:
    """Copies for some readers only must not become everybody's."""
    op.execute("DELETE FROM published_facet WHERE facet = 'consultation'")
    op.execute("DELETE FROM published_record WHERE audience <> 'public'")
    with op.batch_alter_table("published_record") as table:
        table.drop_column("audience")
