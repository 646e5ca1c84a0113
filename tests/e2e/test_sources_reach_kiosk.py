"""From a city system's answer to a kiosk's cache: real servers, real sockets, real files."""

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.backend import worker as backend
from kiosk.backend.pull import rounds
from kiosk.cache.engine import open_cache_for_reading
from kiosk.cache.files import CACHE
from kiosk.cache.repositories import Repositories
from kiosk.core.clock import ManualClock, SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import BackendSettings
from kiosk.sync import worker as sync
from kiosk.wire.city import Source
from tests.helpers.city import eventually, prepared_store, running, settings_in
from tests.helpers.city_systems import (
    KEY,
    STATIONS,
    Systems,
    air,
    alert,
    bikes,
    city_systems,
    declare,
    refusal,
    write_key,
)

MINUTE_MS = 60_000
GOOD = dict.fromkeys(STATIONS, 20.0) | {"종로구": 33.0, "중구": 0}
MEAN = round((33.0 + 20.0 * 12) / 13)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_store(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def systems() -> Iterator[Systems]:
    with city_systems() as made:
        made.answers["RealtimeCityAir"] = lambda: (200, air(_hour(0), GOOD))
        made.answers["bikeList/1/2"] = lambda: (200, bikes({"ST-1": 3, "ST-2": 12}))
        made.answers["bikeList/3/4"] = lambda: (200, bikes({"ST-3": 5}))
        made.answers["bikeList"] = lambda: (200, refusal("INFO-200"))
        made.answers["alerts"] = lambda: (200, alert("a-1", "호우 경보"))
        yield made


@pytest.fixture
def settings(
    tmp_path: Path, prepared: Path, systems: Systems, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    shutil.copy(prepared, tmp_path)
    monkeypatch.setattr(rounds, "LOOK_MS", 50)
    declare(tmp_path / "sources", systems.url)
    write_key(tmp_path / "secrets.toml")
    own = BackendSettings(secrets=str(tmp_path / "secrets.toml"), sources=str(tmp_path / "sources"))
    return msgspec.structs.replace(settings_in(tmp_path), backend=own)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Repositories]:
    engine = open_cache_for_reading(tmp_path / CACHE)
    yield Repositories(engine)
    engine.dispose()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(SystemClock().now_ms())


def _hour(back: int) -> str:
    """The full hour now in Korea, or earlier, as the city writes it."""
    now = datetime.now(UTC) + timedelta(hours=9 - back)
    return now.strftime("%Y%m%d%H00")


def headlines(kiosk: Repositories) -> list[str]:
    """Of real incidents that go on."""
    return [i.headline.ko for i in kiosk.incidents() if not i.simulated]


def told(kiosk: Repositories, source: str) -> Source:
    return next(s for s in kiosk.sources() if s.id == source)


def until(holds: Callable[[], bool], what: str) -> None:
    def safe() -> bool:
        try:
            return holds()
        except (StopIteration, KeyError):
            return False

    eventually(safe, what)


def test_real_figures_replace_simulated_ones_and_outlive_errors(
    settings: Settings, kiosk: Repositories, systems: Systems, clock: ManualClock
) -> None:
    with running(backend.run, settings, clock), running(sync.run, settings):
        until(lambda: not kiosk.latest(["pm25"])["pm25"].simulated, "a real figure")
        assert kiosk.latest(["pm25"])["pm25"].value == MEAN
        districts = kiosk.by_district("pm25")
        assert (districts["11110"].value, districts["11140"].value) == (33.0, None)
        assert districts["11140"].note is not None
        until(lambda: set(kiosk.by_district("pm25")) == _codes(kiosk), "no simulated district")
        until(lambda: len(kiosk.series("pm25")) == 1, "no simulated figure in the series")
        assert next(i for i in kiosk.indicators() if i.id == "pm25").source_id == "test-air"
        assert kiosk.latest(["pm10"])["pm10"].simulated
        until(lambda: kiosk.latest(["bikes"])["bikes"].value == 20.0, "all pages of bicycles")
        stations = kiosk.places("bike.station", "11140")
        assert [s.readings["bike.parked"] for s in stations] == [3.0, 12.0, 5.0]
        until(lambda: any(i.headline.ko == "호우 경보" for i in kiosk.incidents()), "the alert")

        systems.answers["RealtimeCityAir"] = lambda: (500, f"no {KEY}")
        systems.answers["alerts"] = lambda: (200, alert("a-2", "한파 주의보"))
        good = told(kiosk, "test-air")
        clock.advance(2 * MINUTE_MS)
        until(lambda: told(kiosk, "test-air").last_error is not None, "the error")
        assert told(kiosk, "test-air").last_success_ms == good.last_success_ms
        assert kiosk.latest(["pm25"])["pm25"].value == MEAN
        assert not kiosk.latest(["pm25"])["pm25"].simulated
        until(lambda: headlines(kiosk) == ["한파 주의보"], "the first alert has ended")

        systems.answers["RealtimeCityAir"] = lambda: (200, air(_hour(0), GOOD | {"종로구": 46.0}))
        clock.advance(10 * MINUTE_MS)
        until(lambda: kiosk.by_district("pm25")["11110"].value == 46.0, "the next good figure")
        until(lambda: told(kiosk, "test-air").last_error is None, "the error is over")


def _codes(kiosk: Repositories) -> set[str]:
    names = {d.name.ko: d.code for d in kiosk.districts()}
    return {names[name] for name in STATIONS}


def test_a_restart_asks_nobody_too_early(
    settings: Settings, kiosk: Repositories, systems: Systems, clock: ManualClock
) -> None:
    with running(backend.run, settings, clock), running(sync.run, settings):
        until(lambda: told(kiosk, "test-air").last_success_ms is not None, "the first answer")
        until(lambda: told(kiosk, "test-bikes").last_success_ms is not None, "the first answer")
        until(lambda: told(kiosk, "test-alerts").last_success_ms is not None, "the first answer")
    asked = len(systems.asked)
    clock.advance(20_000)
    with running(backend.run, settings, clock), running(sync.run, settings):
        until(lambda: told(kiosk, "test-air").calls_today > 0, "the source again")
        assert len(systems.asked) == asked
        clock.advance(MINUTE_MS)
        until(lambda: len(systems.asked) > asked, "the next round")


def test_without_its_key_a_source_is_idle_and_the_demonstration_goes_on(
    settings: Settings, kiosk: Repositories, systems: Systems, tmp_path: Path
) -> None:
    (tmp_path / "secrets.toml").write_text('other = "abcdef"\n', encoding="utf-8")
    with running(backend.run, settings), running(sync.run, settings):
        until(lambda: told(kiosk, "test-air").idle is not None, "the reason")
        assert "test" in told(kiosk, "test-air").idle.en  # type: ignore[union-attr]
        until(lambda: kiosk.latest(["pm25"])["pm25"].simulated, "a simulated figure")
        until(lambda: bool(told(kiosk, "test-alerts").last_success_ms), "a source without key")
    assert systems.calls("RealtimeCityAir") == 0


def test_a_key_that_is_taken_away_gives_the_indicator_back(
    settings: Settings, kiosk: Repositories, clock: ManualClock, tmp_path: Path
) -> None:
    with running(backend.run, settings, clock), running(sync.run, settings):
        until(lambda: not kiosk.latest(["pm25"])["pm25"].simulated, "a real figure")
    (tmp_path / "secrets.toml").write_text('other = "abcdef"\n', encoding="utf-8")
    with running(backend.run, settings, clock), running(sync.run, settings):
        until(lambda: kiosk.latest(["pm25"])["pm25"].simulated, "a simulated figure again")
        until(lambda: all(o.simulated for o in kiosk.series("pm25")), "no real one among them")
        until(lambda: len(kiosk.by_district("pm25")) == 25, "all districts again")


def test_the_key_is_nowhere(
    settings: Settings,
    kiosk: Repositories,
    systems: Systems,
    clock: ManualClock,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    systems.answers["RealtimeCityAir"] = lambda: (200, f'{{"broken": "{KEY}"')
    with running(backend.run, settings, clock), running(sync.run, settings):
        until(lambda: told(kiosk, "test-air").last_error is not None, "the error")
        until(lambda: told(kiosk, "test-bikes").last_success_ms is not None, "the bicycles")
        lines = [file.read_bytes() for file in _cmdlines()]
        assert not any(KEY.encode() in line for line in lines)
    assert KEY in systems.asked[0] + systems.asked[1] + systems.asked[2]
    assert KEY not in caplog.text
    for file in tmp_path.rglob("*"):
        if file.is_file() and file.name != "secrets.toml":
            assert KEY.encode() not in file.read_bytes(), file.name


def _cmdlines() -> list[Path]:
    return [f for f in Path("/proc").glob("[0-9]*/cmdline") if f.exists()]
