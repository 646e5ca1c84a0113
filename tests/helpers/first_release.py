"""A backend's store as the first release left it, with rows in it."""

import json

from sqlalchemy import Engine, text

from kiosk.wire.city import Change, Observation
from kiosk.wire.text import Text
from tests.helpers.city import encoded, indicator

TABLES = (
    "CREATE TABLE rows (kind TEXT NOT NULL, key TEXT NOT NULL, revision BIGINT NOT NULL, "
    "body TEXT, t_ms BIGINT, PRIMARY KEY (kind, key))",
    "CREATE UNIQUE INDEX rows_revision ON rows (revision)",
    "CREATE INDEX rows_t_ms ON rows (kind, t_ms)",
    "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
)
FIGURES = 12_000
LAST = FIGURES + 2


def leave_first_release(engine: Engine) -> None:
    """An indicator, FIGURES observations, one that is gone, in this order of revisions."""
    words = {"ko": "점검", "en": "closed"}
    rows: list[dict[str, object]] = [
        {"kind": "indicators", "key": "a", "body": encoded(indicator("a")).decode(), "t_ms": None}
    ]
    for n in range(FIGURES):
        figure: dict[str, object] = {
            "table": "observations",
            "indicator": "a",
            "area": "11",
            "t_ms": n,
        }
        figure |= {"value": None if n == 7 else n / 4, "simulated": n % 2 == 0}
        figure |= {"provisional": n == 5, "note": words if n == 7 else None}
        key = f"a/11/{n}"
        rows.append({"kind": "observations", "key": key, "body": json.dumps(figure), "t_ms": n})
    rows.append({"kind": "observations", "key": "a/11110/3", "body": None, "t_ms": None})
    add = text("INSERT INTO rows VALUES (:kind, :key, :revision, :body, :t_ms)")
    with engine.begin() as connection:
        for statement in TABLES:
            connection.execute(text(statement))
        connection.execute(add, [{**row, "revision": n} for n, row in enumerate(rows, 1)])
        meta = [("epoch", "old"), ("revision", str(LAST))]
        for key, value in meta:
            connection.execute(
                text("INSERT INTO meta VALUES (:key, :value)"), {"key": key, "value": value}
            )


def expected() -> list[Change]:
    """What the store has to tell after it was brought to this release."""
    told = [Change(1, indicator("a"))]
    for n in range(FIGURES):
        value = None if n == 7 else n / 4
        note = Text("점검", "closed") if n == 7 else None
        row = Observation("a", "city", n, value, n % 2 == 0, n == 5, note)
        told.append(Change(n + 2, row))
    return [*told, Change(LAST, None, "observations", "a/11110/3")]
