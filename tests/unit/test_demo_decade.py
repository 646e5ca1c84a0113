"""The demonstration's ten years: the same for a seed, adding up, marked, and never real ones."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from kiosk.backend.catalogue import load_city
from kiosk.backend.feed import Feed
from kiosk.backend.simulator.city import Simulator
from kiosk.backend.store import Store
from kiosk.pack import pack_folder
from kiosk.settings import Settings
from kiosk.wire.city import ChangesPage, Observation
from tests.helpers.city import settings_in

KST = ZoneInfo("Asia/Seoul")

NOW_MS = int(dt.datetime(2026, 11, 22, 14, 30, tzinfo=KST).timestamp() * 1000)

SEED = settings_in(Path()).demo.seed


def simulator(seed: int = SEED) -> Simulator:
    folder = pack_folder(Settings())
    return Simulator(load_city(folder), folder, seed, cameras=40)


@pytest.fixture(scope="module")
def rows() -> list[Observation]:
    return [row for part in simulator().past(NOW_MS).values() for row in part]


def told(store: Store, feed: Feed, steps: int, now_ms: int) -> list[Observation]:
    """What so many steps write."""
    before = store.revision()
    for _ in range(steps):
        feed.decade(now_ms)
    page = msgspec.json.decode(store.changes(before, 1_000_000).body, type=ChangesPage)
    return [c.row for c in page.rows if isinstance(c.row, Observation)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "backend.db")
    yield made
    made.close()


def test_ten_years_of_months_that_are_over_and_all_of_it_marked(rows: list[Observation]) -> None:
    months = [r for r in rows if r.period == "month" and len(r.area) <= 5]
    counts = Counter((r.indicator, r.area, r.sex, r.age) for r in months)
    assert set(counts.values()) == {120}
    assert len({indicator for indicator, *_ in counts}) > 40
    newest = max(r.t_ms for r in months)
    assert newest == int(dt.datetime(2026, 10, 1, tzinfo=KST).timestamp() * 1000)
    assert all(r.simulated and not r.provisional and r.rollup == "" for r in rows)
    assert not [r for r in rows if r.indicator in ("population", "crimes", "cctv")]


def test_neighbourhoods_make_their_districts(rows: list[Observation]) -> None:
    """Months of two years and ten years of what can be shared out, all marked."""
    near = [r for r in rows if len(r.area) == 8]
    assert {r.period for r in near} == {"month", "year"}
    assert {r.indicator for r in near} >= {"complaints", "living-population", "home-visits"}
    assert len({r.area for r in near}) == 424
    assert all(r.simulated and (r.sex, r.age) == ("all", "all") for r in near)
    whole = {(r.indicator, r.t_ms, r.area): r.value or 0.0 for r in rows if r.period == "month"}
    parts: Counter[tuple[str, int, str]] = Counter()
    for r in near:
        if r.period == "month":
            parts[r.indicator, r.t_ms, r.area[:5]] += r.value or 0.0  # type: ignore[assignment]
    assert {len({t for i, t, _ in parts if i == name}) for name, _, _ in parts} == {24}
    assert all(math.isclose(total, whole[key], abs_tol=0.01) for key, total in parts.items())
    years = {(r.indicator, r.t_ms) for r in near if r.period == "year"}
    assert Counter(name for name, _ in years)["complaints"] == 9
    assert Counter(name for name, _ in years)["births"] == 10


def test_a_new_month_tells_its_neighbourhoods_and_nothing_else(
    store: Store, tmp_path: Path
) -> None:
    feed = Feed(settings_in(tmp_path), store)
    store.set_meta("decade", ",".join(simulator().past(NOW_MS)))
    assert not told(store, feed, 3, NOW_MS)
    new = told(store, feed, 6, NOW_MS + 20 * 86_400_000)
    assert {len(r.area) for r in new} == {8}
    assert dt.datetime(2026, 11, 1, tzinfo=KST).timestamp() * 1000 in {r.t_ms for r in new}


def test_districts_make_the_city_and_groups_make_the_year(rows: list[Observation]) -> None:
    calls = [r for r in rows if r.indicator == "ambulance"]
    month = {r.area: r.value or 0.0 for r in calls if r.period == "month"}
    whole = month.pop("city")
    assert math.isclose(math.fsum(month.values()), whole, rel_tol=0.001)
    groups: dict[tuple[int, str], list[float]] = {}
    for r in calls:
        if r.period == "year" and r.area == "city":
            kind = "sex" if r.age == "all" else "age" if r.sex == "all" else "both"
            groups.setdefault((r.t_ms, kind), []).append(r.value or 0.0)
    for t_ms in {t for t, _ in groups}:
        by_sex, by_age, both = (math.fsum(groups[t_ms, k]) for k in ("sex", "age", "both"))
        assert math.isclose(by_sex, by_age, abs_tol=400)
        assert math.isclose(by_sex, both, abs_tol=400)
    women = {r.area: r.value or 0.0 for r in calls if (r.sex, r.age) == ("female", "20-29")}
    assert math.fsum(women[area] for area in month) == women["city"]
    assert len(groups) == 3 * 9, "nine years are over whole"
    assert {len(found) for (_, kind), found in groups.items() if kind == "both"} == {18}


def test_the_same_seed_gives_the_same_years(rows: list[Observation]) -> None:
    again = [row for part in simulator().past(NOW_MS).values() for row in islice(part, 100)]
    other = [row for part in simulator(seed=2).past(NOW_MS).values() for row in islice(part, 100)]
    assert set(map(msgspec.json.encode, again)) <= set(map(msgspec.json.encode, rows))
    assert [row.value for row in again] != [row.value for row in other]


def test_a_slice_at_a_time_goes_into_the_store(
    store: Store, tmp_path: Path, rows: list[Observation]
) -> None:
    found = told(store, Feed(settings_in(tmp_path), store), 9, NOW_MS)
    assert 12_000 < len(found) < len(rows)
    assert found == rows[: len(found)]
