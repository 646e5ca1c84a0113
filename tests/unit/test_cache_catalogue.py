"""Catalogues are decoded once for each of their states; complaints are counted as they come."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.wire.city import Change, ChangesPage, Complaint, ComplaintCount, District, Row, Table
from tests.helpers.city import indicator, observation, text

NOW_MS = 1_790_000_000_000


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[CacheWriter]:
    made, _ = CacheWriter.open(tmp_path / "cache.db", NOW_MS)
    yield made
    made.close()


@pytest.fixture
def rows(tmp_path: Path, writer: CacheWriter) -> Iterator[Repositories]:
    engine = open_cache_for_reading(tmp_path / "cache.db")
    yield Repositories(engine)
    engine.dispose()


def page(*told: Row, gone: tuple[tuple[Table, str], ...] = (), epoch: str = "e") -> ChangesPage:
    changes = [Change(1, row) for row in told]
    changes += [Change(1, None, table, key) for table, key in gone]
    return ChangesPage(epoch, 1, tuple(changes), more=False, head=1)


def district(code: str) -> District:
    return District(code, text("구"), 37.5, 127.0, ())


def complaint(key: str, t_ms: int, place: str = "11110", *, done: bool = False) -> Complaint:
    step = "done" if done else "reception"
    return Complaint(key, "s", "complaint.noise", key, "", t_ms, t_ms, step=step, district=place)  # type: ignore[arg-type]


def test_a_catalogue_is_the_same_until_one_of_its_rows_is_written(
    writer: CacheWriter, rows: Repositories
) -> None:
    writer.apply(page(indicator("a"), district("11110")), NOW_MS)
    indicators, districts = rows.indicators(), rows.districts()
    writer.apply(page(observation("a", 5), indicator("b")), NOW_MS)
    assert [i.id for i in rows.indicators()] == ["a", "b"]
    assert rows.districts() is districts
    writer.apply(page(gone=(("indicators", "b"),)), NOW_MS)
    assert rows.indicators() == indicators


def test_another_cache_in_the_same_place_is_read_anew(
    tmp_path: Path, writer: CacheWriter, rows: Repositories
) -> None:
    writer.apply(page(indicator("a")), NOW_MS)
    assert [i.id for i in rows.indicators()] == ["a"]
    writer.start_again("f")
    assert rows.indicators() == ()
    writer.apply(page(indicator("b"), epoch="f"), NOW_MS)
    assert [i.id for i in rows.indicators()] == ["b"]
    CacheWriter.set_aside(tmp_path / "cache.db", NOW_MS)
    other, _ = CacheWriter.open(tmp_path / "cache.db", NOW_MS)
    assert rows.indicators() == ()
    other.apply(page(indicator("c"), epoch="f"), NOW_MS)
    assert [i.id for i in rows.indicators()] == ["c"]
    other.close()


def test_several_questions_see_one_moment(writer: CacheWriter, rows: Repositories) -> None:
    writer.apply(page(indicator("a")), NOW_MS)
    with rows.at_once() as there:
        assert len(there.indicators()) == 1
        writer.apply(page(indicator("b"), observation("b", 5)), NOW_MS)
        assert there.latest(["b"]) == {}
        assert len(there.indicators()) == 1
    assert len(rows.indicators()) == 2


def test_without_a_cache_every_question_of_a_moment_is_empty(tmp_path: Path) -> None:
    engine = open_cache_for_reading(tmp_path / "none.db")
    with Repositories(engine).at_once() as there:
        assert there.indicators() == ()
        assert there.sparks(["a"]) == {}
        assert there.complaint_counts() == {}
    engine.dispose()


def test_complaints_that_are_open_come_first_wherever_asked(
    writer: CacheWriter, rows: Repositories
) -> None:
    told = (complaint("old", 1), complaint("new", 9, done=True), complaint("there", 5, "11140"))
    writer.apply(page(*told), NOW_MS)
    assert [c.id for c in rows.complaints()] == ["there", "old", "new"]
    assert [c.id for c in rows.complaints(1)] == ["there"]
    assert [c.id for c in rows.complaints(10, "11110")] == ["old", "new"]
    assert rows.complaint("there") == told[2]
    assert rows.complaint("none") is None


def test_complaints_are_counted_as_they_come_change_and_go(
    writer: CacheWriter, rows: Repositories
) -> None:
    told = (complaint("a", 1), complaint("b", 2, done=True), complaint("c", 3, "11140"))
    writer.apply(page(*told), NOW_MS)
    assert rows.complaint_counts() == {
        "11110": ComplaintCount(2, 1),
        "11140": ComplaintCount(1, 1),
    }
    moved = msgspec.structs.replace(told[0], district="11140", step="done")
    writer.apply(page(moved, gone=(("complaints", "c"),)), NOW_MS)
    assert rows.complaint_counts() == {
        "11110": ComplaintCount(1, 0),
        "11140": ComplaintCount(1, 0),
    }
    writer.start_again("f")
    assert not any(count.every or count.still for count in rows.complaint_counts().values())
