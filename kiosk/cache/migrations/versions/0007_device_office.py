"""Whose tablet it is, a department by its id; empty: of none in particular."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("devices", sa.Column("office", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("devices", "office")
