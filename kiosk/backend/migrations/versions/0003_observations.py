"""Observations get a table of their own, narrow enough for ten years of them.

Those that lie in `rows` move there with their revisions; marks of rows that are gone move too.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 5000
SIMULATED, PROVISIONAL = 1, 2


def upgrade() -> None:
    _create()
    _move(op.get_bind())
    op.drop_index("rows_t_ms", "rows")
    op.drop_column("rows", "t_ms")


def downgrade() -> None:
    raise NotImplementedError("a store is not taken back: its rows come from the sources anew")


def _create() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("indicator", "period", "sex", "age", "area")
        ),
    )
    names = ["indicator", "period", "sex", "age", "area"]
    op.create_index("series_names", "series", names, unique=True)
    op.create_table(
        "observations",
        sa.Column("series", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("t_ms", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("flags", sa.Integer),
        sa.Column("note", sa.Text),
        sa.Column("weight", sa.Double),
        sqlite_with_rowid=False,
    )
    op.create_index("observations_revision", "observations", ["revision"], unique=True)


def _move(connection: sa.Connection) -> None:
    """Page by page in the order of keys, so that a large store needs no large memory."""
    page = sa.text(
        "SELECT key, revision, body FROM rows WHERE kind = 'observations' AND key > :after "
        "ORDER BY key LIMIT :limit"
    )
    add = sa.text(
        "INSERT INTO observations (series, t_ms, revision, value, flags, note) "
        "VALUES (:series, :t_ms, :revision, :value, :flags, :note)"
    )
    numbers: dict[tuple[str, str], int] = {}
    after = ""
    while rows := connection.execute(page, {"after": after, "limit": BATCH}).all():
        connection.execute(add, [_narrow(connection, row, numbers) for row in rows])
        after = rows[-1].key
    connection.execute(sa.text("DELETE FROM rows WHERE kind = 'observations'"))


def _narrow(
    connection: sa.Connection,
    row: sa.Row[tuple[str, int, str | None]],
    numbers: dict[tuple[str, str], int],
) -> dict[str, object]:
    indicator, area, t_ms = row.key.split("/")
    if (indicator, area) not in numbers:
        add = sa.text(
            "INSERT INTO series (indicator, period, sex, age, area) "
            "VALUES (:indicator, '', 'all', 'all', :area) RETURNING id"
        )
        found = connection.execute(add, {"indicator": indicator, "area": area})
        numbers[indicator, area] = found.scalar_one()
    body = None if row.body is None else json.loads(row.body)
    narrow = {"series": numbers[indicator, area], "t_ms": int(t_ms), "revision": row.revision}
    if body is None:
        return {**narrow, "value": None, "flags": None, "note": None}
    flags = SIMULATED * body["simulated"] | PROVISIONAL * body.get("provisional", False)
    note = body.get("note")
    words = None if note is None else json.dumps(note, ensure_ascii=False, separators=(",", ":"))
    return {**narrow, "value": body["value"], "flags": flags, "note": words}
