"""Panels read the real cache: what the backend's rows become in SQLite is what panels show."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.repositories import Repositories
from kiosk.cache.writer import CacheWriter
from kiosk.core.state import ViewState
from kiosk.panels import find_panels
from kiosk.wire.city import Change, ChangesPage, Latest
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, live

STATES = (
    at("home"),
    at("home", district="11710"),
    at("indicators"),
    at("indicators", indicator="pm25", district="11710"),
    at("indicators", indicator="population"),
    at("cctv"),
    at("system"),
    at("pledges", item="vision-democratic"),
    at("projects", item="projects-smart"),
    at("goals", item="sdg-11"),
)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    """The demo city with the last hour of figures: enough for every query, quick to write."""
    whole = demo_city()
    for key, series in whole.figures.items():
        newest = max(series)
        kept = {t: row for t, row in series.items() if newest - t < 3_600_000 or not row.simulated}
        whole.figures[key] = kept
    return whole


@pytest.fixture(scope="module")
def cache(
    city: MemoryRepositories, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Repositories]:
    file = tmp_path_factory.mktemp("cache") / "cache.db"
    writer, why = CacheWriter.open(file, NOW_MS)
    assert why == ""
    rows = [row for kind in city.catalogue.values() for row in kind.values()]
    rows += [row for series in city.figures.values() for _, row in sorted(series.items())]
    rows += [Latest(observation=row) for row in city.moments.values()]
    changes = tuple(Change(n, row) for n, row in enumerate(rows, start=1))
    writer.apply(ChangesPage("e", len(rows), changes, False, len(rows)), NOW_MS)
    engine = open_cache_for_reading(file)
    yield Repositories(engine)
    engine.dispose()
    writer.close()


@pytest.mark.parametrize(
    "state",
    STATES,
    ids=lambda s: "-".join(filter(None, (s.panel, s.place.indicator, s.place.district))),
)
def test_a_panel_shows_the_same_from_sqlite_as_from_the_rows(
    state: ViewState, city: MemoryRepositories, cache: Repositories
) -> None:
    spec = next(spec for spec in find_panels() if spec.id == state.panel)
    shown = []
    for rows in (cache, cast(Repositories, city)):
        presenter = spec.load_presenter()
        model = presenter.present(state, presenter.query(rows, state), live(city), NOW_MS)
        shown.append(presenter.project(model))
    assert shown[0] == shown[1]
    assert shown[0].blocks


def test_panels_stand_without_a_cache(tmp_path: Path) -> None:
    engine = open_cache_for_reading(tmp_path / "none.db")
    rows = Repositories(engine)
    empty = MemoryRepositories(())
    for spec in find_panels():
        presenter = spec.load_presenter()
        state = at(spec.id)
        model = presenter.present(state, presenter.query(rows, state), live(empty), NOW_MS)
        assert presenter.project(model).panel == spec.id
    engine.dispose()
