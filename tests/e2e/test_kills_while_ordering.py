"""The driver of the bench, with few kills: nothing that was acknowledged is lost, nothing torn."""

from pathlib import Path

import pysqlite3.dbapi2
import pytest

from kiosk.tools.bench.order_kills import kill_while_ordering
from kiosk.tools.bench.torn import Torn, torn_rows


@pytest.mark.slow
def test_killed_at_random_moments_while_orders_are_written(tmp_path: Path) -> None:
    found = kill_while_ordering(tmp_path, kills=8, seed=4)
    assert found.kills == 8
    assert found.acknowledged > 50
    assert found.holds, found
    check_that_the_comparison_can_fail(tmp_path / "cache.db", tmp_path / "backend.db")


def check_that_the_comparison_can_fail(cache: Path, store: Path) -> None:
    assert torn_rows(cache, store).missing == 0
    harm = (
        ("DELETE FROM orders WHERE key = 'o-1'", Torn(1, 1, 0)),
        ("UPDATE indicators SET body = '{}' WHERE key = 'pm25'", Torn(2, 2, 0)),
        (
            "INSERT INTO incidents (key, position, body) VALUES ('made-up', 1, '{}')",
            Torn(2, 3, 0),
        ),
    )
    with pysqlite3.dbapi2.connect(str(cache)) as connection:
        for statement, expected in harm:
            connection.execute(statement)
            connection.commit()
            found = torn_rows(cache, store)
            assert (found.missing, found.different) == (expected.missing, expected.different)
    connection.close()
