"""The demonstration's ten years: the same for a seed, adding up, marked, and never real ones."""

import datetime as dt
import math
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from kiosk.backend.feed import Feed
from kiosk.backend.spans import KST
from kiosk.backend.store import Store
from kiosk.wire.city import ChangesPage, Observation
from tests.helpers.city import settings_in

NOW_MS = int(dt.datetime(2026, 11, 22, 14, 30, tzinfo=KST).timestamp() * 1000)


def told(folder: Path, steps: int = 400) -> list[Observation]:
    folder.mkdir()
    store = Store.open(folder / "backend.db")
    feed = Feed(settings_in(folder), store)
    feed.catalogue()
    for _ in range(steps):
        feed.decade(NOW_MS)
    page = msgspec.json.decode(store.changes(0, 1_000_000).body, type=ChangesPage)
    store.close()
    return [c.row for c in page.rows if isinstance(c.row, Observation)]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Observation]:
    return told(tmp_path_factory.mktemp("decade") / "one")


def test_ten_years_of_months_that_are_over_and_all_of_it_marked(rows: list[Observation]) -> None:
    months = [r for r in rows if r.period == "month"]
    counts = Counter((r.indicator, r.area) for r in months)
    assert set(counts.values()) == {120}
    assert len({i for i, _ in counts}) == 21
    newest = max(r.t_ms for r in months)
    assert newest == int(dt.datetime(2026, 10, 1, tzinfo=KST).timestamp() * 1000)
    assert all(r.simulated and not r.provisional and r.rollup == "" for r in rows)
    assert not [r for r in rows if r.indicator in ("population", "crimes", "cctv")]


def test_districts_make_the_city_and_groups_make_the_year(rows: list[Observation]) -> None:
    calls = [r for r in rows if r.indicator == "ambulance"]
    month = {r.area: r.value or 0.0 for r in calls if r.period == "month"}
    whole = month.pop("11")
    assert math.isclose(math.fsum(month.values()), whole, rel_tol=0.001)
    groups: dict[tuple[int, str], list[float]] = {}
    for r in calls:
        if r.period == "year" and r.area == "11":
            kind = "sex" if r.age == "all" else "age" if r.sex == "all" else "both"
            groups.setdefault((r.t_ms, kind), []).append(r.value or 0.0)
    for t_ms in {t for t, _ in groups}:
        by_sex, by_age, both = (math.fsum(groups[t_ms, k]) for k in ("sex", "age", "both"))
        assert math.isclose(by_sex, by_age, abs_tol=400)
        assert math.isclose(by_sex, both, abs_tol=400)
    women = {r.area: r.value or 0.0 for r in calls if (r.sex, r.age) == ("female", "20-29")}
    assert math.fsum(women[area] for area in month) == women["11"]
    assert len(groups) == 3 * 9, "nine years are over whole"
    assert {len(found) for (_, kind), found in groups.items() if kind == "both"} == {18}


def test_the_same_seed_gives_the_same_years(rows: list[Observation], tmp_path: Path) -> None:
    again = told(tmp_path / "again", steps=12)
    assert 12_000 < len(again) < len(rows)
    assert again == rows[: len(again)]
