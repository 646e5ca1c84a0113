"""Rows with their revisions, and what the store knows of itself.

The first release made these tables without Alembic, so they may be there already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rows",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("t_ms", sa.BigInteger),
        if_not_exists=True,
        sqlite_with_rowid=False,
    )
    op.create_index("rows_revision", "rows", ["revision"], unique=True, if_not_exists=True)
    op.create_index("rows_t_ms", "rows", ["kind", "t_ms"], if_not_exists=True)
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        if_not_exists=True,
    )


def downgrade() -> None:
    op.drop_table("meta")
    op.drop_table("rows")
