"""a consultation names its event by slug

Officials choose from published events and need no row of the hub's own record for that, so that
the rows of `event` can be for the hub alone.

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_event_slug
Revises: 20261125_audience
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_event_slug"
down_revision: str | None = "20261125_audience"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Apply."""
    op.add_column("consultation", sa.Column("event_slug", sa.String(length=80), nullable=True))
    op.execute(
        "UPDATE consultation SET event_slug ="
        " (SELECT event.slug FROM event WHERE event.id = consultation.event_id)"
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_consultation_event_id"), type_="foreignkey")
        batch_op.drop_column("event_id")


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("event_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_consultation_event_id"), "event", ["event_id"], ["id"])
    op.execute(
        "UPDATE consultation SET event_id ="
        " (SELECT event.id FROM event WHERE event.slug = consultation.event_slug)"
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_column("event_slug")
