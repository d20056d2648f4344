"""consent as a record

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_consent
Revises: 20261125_audience_rows
"""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_consent"
down_revision: str | None = "20261125_audience_rows"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COMMANDS = ("select", "insert", "update", "delete")


def upgrade() -> None:
    """Every consent that was given so far, and still holds, becomes a record."""
    op.create_table(
        "consent",
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("wording_version", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=80), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consent_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as table:
        table.create_index(table.f("ix_consent_consultation_id"), ["consultation_id"], unique=False)
    connection = op.get_bind()
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        op.execute("SELECT set_config('medina.system', 'on', true)")
    _record(connection)
    if is_postgresql:
        _secure()


def _record(connection: sa.Connection) -> None:
    consultation = sa.table(
        "consultation",
        sa.column("id", sa.Uuid),
        sa.column("reference", sa.Text),
        sa.column("language", sa.Text),
        sa.column("created_by", sa.Text),
        sa.column("consent_given", sa.Boolean),
        sa.column("consent_version", sa.Text),
        sa.column("consent_language", sa.Text),
        sa.column("consent_on", sa.Date),
        sa.column("consent_channel", sa.Text),
        sa.column("consent_withdrawn_on", sa.Date),
        sa.column("submitted_at", sa.DateTime(timezone=True)),
    )
    c = consultation.c
    found = connection.execute(
        sa.select(consultation).where(
            c.consent_given.is_(sa.true()), c.consent_withdrawn_on.is_(None), c.submitted_at.is_not(None)
        )
    )
    rows = [
        {
            "id": uuid4(),
            "consultation_id": row.id,
            "position": 0,
            "purpose": "publication",
            "wording_version": row.consent_version or "2026-1",
            "language": row.consent_language or row.language,
            "given_on": row.consent_on or row.submitted_at.date(),
            "channel": row.consent_channel,
            "recorded_by": "system",
            "recorded_at": row.submitted_at,
        }
        for row in found.all()
    ]
    columns = {
        "id": sa.Uuid,
        "consultation_id": sa.Uuid,
        "position": sa.Integer,
        "given_on": sa.Date,
        "recorded_at": sa.DateTime(timezone=True),
    }
    names = ("purpose", "wording_version", "language", "channel", "recorded_by", *columns)
    consent = sa.table("consent", *(sa.column(name, columns.get(name, sa.Text)) for name in names))
    if rows:
        op.bulk_insert(consent, rows)


def _secure() -> None:
    """A consent is for those who may read or write its consultation: the policies of that table decide."""
    seen = "EXISTS (SELECT 1 FROM consultation c WHERE c.id = consent.consultation_id)"
    conditions = {
        "SELECT": f"USING ({seen})",
        "INSERT": f"WITH CHECK ({seen})",
        "UPDATE": f"USING ({seen}) WITH CHECK ({seen})",
        "DELETE": f"USING ({seen})",
    }
    for command, condition in conditions.items():
        op.execute(f"CREATE POLICY medina_{command.lower()} ON consent FOR {command} {condition}")
    op.execute("ALTER TABLE consent ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE consent FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "postgresql":
        for command in COMMANDS:
            op.execute(f"DROP POLICY medina_{command} ON consent")
    op.drop_table("consent")
