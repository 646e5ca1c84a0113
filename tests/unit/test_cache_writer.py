"""The cache: what is written is what panels read; damage costs nothing but a pull."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kiosk.cache.engine import open_cache_for_reading, open_for_writing
from kiosk.cache.files import aside_files
from kiosk.cache.repositories import CacheMeta, Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.wire.city import (
    Camera,
    Change,
    ChangesPage,
    Complaint,
    District,
    Kind,
    Latest,
    Place,
    Row,
    Source,
    Table,
)
from kiosk.wire.series import SparkPoint
from tests.helpers.city import incident, indicator, observation, text

NOW_MS = 1_790_000_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


@pytest.fixture
def writer(file: Path) -> Iterator[CacheWriter]:
    made, why = CacheWriter.open(file, NOW_MS)
    assert why == ""
    yield made
    made.close()


@pytest.fixture
def repositories(file: Path, writer: CacheWriter) -> Iterator[Repositories]:
    engine = open_cache_for_reading(file)
    yield Repositories(engine)
    engine.dispose()


def page(*rows: Row, revision: int = 1, gone: tuple[tuple[Table, str], ...] = ()) -> ChangesPage:
    changes = [Change(revision=revision, row=row) for row in rows]
    changes += [Change(revision=revision, table=table, key=key) for table, key in gone]
    return ChangesPage(epoch="e", revision=revision, rows=tuple(changes), more=False, head=revision)


def district(code: str) -> District:
    ring = ((127.0, 37.5), (127.1, 37.5), (127.1, 37.6), (127.0, 37.5))
    return District(code=code, name=text("종로구"), lat=37.5, lon=127.0, boundary=(ring,))


def test_the_catalogue_comes_back_as_it_was_written(
    writer: CacheWriter, repositories: Repositories
) -> None:
    camera = Camera("c", 2, text("잠수교"), 37.5, 127.0, "11650", "river", "http://x", True)
    source = Source("s", text("소방"), text("서울"), "simulated", "", 60)
    rows: list[Row] = [district("11140"), district("11110"), camera, source]
    rows += [indicator("b", 2), indicator("a", 1)]
    tables = writer.apply(page(*rows), NOW_MS)
    assert tables == {"districts", "cameras", "sources", "indicators"}
    assert [d.code for d in repositories.districts()] == ["11110", "11140"]
    assert repositories.districts()[0] == district("11110")
    assert [i.id for i in repositories.indicators()] == ["a", "b"]
    assert repositories.cameras() == (camera,)
    assert repositories.sources() == (source,)


def test_latest_is_the_newest_in_whatever_order_figures_come(
    writer: CacheWriter, repositories: Repositories
) -> None:
    writer.apply(page(observation("a", 30, 3.0), observation("a", 10, 1.0)), NOW_MS)
    writer.apply(page(observation("a", 20, 2.0), revision=2), NOW_MS)
    assert repositories.latest(["a", "x"]) == {"a": observation("a", 30, 3.0)}
    assert [o.t_ms for o in repositories.series("a")] == [10, 20, 30]
    assert [o.t_ms for o in repositories.series("a", since_ms=20)] == [20, 30]


def test_a_live_figure_ends_the_series_but_is_not_kept(
    writer: CacheWriter, repositories: Repositories
) -> None:
    writer.apply(page(observation("a", 10), Latest(observation=observation("a", 15, 5.0))), NOW_MS)
    writer.apply(page(Latest(observation=observation("a", 16, 6.0)), revision=2), NOW_MS)
    assert [(o.t_ms, o.value) for o in repositories.series("a")] == [(10, 1.0), (16, 6.0)]
    assert repositories.sparks(["a", "b"]) == {"a": (SparkPoint(10, 1.0), SparkPoint(16, 6.0))}


def test_districts_and_city_are_kept_apart(writer: CacheWriter, repositories: Repositories) -> None:
    closed = observation("a", 10, None, area="11110")
    known = [District(code, text(code), 0.0, 0.0, ()) for code in ("11110", "11140")]
    writer.apply(page(*known), NOW_MS)
    writer.apply(page(observation("a", 10), closed, observation("a", 9, 4.0, area="11140")), NOW_MS)
    assert repositories.by_district("a") == {
        "11110": closed,
        "11140": observation("a", 9, 4.0, area="11140"),
    }
    assert repositories.latest(["a"], area="11140")["a"].value == 4.0


def test_open_incidents_come_newest_first(writer: CacheWriter, repositories: Repositories) -> None:
    rows = [incident("old", 1), incident("new", 3), incident("over", 2, ended_ms=9)]
    writer.apply(page(*rows), NOW_MS)
    assert [i.id for i in repositories.incidents()] == ["new", "old"]
    assert [i.id for i in repositories.incidents(ended=True)] == ["new", "over", "old"]
    writer.apply(page(revision=2, gone=(("incidents", "old"),)), NOW_MS)
    assert [i.id for i in repositories.incidents()] == ["new"]


def test_the_cursor_is_written_with_the_page(
    writer: CacheWriter, repositories: Repositories
) -> None:
    writer.apply(page(observation("a", 1), revision=17), NOW_MS)
    assert repositories.meta() == CacheMeta(epoch="e", revision=17, last_success_ms=NOW_MS)
    writer.start_again("f")
    assert repositories.meta() == CacheMeta(epoch="f", revision=0, last_success_ms=NOW_MS)
    assert repositories.series("a") == ()


def test_a_page_that_fails_leaves_nothing_of_itself(
    writer: CacheWriter, repositories: Repositories
) -> None:
    writer.apply(page(observation("a", 1), revision=1), NOW_MS)
    torn = observation("b", 2, area=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="NOT NULL"):
        writer.apply(page(indicator("i"), observation("a", 2), torn, revision=2), NOW_MS)
    assert repositories.indicators() == ()
    assert [o.t_ms for o in repositories.series("a")] == [1]
    assert repositories.meta().revision == 1


def test_housekeeping_follows_each_indicators_history(
    writer: CacheWriter, repositories: Repositories
) -> None:
    old_ms = NOW_MS - 7200_000
    rows: list[Row] = [indicator("short", history_s=3600), indicator("ever")]
    rows += [observation(name, t) for name in ("short", "ever") for t in (old_ms, NOW_MS)]
    writer.apply(page(*rows), NOW_MS)
    assert writer.keep_house(NOW_MS) == 1
    assert [o.t_ms for o in repositories.series("short")] == [NOW_MS]
    assert [o.t_ms for o in repositories.series("ever")] == [old_ms, NOW_MS]


def test_without_a_cache_every_answer_is_empty(tmp_path: Path) -> None:
    engine: Engine = open_cache_for_reading(tmp_path / "none.db")
    repositories = Repositories(engine)
    assert repositories.districts() == ()
    assert repositories.latest(["a"]) == {}
    assert repositories.meta() == CacheMeta()
    assert not (tmp_path / "none.db").exists()
    engine.dispose()


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def flip_a_page(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096 * 2 : 4096 * 3] = b"\xa5" * 4096
    file.write_bytes(bytes(data))


def another_version(file: Path) -> None:
    engine = open_for_writing(file, "NORMAL")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    engine.dispose()


@pytest.mark.parametrize(
    "harm",
    [
        truncate,
        flip_a_page,
        another_version,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"\0" * 8192),
    ],
    ids=["truncated", "flipped page", "other version", "zero length", "bad header"],
)
def test_a_damaged_cache_is_set_aside_and_starts_empty(
    file: Path, harm: Callable[[Path], object]
) -> None:
    writer, _ = CacheWriter.open(file, NOW_MS)
    rows = [observation("a", t) for t in range(500)]
    writer.apply(page(*rows, revision=500), NOW_MS)
    writer.close()
    harm(file)
    again, why = CacheWriter.open(file, NOW_MS + 1)
    assert why
    assert again.cursor().revision == 0
    assert len(aside_files(file)) == 1
    again.close()


def test_readers_see_the_rebuilt_cache(
    file: Path, writer: CacheWriter, repositories: Repositories
) -> None:
    writer.apply(page(indicator("before")), NOW_MS)
    assert [i.id for i in repositories.indicators()] == ["before"]
    CacheWriter.set_aside(file, NOW_MS)
    again, _ = CacheWriter.open(file, NOW_MS)
    again.apply(page(indicator("after")), NOW_MS)
    assert [i.id for i in repositories.indicators()] == ["after"]
    again.close()


def test_of_many_damaged_caches_only_the_newest_are_kept(file: Path) -> None:
    for n in range(5):
        file.write_bytes(b"damaged")
        writer, _ = CacheWriter.open(file, NOW_MS + n)
        writer.close()
    assert [f.name.rsplit("-", 1)[1] for f in aside_files(file)] == [
        str(NOW_MS + 3),
        str(NOW_MS + 4),
    ]


def test_kinds_places_and_complaints_are_found_again(
    writer: CacheWriter, repositories: Repositories
) -> None:
    kind = Kind("bike.parked", text("자전거"), "", "transport")
    near = Place("b/1", "bike", "bike.station", "One", "11110", readings={"bike.parked": 3.0})
    far = Place("b/2", "bike", "bike.station", "Two", "11140")
    lot = Place("p/1", "lots", "parking.lot", "Lot", "11110")
    old = Complaint("c/1", "open311", "complaint.noise", "Noise", "Loud", 1, 1, "open")
    new = Complaint("c/2", "open311", "complaint.noise", "Noise", "Louder", 2, 2, "open")
    writer.apply(page(kind, near, far, lot, old, new), NOW_MS)
    assert repositories.kinds() == (kind,)
    assert repositories.places("bike.station") == (near, far)
    assert repositories.places("bike.station", "11110") == (near,)
    assert repositories.complaints() == (new, old)
    writer.apply(page(revision=2, gone=(("places", "b/1"),)), NOW_MS)
    assert repositories.places("bike.station") == (far,)
