"""The whole city has one code wherever it is, and a store says whose it is by the city's pack.

Figures of the moment are told anew within a minute; the others keep their revisions.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE series SET area = 'city' WHERE area = '11'")
    op.execute("DELETE FROM rows WHERE kind = 'latest'")
    op.execute("UPDATE meta SET value = 'seoul ' || value WHERE key = 'city'")


def downgrade() -> None:
    raise NotImplementedError("a store is not taken back: its rows come from the sources anew")
