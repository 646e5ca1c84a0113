"""Catalogues are decoded once for each of their states; complaints are counted as they come."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.cache.watch import suspected
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


def test_a_file_that_is_not_there_yet_is_empty_and_no_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "cache.db"
    engine = open_cache_for_reading(file)
    assert Repositories(engine).indicators() == ()
    assert caplog.records == []
    file.write_bytes(b"no database")
    assert Repositories(engine).indicators() == ()
    assert "can't be read" in caplog.text
    engine.dispose()


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


def test_a_file_that_is_no_cache_has_no_answer_and_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "cache.db"
    file.write_bytes(b"rubbish" * 1000)
    engine = open_cache_for_reading(file)
    with Repositories(engine).at_once() as there:
        assert there.indicators() == ()
        assert there.latest(["a"]) == {}
    engine.dispose()
    assert suspected(file)


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


@settings(max_examples=30, deadline=None)
@given(
    pages=st.lists(
        st.lists(
            st.tuples(
                st.sampled_from("abcdef"),
                st.sampled_from(("11110", "11140", "")),
                st.sampled_from(("open", "done", "gone")),
            ),
            max_size=8,
        ),
        max_size=8,
    )
)
def test_counts_are_what_counting_finds(
    tmp_path_factory: pytest.TempPathFactory, pages: list[list[tuple[str, str, str]]]
) -> None:
    file = tmp_path_factory.mktemp("counts") / "cache.db"
    writer, _ = CacheWriter.open(file, NOW_MS)
    kept: dict[str, Complaint] = {}
    for told in pages:
        rows = {key: complaint(key, 1, place, done=how == "done") for key, place, how in told}
        gone = {key for key, _, how in told if how == "gone"}
        writer.apply(page(*rows.values(), gone=tuple(("complaints", key) for key in gone)), NOW_MS)
        kept = {key: row for key, row in (kept | rows).items() if key not in gone}
    expected: dict[str, ComplaintCount] = {}
    for row in kept.values():
        count = expected.get(row.district, ComplaintCount())
        expected[row.district] = ComplaintCount(count.every + 1, count.still + row.open)
    engine = open_cache_for_reading(file)
    found = Repositories(engine).complaint_counts()
    assert {place: count for place, count in found.items() if count.every} == expected
    engine.dispose()
    writer.close()
