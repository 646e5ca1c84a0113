"""The newest orders and replies are found without reading all of them."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("orders_t_ms", "orders", ["t_ms", "id"])
    op.create_index("outbox_kind", "outbox", ["kind", "t_ms", "id"])


def downgrade() -> None:
    op.drop_index("outbox_kind", "outbox")
    op.drop_index("orders_t_ms", "orders")
