"""Counts of use in the ledger."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.cache.schema import usage
from kiosk.core.audit import AuditRecord
from kiosk.core.invocation import Source
from kiosk.core.usage import HOUR_MS, Use, uses

COUNTS = ("opened", "done", "refused")
_SOURCES = {source.value: source for source in Source}


def count_uses(connection: Connection, records: Sequence[AuditRecord]) -> None:
    """Adds what these records count to what stands there."""
    rows = [msgspec.structs.asdict(use) for use in uses(records)]
    if not rows:
        return
    statement = insert(usage)
    added = {name: usage.c[name] + statement.excluded[name] for name in COUNTS}
    keys = list(usage.primary_key.columns)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=added), rows)


def uses_since(since_ms: int) -> Select[Any]:
    """From the hour of `since_ms` on, in the order of hours."""
    hour_ms = since_ms // HOUR_MS * HOUR_MS
    return select(usage).where(usage.c.hour_ms >= hour_ms).order_by(*usage.primary_key.columns)


def use_of(row: Any) -> Use:
    hour_ms, profile, panel, source, opened, done, refused = row
    return Use(hour_ms, profile, panel, _SOURCES[source], opened, done, refused)
