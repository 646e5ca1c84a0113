"""Whatever interrupts it and however often: the cache ends as the backend is, and is never torn."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from kiosk.backend.store import Store
from kiosk.cache.engine import open_cache_for_reading
from kiosk.sync.client import BackendAway
from kiosk.sync.puller import LIMIT, Puller
from kiosk.wire.city import ChangesPage, Latest, Observation, Row
from tests.helpers.city import incident, indicator, observation, text

LIMIT_HERE = 3
NAMES = st.sampled_from(["a", "b"])
AREAS = st.sampled_from(["city", "11110"])
TIMES = st.integers(1, 6)

figures = st.builds(
    lambda of, t, v, area: observation(of, t, v, area), NAMES, TIMES, st.floats(0, 9), AREAS
)
entries = st.one_of(
    figures,
    st.builds(indicator, NAMES, st.integers(1, 5)),
    st.builds(incident, st.sampled_from(["x", "y", "z"]), TIMES),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.lists(entries, min_size=1, max_size=6)),
        st.tuples(st.just("live"), st.tuples(NAMES, AREAS)),
        st.tuples(st.just("delete"), st.sampled_from(["x", "y", "z"])),
        st.tuples(st.just("pull"), st.integers(0, 4)),
        st.tuples(st.just("torn"), st.integers(0, 2)),
        st.tuples(st.just("restart"), st.none()),
        st.tuples(st.just("new backend"), st.none()),
    ),
    max_size=14,
)

ROWS: list[Row] = [
    indicator("a"),
    incident("x", 1),
    *(observation("a", t, float(t)) for t in range(1, 7)),
]


class FlakyClient:
    """Answers from the store in small pages; goes away after so many."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.pages_left: int | None = None

    def page(self, since: int, limit: int) -> ChangesPage:
        assert limit == LIMIT
        if self.pages_left is not None:
            if self.pages_left == 0:
                raise BackendAway(text("away"))
            self.pages_left -= 1
        return msgspec.json.decode(self.store.changes(since, LIMIT_HERE).body, type=ChangesPage)


class Kiosk:
    """A backend, a cache, and what happens between them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stores = 0
        self.live_ms = 0
        self.client = FlakyClient(self.new_store())
        self.puller = self.new_puller()

    def new_store(self) -> Store:
        self.stores += 1
        return Store.open(self.folder / f"backend{self.stores}.db")

    def new_puller(self) -> Puller:
        told = lambda tables, revision: None  # noqa: E731
        return Puller(self.folder / "cache.db", self.client, told)  # type: ignore[arg-type]

    def write(self, rows: list[Row]) -> None:
        self.client.store.write(rows)

    def live(self, of: str, area: str) -> None:
        """A live figure: always newer than the one before, as time only goes on."""
        self.live_ms += 1
        value = observation(of, 3 + self.live_ms, float(self.live_ms), area)
        self.client.store.write([Latest(observation=value)])

    def pull(self, pages: int | None) -> None:
        self.client.pages_left = pages
        try:
            self.puller.pull(now_ms=1)
        except BackendAway:
            assert pages is not None

    def torn(self, statements: int) -> None:
        """The process dies within a transaction, after so many rows of a page."""
        writer = self.puller._open(now_ms=1)
        page = self.client.page(writer.cursor().revision, LIMIT)
        broken = observation("a", 1, area=None)  # type: ignore[arg-type]
        change = msgspec.structs.replace(page.rows[0], row=broken) if page.rows else None
        before = cache_state(self.folder / "cache.db")
        if change is not None and page.epoch == (writer.cursor().epoch or page.epoch):
            rows = (*page.rows[:statements], change)
            with pytest.raises(Exception, match="NOT NULL"):
                writer.apply(msgspec.structs.replace(page, rows=rows), now_ms=1)
        assert cache_state(self.folder / "cache.db") == before

    def restart(self) -> None:
        self.puller.close()
        self.puller = self.new_puller()

    def new_backend(self) -> None:
        self.client.store.close()
        self.client.store = self.new_store()

    def close(self) -> None:
        self.puller.close()
        self.client.store.close()


@contextmanager
def kiosk() -> Iterator[Kiosk]:
    with tempfile.TemporaryDirectory() as folder:
        made = Kiosk(Path(folder))
        try:
            yield made
        finally:
            made.close()


def server_state(store: Store) -> dict[str, object]:
    """What a cache must hold, worked out from all rows of the store in one go."""
    page = msgspec.json.decode(store.changes(0, 10_000).body, type=ChangesPage)
    assert not page.more
    catalogue = {}
    series = {}
    latest: dict[tuple[str, str], tuple[int, float | None]] = {}
    for change in page.rows:
        row = change.row
        if row is None:
            continue
        if isinstance(row, Latest | Observation):
            figure = row.observation if isinstance(row, Latest) else row
            key = (figure.indicator, figure.area)
            at = (figure.t_ms, figure.value)
            if not isinstance(row, Latest):
                series[(*key, at[0])] = at[1]
            if key not in latest or at[0] >= latest[key][0]:
                latest[key] = at
        else:
            catalogue[row.__struct_config__.tag, row.id] = msgspec.json.encode(row).decode()  # type: ignore[union-attr]
    return {"catalogue": catalogue, "series": series, "latest": latest}


def cache_state(file: Path) -> dict[str, object]:
    engine = open_cache_for_reading(file)
    with engine.connect() as c:
        catalogue = {
            (table, row.key): row.body
            for table in ("indicators", "incidents")
            for row in c.execute(sql(f"SELECT key, body FROM {table}"))
        }
        series = {
            (r.indicator, r.area, r.t_ms): r.value
            for r in c.execute(sql("SELECT * FROM observations JOIN series ON id = series"))
        }
        latest = {
            (r.indicator, r.area): (r.t_ms, r.value)
            for r in c.execute(sql("SELECT * FROM latest JOIN series ON id = series"))
        }
    engine.dispose()
    return {"catalogue": catalogue, "series": series, "latest": latest}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
@example([("write", ROWS), ("pull", 4), ("new backend", None)])
@example([("write", ROWS), ("pull", 4), ("new backend", None), ("write", ROWS[:1]), ("pull", 1)])
@example([("write", ROWS), ("torn", 2), ("pull", 1), ("restart", None), ("torn", 1)])
def test_the_cache_ends_as_the_backend_is(todo: list[tuple[str, object]]) -> None:
    with kiosk() as k:
        for step, what in todo:
            match step, what:
                case "write", list():
                    k.write(what)
                case "live", (str() as of, str() as area):
                    k.live(of, area)
                case "delete", str():
                    k.client.store.delete("incidents", [what])
                case "pull", int():
                    k.pull(what)
                case "torn", int():
                    k.client.pages_left = None
                    k.torn(what)
                case "restart", _:
                    k.restart()
                case "new backend", _:
                    k.new_backend()
        k.pull(None)
        assert cache_state(k.folder / "cache.db") == server_state(k.client.store)
        assert k.puller.cursor.revision == k.client.store.revision()
