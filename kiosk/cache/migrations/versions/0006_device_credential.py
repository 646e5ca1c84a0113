"""By what a tablet's owner proves that it is them who gives an order; empty while none."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("devices", sa.Column("credential", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("devices", "credential")
