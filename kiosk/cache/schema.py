"""Tables of the two files. The cache may be rebuilt from the backend at any time; the ledger not.

Catalogue rows are small and always read whole: key, order and the row as JSON. Places, of which a
city has tens of thousands, are found by kind and district, items by kind or by parent. Of
complaints, those that are open are found first; SQLite counts them as they are written.

Ten years of figures are ten million rows, so an observation is narrow: the number of its series
(indicator, area, period, sex, age), its time, its value, and what it is worth in FLAGS. Rows of a
series lie side by side in the order of time: whatever a panel asks is one short range or a few.
`latest` holds the newest figure of each series that its source tells moment by moment, `sparks` the
small line of each of the city's.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
)

CACHE_APPLICATION_ID = 0x4B434148
CACHE_VERSION = 10
VERSION_OF = "version/{table}"  # where `meta` has a new word for each state of a catalogue's table
LEDGER_APPLICATION_ID = 0x4B4C4447

cache_metadata = MetaData()


def _catalogue(name: str) -> Table:
    return Table(
        name,
        cache_metadata,
        Column("key", Text, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("body", Text, nullable=False),
    )


def _figures(name: str, *keys: str) -> Table:
    return Table(
        name,
        cache_metadata,
        Column("series", Integer, primary_key=True, autoincrement=False),
        Column("t_ms", BigInteger, primary_key="t_ms" in keys, nullable=False),
        Column("value", Float),
        Column("flags", Integer, nullable=False),
        Column("note", Text),
        sqlite_with_rowid=False,
    )


districts = _catalogue("districts")
neighbourhoods = _catalogue("neighbourhoods")
indicators = _catalogue("indicators")
kinds = _catalogue("kinds")
sources = _catalogue("sources")
cameras = _catalogue("cameras")
incidents = _catalogue("incidents")
complaints = Table(
    "complaints",
    cache_metadata,
    Column("key", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("district", Text, nullable=False),
    Column("open", Integer, nullable=False),
    Column("body", Text, nullable=False),
)
_newest = (complaints.c.open, complaints.c.position, complaints.c.key)
Index("complaints_newest", *_newest)
Index("complaints_district", complaints.c.district, *_newest)
complaint_counts = Table(
    "complaint_counts",
    cache_metadata,
    Column("district", Text, primary_key=True),
    Column("every", Integer, nullable=False),
    Column("still", Integer, nullable=False),
)
_COUNT_ON = (
    "INSERT INTO complaint_counts VALUES (new.district, 1, new.open) ON CONFLICT (district) "
    "DO UPDATE SET every = every + 1, still = still + excluded.still;"
)
_COUNT_OFF = (
    "UPDATE complaint_counts SET every = every - 1, still = still - old.open "
    "WHERE district = old.district;"
)
_COUNTING = {"INSERT": _COUNT_ON, "UPDATE": _COUNT_OFF + _COUNT_ON, "DELETE": _COUNT_OFF}
places = Table(
    "places",
    cache_metadata,
    Column("key", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index("places_kind", places.c.kind, places.c.district, places.c.key, places.c.name)
items = Table(
    "items",
    cache_metadata,
    Column("key", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index("items_kind", items.c.kind, items.c.position, items.c.key)
Index("items_parent", items.c.parent, items.c.position, items.c.key)
orders_told = _catalogue("orders")
Index("orders_newest", orders_told.c.position, orders_told.c.key)
series = Table(
    "series",
    cache_metadata,
    Column("id", Integer, primary_key=True),
    Column("indicator", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("age", Text, nullable=False),
    Column("area", Text, nullable=False),
)
Index(
    "series_areas",
    *(series.c.indicator, series.c.period, series.c.sex, series.c.age, series.c.area),
    unique=True,
)
Index("series_people", series.c.indicator, series.c.period, series.c.area)
observations = _figures("observations", "t_ms")
latest = _figures("latest")
sparks = Table(
    "sparks",
    cache_metadata,
    Column("series", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)
meta = Table(
    "meta",
    cache_metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

catalogue_tables = {
    table.name: table
    for table in (
        districts,
        neighbourhoods,
        indicators,
        kinds,
        sources,
        cameras,
        incidents,
        complaints,
        places,
        items,
        orders_told,
    )
}


@event.listens_for(cache_metadata, "after_create")
def _count_complaints(_metadata: MetaData, connection: Connection, **_: object) -> None:
    for when, what in _COUNTING.items():
        connection.exec_driver_sql(
            f"CREATE TRIGGER complaints_{when} AFTER {when} ON complaints BEGIN {what} END"
        )


ledger_metadata = MetaData()

audit = Table(
    "audit",
    ledger_metadata,
    Column("id", Text, primary_key=True),
    Column("t_ms", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("audit_t_ms", audit.c.t_ms)
audit_chain = Table(
    "audit_chain",
    ledger_metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("link", Text, nullable=False),
)
usage = Table(
    "usage",
    ledger_metadata,
    Column("hour_ms", BigInteger, primary_key=True),
    Column("profile", Text, primary_key=True),
    Column("panel", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("opened", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)
devices = Table(
    "devices",
    ledger_metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("paired_ms", BigInteger, nullable=False),
    Column("last_used_ms", BigInteger),
    Column("revoked", Integer, nullable=False),
    Column("credential", Text, nullable=False, server_default=""),
    Column("office", Text, nullable=False, server_default=""),
)
disclosure = Table(
    "disclosure",
    ledger_metadata,
    Column("id", Text, primary_key=True),
    Column("t_ms", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
orders = Table(
    "orders",
    ledger_metadata,
    Column("id", Text, primary_key=True),
    Column("t_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)
Index("orders_t_ms", orders.c.t_ms, orders.c.id)
outbox = Table(
    "outbox",
    ledger_metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("t_ms", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("sent_ms", BigInteger),
    Column("sent_epoch", Text),
    Column("refused", Text),
)
Index("outbox_t_ms", outbox.c.t_ms)
Index("outbox_kind", outbox.c.kind, outbox.c.t_ms, outbox.c.id)
