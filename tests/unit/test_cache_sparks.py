"""The small lines that stand beside the figures say what the figures say, whatever happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.figures import SPARK_POINTS
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.wire.city import Change, ChangesPage, Latest, Observation, figure_key
from kiosk.wire.series import QUARTER_MS, SparkPoint
from tests.helpers.city import indicator, observation

NOW_MS = 1_790_000_000_000
MINUTE_MS = 60_000


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


def page(*told: Observation | Latest, gone: tuple[str, ...] = ()) -> ChangesPage:
    changes = [Change(1, row) for row in told]
    changes += [Change(1, None, "observations", key) for key in gone]
    return ChangesPage("e", 1, tuple(changes), more=False, head=1)


def expected(kept: dict[int, float | None]) -> tuple[SparkPoint, ...]:
    last = {t_ms // QUARTER_MS: t_ms for t_ms in sorted(kept)}
    return tuple(SparkPoint(t_ms, kept[t_ms]) for t_ms in last.values())[-SPARK_POINTS:]


def test_the_last_figure_of_each_quarter_of_an_hour(
    writer: CacheWriter, rows: Repositories
) -> None:
    told = {n * 5 * MINUTE_MS: float(n) for n in range(9)}
    writer.apply(page(*(observation("a", t_ms, value) for t_ms, value in told.items())), NOW_MS)
    assert rows.sparks(["a"]) == {
        "a": tuple(SparkPoint(n * 5 * MINUTE_MS, float(n)) for n in (2, 5, 8))
    }


def test_the_figure_of_this_moment_ends_the_line(writer: CacheWriter, rows: Repositories) -> None:
    writer.apply(page(observation("a", 10), Latest(observation=observation("a", 15, 5.0))), NOW_MS)
    assert rows.sparks(["a", "b"]) == {"a": (SparkPoint(10, 1.0), SparkPoint(15, 5.0))}
    writer.apply(page(Latest(observation=observation("b", 3, 7.0))), NOW_MS)
    assert rows.sparks(["b"]) == {"b": (SparkPoint(3, 7.0),)}


def test_districts_months_and_groups_have_none(writer: CacheWriter, rows: Repositories) -> None:
    month = Observation("a", "city", 5, 1.0, True, period="month")
    writer.apply(page(month, observation("a", 5, 2.0, "11110")), NOW_MS)
    assert rows.sparks(["a"]) == {}


def test_old_figures_leave_the_line_too(writer: CacheWriter, rows: Repositories) -> None:
    known = Change(1, indicator("a", history_s=3600))
    old = observation("a", NOW_MS - 7_200_000, 1.0)
    new = observation("a", NOW_MS - 60_000, 2.0)
    changes = (known, Change(1, old), Change(1, new))
    writer.apply(ChangesPage("e", 1, changes, more=False, head=1), NOW_MS)
    assert len(rows.sparks(["a"])["a"]) == 2
    writer.keep_house(NOW_MS)
    assert rows.sparks(["a"]) == {"a": (SparkPoint(new.t_ms, 2.0),)}


@settings(max_examples=40, deadline=None)
@given(
    told=st.lists(
        st.tuples(
            st.integers(0, 400).map(lambda n: n * 7 * MINUTE_MS),
            st.none() | st.integers(0, 99).map(float),
            st.booleans(),
        ),
        max_size=60,
    ),
    size=st.integers(1, 7),
)
def test_the_line_is_what_the_figures_are(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[tuple[int, float | None, bool]],
    size: int,
) -> None:
    """Whatever is written, corrected and taken back, in pages of whatever size."""
    file = tmp_path_factory.mktemp("sparks") / "cache.db"
    writer, _ = CacheWriter.open(file, NOW_MS)
    kept: dict[int, float | None] = {}
    for begin in range(0, len(told), size):
        part = told[begin : begin + size]
        rows = [observation("a", t_ms, value) for t_ms, value, gone in part]
        going = [observation("a", t_ms) for t_ms, _, gone in part if gone]
        kept |= {row.t_ms: row.value for row in rows}
        for row in going:
            kept.pop(row.t_ms, None)
        keys = tuple(dict.fromkeys(figure_key(row) for row in going))
        writer.apply(page(*rows, gone=keys), NOW_MS)
    engine = open_cache_for_reading(file)
    found = Repositories(engine).sparks(["a"]).get("a", ())
    assert [p for p in found if p.t_ms in kept] == list(expected(kept))
    engine.dispose()
    writer.close()
