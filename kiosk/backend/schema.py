"""The backend's tables, in SQLite or PostgreSQL."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

metadata = MetaData()
rows = Table(
    "rows",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("body", Text),
    Column("t_ms", BigInteger),
    sqlite_with_rowid=False,
)
Index("rows_revision", rows.c.revision, unique=True)
Index("rows_t_ms", rows.c.kind, rows.c.t_ms)
meta = Table(
    "meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)
documents = Table(
    "documents",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
)
calls = Table(
    "calls",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
)
