"""The backend's store on a real PostgreSQL: the same answers as on SQLite, and no change skipped
while several writers commit at once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import create_engine, text

from kiosk.backend.engines import HEAD, LaterRelease, server_url
from kiosk.backend.rollups import Rollups
from kiosk.backend.store import Page, Store
from kiosk.tools.bench.postgres import postgres, server_binaries
from kiosk.wire.city import ChangesPage, Observation, Row, figure_key
from kiosk.wire.text import Text
from tests.helpers.city import incident, indicator, observation
from tests.helpers.first_release import LAST, expected, leave_first_release
from tests.helpers.interleaving import before_statement

pytestmark = pytest.mark.skipif(
    server_binaries() is None, reason="Debian's postgresql is not installed"
)
WRITERS, WRITES, BATCH = 4, 40, 5
DAY_MS = 86_400_000


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture
def address(server: str) -> Iterator[str]:
    """The same server with an empty database."""
    yield server
    engine = create_engine(server_url(server))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    made = Store.open(server_url(address))
    yield made
    made.close()


def read(page: Page) -> ChangesPage:
    return msgspec.json.decode(page.body, type=ChangesPage)


def test_rows_are_numbered_changed_and_gone_as_on_sqlite(store: Store) -> None:
    assert store.write([indicator("a"), indicator("b"), incident("fire-1", 5)]) == 3
    assert store.write([indicator("a")], only_changed=True) == 3
    assert store.write([indicator("a", order=9)]) == 4
    store.delete("incidents", ["fire-1"])
    page = read(store.changes(0, 10))
    assert [(c.revision, c.row) for c in page.rows[:2]] == [
        (2, indicator("b")),
        (4, indicator("a", order=9)),
    ]
    assert (page.rows[2].row, page.rows[2].key) == (None, "fire-1")
    assert store.keys("incidents") == ()


def test_a_store_that_is_there_is_opened_with_its_rows(store: Store, address: str) -> None:
    store.write([indicator("a")])
    again = Store.open(server_url(address))
    assert (again.epoch, again.revision()) == (store.epoch, 1)
    again.close()


def test_nothing_is_skipped_while_writers_commit_at_once(store: Store) -> None:
    """A reader that always asks for what is newer than it has sees every row, in order."""

    def write(writer: int) -> None:
        for i in range(WRITES):
            first = (writer * WRITES + i) * BATCH
            store.write([observation("a", first + k) for k in range(BATCH)])

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    since = 0
    while since < WRITERS * WRITES * BATCH:
        page = read(store.changes(since, 7))
        revisions = [c.revision for c in page.rows]
        assert revisions == sorted(revisions)
        assert not revisions or revisions[0] > since
        seen += revisions
        since = page.revision
    for thread in threads:
        thread.join()
    assert seen == list(range(1, WRITERS * WRITES * BATCH + 1))


def test_what_is_committed_while_a_page_is_read_waits_for_the_next(store: Store) -> None:
    store.write([indicator("a")])
    news: list[Row] = [incident("fire-1", 5), observation("a", 1)]
    before_statement(store, "FROM observations", lambda: store.write(news))
    first = read(store.changes(0, 10))
    assert ([c.revision for c in first.rows], first.revision, first.head) == ([1], 1, 1)
    then = read(store.changes(1, 10))
    assert [(c.revision, c.row) for c in then.rows] == list(enumerate(news, 2))


def test_periods_and_retention_are_those_of_sqlite(store: Store, tmp_path: Path) -> None:
    file = Store.open(tmp_path / "backend.db")
    told = [[(c.revision, c.row, c.key) for c in _two_days(each).rows] for each in (store, file)]
    file.close()
    assert told[0] == told[1]
    rows = [row for _, row, _ in told[0] if isinstance(row, Observation)]
    periods = {period: [r for r in rows if r.period == period] for period in ("", "hour", "day")}
    assert {period: len(found) for period, found in periods.items()} == {
        "": 71,
        "hour": 48,
        "day": 2,
    }
    assert [r.rollup for r in periods["day"]] == ["mean", "mean"]
    assert [r.provisional for r in periods["day"]] == [False, False]


def _two_days(store: Store) -> ChangesPage:
    """Told every ten minutes, made into hours and days, corrected, and the first 36 hours of the
    figures themselves forgotten."""
    start_ms, step_ms = 1_795_273_200_000, 600_000  # midnight in Korea
    level = msgspec.structs.replace(
        indicator("level", history_s=2 * DAY_MS // 1000), rollup="mean", period_s=600
    )
    rollups = Rollups(store, lambda: {"level": level}, {})
    figures = [observation("level", start_ms + n * step_ms, n / 8) for n in range(288)]
    for half in (figures[:144], figures[144:]):
        store.write(half)
        rollups.work(half[-1].t_ms)
    corrected = msgspec.structs.replace(figures[3], value=None, note=Text("점검", "closed"))
    store.write([corrected], only_changed=True)
    store.delete("observations", [figure_key(figures[-1])])
    for _ in range(6):
        rollups.work(start_ms + 2 * DAY_MS)
    assert store.forget("level", "", start_ms + DAY_MS * 3 // 2) == 216
    return read(store.changes(0, 10_000))


def test_a_store_of_the_first_release_is_brought_up_with_its_rows(address: str) -> None:
    engine = create_engine(server_url(address))
    leave_first_release(engine)
    again = Store.open(server_url(address))
    assert (again.epoch, again.revision()) == ("old", LAST)
    assert list(read(again.changes(0, LAST)).rows) == expected()
    assert again.write([observation("a", 1)]) == LAST + 1
    again.close()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
    engine.dispose()


def test_a_later_release_s_store_is_left_alone(store: Store, address: str) -> None:
    engine = create_engine(server_url(address))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LaterRelease, match="later release"):
        Store.open(server_url(address))
    engine.dispose()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://city:secret@db/city",
        "mysql://city@db/city",
        "postgresql://db",
        "not an address",
    ],
)
def test_an_address_that_does_not_do_says_what_would(address: str) -> None:
    with pytest.raises(ValueError, match="postgresql://USER@HOST/DATABASE") as caught:
        server_url(address)
    assert "secret" not in str(caught.value)
