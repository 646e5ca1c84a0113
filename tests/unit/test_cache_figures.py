"""Figures by period, place and people: written as told, found again by every query."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.wire.city import Change, ChangesPage, District, Observation, Row, figure_key
from tests.helpers.city import indicator, observation, text

NOW_MS = 1_790_000_000_000


def figure(t_ms: int, value: float, area: str = "city", **people: object) -> Observation:
    return msgspec.structs.replace(observation("a", t_ms, value, area), **people)


DISTRICTS = tuple(District(code, text(code), 0.0, 0.0, ()) for code in ("11110", "11140", "11170"))
ROWS = (
    figure(1, 10.0),
    figure(5, 11.0, period="month", rollup="mean", provisional=True, note=text("29/30")),
    figure(3, 12.0, period="month"),
    figure(3, 20.0, "11110", period="month"),
    figure(4, 21.0, "11140", period="month"),
    figure(3, 30.0, "11110515", period="month"),
    figure(3, 31.0, "11140520", period="month"),
    figure(2, 40.0, period="year", sex="female", age="20-29"),
    figure(2, 41.0, period="year"),
)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[CacheWriter]:
    made, _ = CacheWriter.open(tmp_path / "cache.db", NOW_MS)
    made.apply(page(*DISTRICTS, *ROWS), NOW_MS)
    yield made
    made.close()


@pytest.fixture
def rows(tmp_path: Path, writer: CacheWriter) -> Iterator[Repositories]:
    engine = open_cache_for_reading(tmp_path / "cache.db")
    yield Repositories(engine)
    engine.dispose()


def page(*told: Row, gone: tuple[str, ...] = ()) -> ChangesPage:
    changes = [Change(1, row) for row in told]
    changes += [Change(1, None, "observations", key) for key in gone]
    return ChangesPage("e", 1, tuple(changes), more=False, head=1)


def test_every_line_is_found_by_what_it_is_of(rows: Repositories) -> None:
    assert rows.series("a") == (ROWS[0],)
    assert rows.series("a", period="month") == (ROWS[2], ROWS[1])
    assert rows.series("a", period="month", since_ms=4) == (ROWS[1],)
    assert rows.series("a", period="year", sex="female", age="20-29") == (ROWS[7],)
    assert rows.series("a", period="year", sex="male") == ()
    assert rows.compare("a", ("city", "11140"), period="month") == {
        "city": (ROWS[2], ROWS[1]),
        "11140": (ROWS[4],),
    }


def test_districts_are_no_neighbourhoods(rows: Repositories) -> None:
    assert rows.by_district("a", period="month") == {"11110": ROWS[3], "11140": ROWS[4]}
    assert rows.by_district("a", period="month", until_ms=3) == {"11110": ROWS[3]}
    assert rows.by_neighbourhood("a", "11110", period="month") == {"11110515": ROWS[5]}


def test_by_what_people_are_told_apart(rows: Repositories) -> None:
    assert rows.apart() == {"a": frozenset(("sex", "age"))}
    assert rows.apart("11110") == {}


def test_groups_and_what_there_is(rows: Repositories) -> None:
    assert rows.breakdown("a") == {("female", "20-29"): ROWS[7], ("all", "all"): ROWS[8]}
    assert rows.offers("a") == {
        ("", "all", "all"),
        ("month", "all", "all"),
        ("year", "all", "all"),
        ("year", "female", "20-29"),
    }
    assert rows.latest(["a"]) == {"a": ROWS[0]}, "a month is not the newest figure"


def test_a_figure_of_people_goes_by_its_key(writer: CacheWriter, rows: Repositories) -> None:
    writer.apply(page(gone=(figure_key(ROWS[7]), figure_key(ROWS[0]))), NOW_MS)
    assert rows.breakdown("a") == {("all", "all"): ROWS[8]}
    assert rows.series("a", period="month") == (ROWS[2], ROWS[1])


def test_each_period_is_kept_as_long_as_its_indicator_says(
    writer: CacheWriter, rows: Repositories
) -> None:
    known = msgspec.structs.replace(indicator("a", history_s=1), keep_s={"month": 3})
    now_ms = 7_000
    writer.apply(page(known, figure(6_500, 1.0), figure(5_000, 2.0, period="month")), now_ms)
    assert writer.keep_house(now_ms) == 7, "the old moment, and all but the newest month"
    assert [r.t_ms for r in rows.series("a", period="month")] == [5_000]
    assert rows.breakdown("a").keys() == {("female", "20-29"), ("all", "all")}


def test_numbers_of_series_survive_a_page_that_fails(
    writer: CacheWriter, rows: Repositories
) -> None:
    broken = page(figure(9, 1.0, "11170", period="month"), gone=("no key of ours",))
    with pytest.raises(ValueError, match="not enough values"):
        writer.apply(broken, NOW_MS)
    writer.apply(page(figure(9, 2.0, "11170", period="month")), NOW_MS)
    assert rows.by_district("a", period="month")["11170"].value == 2.0
