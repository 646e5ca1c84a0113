"""The backend's tables, in SQLite or PostgreSQL."""

from sqlalchemy import BigInteger, Column, Double, Index, Integer, MetaData, Table, Text

metadata = MetaData()
rows = Table(
    "rows",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("body", Text),
    sqlite_with_rowid=False,
)
Index("rows_revision", rows.c.revision, unique=True)
series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(n, Text, nullable=False) for n in ("indicator", "period", "sex", "age", "area")),
)
Index(
    "series_names",
    *(series.c.indicator, series.c.period, series.c.sex, series.c.age, series.c.area),
    unique=True,
)
observations = Table(
    "observations",
    metadata,
    Column("series", Integer, primary_key=True, autoincrement=False),
    Column("t_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("value", Double),
    Column("flags", Integer),
    Column("note", Text),
    Column("weight", Double),
    sqlite_with_rowid=False,
)
Index("observations_revision", observations.c.revision, unique=True)
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
