"""Links of the audit log's records. Records of before are linked as they stand."""

import sqlalchemy as sa
from alembic import op

from kiosk.cache.chain import extend

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
    )
    rows = op.get_bind().exec_driver_sql("SELECT id, t_ms, body FROM audit ORDER BY t_ms, id")
    extend(op.get_bind(), [(row[0], row[1], row[2]) for row in rows])


def downgrade() -> None:
    op.drop_table("audit_chain")
