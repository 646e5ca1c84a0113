"""The backend's store: revisions in order, none skipped, none torn."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from kiosk.backend.engines import file_engine
from kiosk.backend.store import Page, Store
from kiosk.wire.city import ChangesPage, Row, figure_key
from tests.helpers.city import incident, indicator, observation, text
from tests.helpers.first_release import LAST, expected, leave_first_release
from tests.helpers.interleaving import before_statement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


def read(page: Page) -> ChangesPage:
    return msgspec.json.decode(page.body, type=ChangesPage)


def test_every_row_gets_a_revision_of_its_own(store: Store) -> None:
    assert store.write([indicator("a"), indicator("b")]) == 2
    assert store.write([indicator("c")]) == 3
    page = read(store.changes(0, 10))
    assert [c.revision for c in page.rows] == [1, 2, 3]
    assert (page.revision, page.head, page.more) == (3, 3, False)


def test_a_changed_row_moves_to_the_end(store: Store) -> None:
    store.write([indicator("a"), indicator("b")])
    store.write([indicator("a", order=9)])
    page = read(store.changes(0, 10))
    assert [(c.revision, c.row) for c in page.rows] == [
        (2, indicator("b")),
        (3, indicator("a", order=9)),
    ]


def test_pages_follow_one_another_without_a_gap(store: Store) -> None:
    store.write([observation("a", t) for t in range(25)])
    seen: list[object] = []
    since, more = 0, True
    while more:
        page = read(store.changes(since, 10))
        assert len(page.rows) <= 10
        seen += [c.row for c in page.rows]
        since, more = page.revision, page.more
    assert seen == [observation("a", t) for t in range(25)]


def test_what_is_committed_while_a_page_is_read_waits_for_the_next(store: Store) -> None:
    """Else a figure could be told, and the revision of the incident before it passed over."""
    store.write([indicator("a")])
    news: list[Row] = [incident("fire-1", 5), observation("a", 1), incident("fire-2", 6)]
    before_statement(store, "FROM observations", lambda: store.write(news))
    first = read(store.changes(0, 10))
    assert ([c.revision for c in first.rows], first.revision) == ([1], 1)
    then = read(store.changes(first.revision, 10))
    assert [(c.revision, c.row) for c in then.rows] == list(enumerate(news, 2))


def test_rows_that_stay_the_same_are_not_told_again(store: Store) -> None:
    store.write([indicator("a"), indicator("b")])
    assert store.write([indicator("a"), indicator("b", order=2)], only_changed=True) == 3
    assert store.write([indicator("a"), indicator("b", order=2)], only_changed=True) == 3


def test_a_deleted_row_is_told_as_gone(store: Store) -> None:
    store.write([incident("fire-1", 5)])
    store.delete("incidents", ["fire-1"])
    page = read(store.changes(0, 10))
    assert [(c.row, c.table, c.key) for c in page.rows] == [(None, "incidents", "fire-1")]
    assert store.keys("incidents") == ()


def test_housekeeping_drops_old_figures_of_one_kind_only(store: Store) -> None:
    month = msgspec.structs.replace(observation("a", 3), period="month", rollup="mean")
    other = observation("b", 1)
    store.write([other, month, observation("a", 2), observation("a", 30)])
    assert store.forget("a", "", before_ms=10) == 1
    left = [c.row for c in read(store.changes(0, 10)).rows]
    assert left == [other, month, observation("a", 30)]


def test_figures_of_people_and_periods_are_told_changed_and_gone(store: Store) -> None:
    women = msgspec.structs.replace(observation("a", 3), sex="female", age="20-29", period="year")
    noted = msgspec.structs.replace(observation("a", 3, None), note=text("점검"))
    store.write([women, incident("fire-1", 5), noted])
    assert store.write([women, noted], only_changed=True) == 3
    store.delete("observations", [figure_key(women)])
    page = read(store.changes(0, 10))
    assert [c.row for c in page.rows] == [incident("fire-1", 5), noted, None]
    assert page.rows[2].key == "a/city/3/year/female/20-29"
    assert store.figure_keys("a", simulated=True) == ["a/city/3"]


def test_a_store_of_the_first_release_is_brought_up_with_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "backend.db"
    engine = file_engine(file, busy_ms=500)
    leave_first_release(engine)
    engine.dispose()
    store = Store.open(file)
    assert (store.epoch, store.revision()) == ("old", LAST)
    assert list(read(store.changes(0, LAST)).rows) == expected()
    assert store.write([observation("a", 1)]) == LAST + 1
    store.close()


def test_the_store_keeps_its_epoch_and_rows(tmp_path: Path) -> None:
    first = Store.open(tmp_path / "backend.db")
    first.write([indicator("a")])
    first.close()
    second = Store.open(tmp_path / "backend.db")
    assert (second.epoch, second.revision()) == (first.epoch, 1)
    second.close()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" * 64])
def test_a_damaged_store_is_made_anew_under_another_epoch(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "backend.db"
    first = Store.open(file)
    first.close()
    for side in tmp_path.glob("backend.db-*"):
        side.unlink()
    file.write_bytes(content)
    second = Store.open(file)
    assert second.epoch != first.epoch
    assert second.revision() == 0
    second.close()


def test_a_store_that_another_process_holds_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "backend.db"
    first = Store.open(file)
    with first.engine.connect() as holder:
        holder.exec_driver_sql("PRAGMA locking_mode = EXCLUSIVE")
        holder.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError, match="locked"):
            Store.open(file, busy_ms=50)
    first.close()
    again = Store.open(file)
    assert again.epoch == first.epoch
    again.close()


def test_a_store_with_a_flipped_page_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "backend.db"
    first = Store.open(file)
    first.write([observation("a", t) for t in range(500)])
    first.close()
    data = bytearray(file.read_bytes())
    data[4096 * 6 : 4096 * 7] = b"\xa5" * 4096
    file.write_bytes(bytes(data))
    second = Store.open(file)
    assert second.epoch != first.epoch
    assert second.write([observation("a", 1)]) == 1
    second.close()
