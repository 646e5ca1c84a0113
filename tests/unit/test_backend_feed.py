"""What fills the backend's store, also when a write fails, and what is refused before."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.backend.check import check_city
from kiosk.backend.feed import Feed, open_store
from kiosk.backend.store import Store
from kiosk.pack import pack_folder
from kiosk.settings import Settings, SettingsError
from kiosk.settings.model import DemoSettings, PathSettings
from kiosk.wire.city import ChangesPage, Latest, Observation, Source
from tests.helpers.city import settings_in

NOW_MS = 1_795_330_500_000
DAY_MS = 86_400_000


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    made = open_store(settings)
    yield made
    made.close()


def rows(store: Store) -> list[object]:
    page = msgspec.json.decode(store.changes(0, 50_000).body, type=ChangesPage)
    return [change.row for change in page.rows if change.row is not None]


def fill(feed: Feed, now_ms: int = NOW_MS) -> None:
    feed.catalogue()
    for part in (feed.moment, feed.figures, feed.history):
        part(now_ms)


def test_published_figures_keep_their_dates_and_are_not_simulated(
    settings: Settings, store: Store
) -> None:
    fill(Feed(settings, store))
    found = [r for r in rows(store) if isinstance(r, Observation) and not r.simulated]
    assert len(found) == (22 + 1 + 1 + 4 + 4 + 1 + 1 + 9 + 1 + 1 + 1 + 1) * 26
    population = [r for r in found if r.indicator == "population" and r.area == "city"]
    assert population[-1].t_ms == 1_751_209_200_000  # 2025-06-30 in Korea
    assert population[-1].value == 9_595_509
    sources = {r.id: r for r in rows(store) if isinstance(r, Source)}
    assert sources["seoul-statistics"].last_success_ms == 1_751_209_200_000
    assert not sources["seoul-statistics"].simulated


def test_a_second_start_writes_only_what_moves(settings: Settings, store: Store) -> None:
    fill(Feed(settings, store))
    before = store.revision()
    fill(Feed(settings, store), NOW_MS + 1)
    moved = store.revision() - before
    found = rows(store)
    assert moved < 400
    assert Observation not in {type(row) for row in found[len(found) - moved :]}


def test_history_goes_on_where_it_stopped(settings: Settings, store: Store) -> None:
    fill(Feed(settings, store), NOW_MS)
    fill(Feed(settings, store), NOW_MS + 3 * 3_600_000)
    series = sorted(
        r.t_ms
        for r in rows(store)
        if isinstance(r, Observation) and (r.indicator, r.area) == ("pm25", "city")
    )
    assert {b - a for a, b in itertools.pairwise(series)} == {600_000}
    assert series[-1] > NOW_MS + 3 * 3_600_000 - 600_000
    assert series[0] >= NOW_MS + 3 * 3_600_000 - 26 * 3_600_000


def test_figures_of_a_step_that_could_not_be_written_are_written_by_the_next(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = Feed(settings, store)
    feed.catalogue()

    def full(*_: object, **__: object) -> int:
        raise OSError("the disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(store, "write", full)
        with pytest.raises(OSError, match="full"):
            feed.moment(NOW_MS)
    assert not [r for r in rows(store) if isinstance(r, Latest)]
    feed.moment(NOW_MS + 1000)
    assert len([r for r in rows(store) if isinstance(r, Latest)]) > 250


def test_another_seed_gets_another_store(settings: Settings) -> None:
    first = open_store(settings)
    first.close()
    same = open_store(settings)
    assert same.epoch == first.epoch
    same.close()
    other = open_store(msgspec.structs.replace(settings, demo=DemoSettings(seed=8)))
    assert other.epoch != first.epoch
    other.close()


def test_fewer_cameras_take_the_others_off_the_wall(settings: Settings, store: Store) -> None:
    fill(Feed(settings, store))
    assert len(store.keys("cameras")) == 16
    fewer = msgspec.structs.replace(settings, demo=DemoSettings(seed=7, cameras=9))
    Feed(fewer, store).catalogue()
    assert len(store.keys("cameras")) == 9


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("simulation.toml", 'indicator = "pm25"', 'indicator = "pm99"', "indicator"),
        ("simulation.toml", 'weights = "population"', 'weights = "people"', "weights"),
        ("simulation.toml", 'includes = "ambulance"', 'includes = "solar"', "includes"),
        ("incidents.toml", 'severity = "caution"', 'severity = "bad"', "severity"),
        ("incidents.toml", "{engines}", "{enginez}", "kind fire"),
        ("incidents.toml", 'district = "11140"', 'district = "11141"', "district"),
    ],
)
def test_a_mistake_in_the_demonstration_is_found_before_the_start(
    tmp_path: Path, file: str, old: str, new: str, field: str
) -> None:
    folder = Path(shutil.copytree(pack_folder(Settings()), tmp_path / "city" / "seoul"))
    broken = folder / file
    broken.write_text(broken.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        check_city(Settings(paths=PathSettings(config_dir=str(tmp_path))))
    assert refused.value.file == str(broken)
    assert field in refused.value.field


def test_the_city_that_comes_with_the_product_is_sound() -> None:
    check_city(Settings())
