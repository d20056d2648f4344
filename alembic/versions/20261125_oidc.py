"""single sign-on

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_oidc
Revises: 20261125_consent
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_oidc"
down_revision: str | None = "20261125_consent"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """People on the way to the identity provider and back."""
    op.create_table(
        "oidc_request",
        sa.Column("state_hash", sa.String(length=80), nullable=False),
        sa.Column("browser_hash", sa.String(length=80), nullable=False),
        sa.Column("purpose", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("next_path", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_oidc_request_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_oidc_request"),
        sa.UniqueConstraint("state_hash", name="uq_oidc_request_state_hash"),
    )
    op.create_index("ix_oidc_request_account_id", "oidc_request", ["account_id"])
    op.create_index("ix_oidc_request_expires_at", "oidc_request", ["expires_at"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_oidc_request_expires_at", table_name="oidc_request")
    op.drop_index("ix_oidc_request_account_id", table_name="oidc_request")
    op.drop_table("oidc_request")
