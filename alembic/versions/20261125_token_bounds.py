"""bounds of tokens

Rules: runs on SQLite and PostgreSQL; never imports `app`; `downgrade` undoes `upgrade`.

Revision ID: 20261125_token_bounds
Revises: 20261125_oidc
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261125_token_bounds"
down_revision: str | None = "20261125_oidc"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Places a token is good for, and the most sensitive that it reads: for earlier tokens what is public."""
    for name, kind, before in (
        ("cities", sa.JSON(), "[]"),
        ("countries", sa.JSON(), "[]"),
        ("ceiling", sa.String(length=40), "public"),
    ):
        with op.batch_alter_table("api_token") as batch:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=before))
        with op.batch_alter_table("api_token") as batch:
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    """Undo."""
    for name in ("ceiling", "countries", "cities"):
        with op.batch_alter_table("api_token") as batch:
            batch.drop_column(name)
