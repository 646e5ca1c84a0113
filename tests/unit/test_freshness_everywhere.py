"""Fresh, late, stale or absent: whatever is shown or said tells which, on every panel."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from kiosk.app.lamps import top_bar
from kiosk.app.world import WallWorld
from kiosk.cache.freshness import Freshness, source_freshness
from kiosk.cache.repositories import Repositories
from kiosk.core.audit import AuditRecord
from kiosk.core.clock import ManualClock
from kiosk.panels import find_panels
from kiosk.panels.spoken import read_figures
from kiosk.panels.standing import Feeds, read_feeds, with_standing
from kiosk.settings.model import CitySettings
from kiosk.ui.ages import QUALITY_WORDS
from kiosk.wire.city import Source
from kiosk.wire.messages import CameraState, SyncState
from kiosk.wire.projection import FigureBlock, MapBlock, Projection
from kiosk.wire.text import Text
from tests.helpers.heart import Heart
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, live

HOUR_MS = 3_600_000
AWAY = SyncState(False, 10, NOW_MS - 3 * HOUR_MS)
WELL = SyncState(True, 10, NOW_MS - 4_000)
PANELS = {spec.id: spec for spec in find_panels()}
OF_THE_CITY = [spec.id for spec in PANELS.values() if spec.load_presenter().tables]
AGES: dict[Freshness, int | None] = {
    "fresh": NOW_MS - 60_000,
    "late": NOW_MS - 7 * 60_000,
    "stale": NOW_MS - 26 * HOUR_MS,
    "absent": None,
}


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def world(sync: SyncState | None, feeds: Feeds | None = None) -> WallWorld:
    made = WallWorld({}, ManualClock(NOW_MS))
    made.sync = sync
    made.tables = lambda panel: PANELS[panel].load_presenter().tables
    made.take_feeds(feeds or Feeds())
    return made


def projection(panel: str, city: MemoryRepositories, now_ms: int, **place: Any) -> Projection:
    presenter, state = PANELS[panel].load_presenter(), at(panel, **place)
    data = presenter.query(cast(Repositories, city), state)
    return presenter.project(presenter.present(state, data, live(city), now_ms))


@pytest.mark.parametrize("panel", PANELS)
def test_away_from_the_backend_every_panel_of_the_city_says_so(
    panel: str, city: MemoryRepositories
) -> None:
    away = world(AWAY)
    words = away.standing(panel)
    if panel not in OF_THE_CITY:
        assert not words.ko, "it shows nothing of the city"
        return
    assert "3시간 전" in words.ko
    bar = top_bar(panel, Text("", ""), away, CitySettings(), False, False)
    assert bar.offline == words
    shown = with_standing(projection(panel, city, NOW_MS), words)
    assert words.ko in shown.subtitle.ko
    assert words.en in shown.subtitle.en


@pytest.mark.parametrize("quality", AGES)
@pytest.mark.parametrize("panel", OF_THE_CITY)
def test_a_silent_system_is_told_on_every_panel_that_shows_its_rows(
    panel: str, quality: Freshness
) -> None:
    source = Source("s", Text("민원", "Complaints"), Text("", ""), "", "", 240, AGES[quality])
    assert source_freshness(source, NOW_MS) == quality
    for table in ("complaints", "incidents", "cameras", "items", "places"):
        feeds = Feeds({"s": source}, {table: frozenset({"s"})})
        words = world(WELL, feeds).standing(panel)
        if table not in PANELS[panel].load_presenter().tables or quality == "fresh":
            assert not words.ko
        else:
            assert words.ko.startswith("민원 ")
            word = "자료 없음" if quality == "absent" else QUALITY_WORDS[quality].ko
            assert words.ko.endswith(word)


def test_of_many_systems_those_that_are_late_are_counted() -> None:
    sources = [
        Source(q, Text(q, q), Text("", ""), "", "", 240, t_ms)
        for q, t_ms in AGES.items()
        if q != "absent"
    ]
    feeds = Feeds({s.id: s for s in sources}, {"complaints": frozenset(s.id for s in sources)})
    words = world(WELL, feeds).standing("complaints")
    assert words == Text(
        "자료 3종 가운데 2종 늦음, 1일 전, 오래됨", "2 of 3 sources late, 1 d ago, old"
    )


def test_what_feeds_a_table_is_read_from_its_rows(city: MemoryRepositories) -> None:
    feeds = read_feeds(cast(Repositories, city))
    assert feeds.sources
    assert set(feeds.of_table) == {"complaints", "incidents", "cameras", "items", "places"}


def figures(city: MemoryRepositories, now_ms: int) -> Iterator[tuple[str, FigureBlock]]:
    for panel in PANELS:
        for place in ({}, {"indicator": "pm25"}, {"indicator": "population"}):
            for block in projection(panel, city, now_ms, **place).blocks:
                if isinstance(block, FigureBlock):
                    yield panel, block


@pytest.mark.parametrize(
    ("later_ms", "among"),
    [(0, {"fresh", "stale"}), (90_000, {"fresh", "late", "stale"}), (26 * HOUR_MS, {"stale"})],
    ids=["now", "soon", "tomorrow"],
)
def test_every_figure_of_every_panel_has_its_age_and_what_that_means(
    city: MemoryRepositories, later_ms: int, among: set[str]
) -> None:
    """Published figures too: the newest one of the registered population is of 2025."""
    found = list(figures(city, NOW_MS + later_ms))
    assert {panel for panel, _ in found} >= {"home", "indicators", "compare"}
    for panel, block in found:
        assert block.age.ko, f"{panel}: {block.label.ko}"
        word = QUALITY_WORDS[block.quality].ko
        if block.quality in ("late", "stale"):
            assert block.age.ko.endswith(word)
        for other in {"late", "stale"} - {block.quality}:
            assert not block.age.ko.endswith(QUALITY_WORDS[other].ko)  # type: ignore[index]
    assert {block.quality for _, block in found} >= among


def test_every_map_of_every_panel_says_how_old_its_figures_are(city: MemoryRepositories) -> None:
    """The year of what is published by the year, which is not old a day later."""
    found = old = 0
    for panel in PANELS:
        for block in projection(panel, city, NOW_MS + 26 * HOUR_MS, indicator="pm25").blocks:
            if isinstance(block, MapBlock):
                found += 1
                assert block.title.ko.endswith(("지연", "오래됨", "년", "월")), panel
                old += block.title.ko.endswith("오래됨")
    assert found > old >= 2


def test_every_spoken_figure_says_when_it_is_not_of_now(city: MemoryRepositories) -> None:
    said = read_figures(cast(Repositories, city))
    later_ms = NOW_MS + 26 * HOUR_MS
    for indicator in city.indicators():
        words = said.say(indicator.id, None, later_ms)
        assert words is not None
        known = city.latest([indicator.id]).get(indicator.id)
        if known is None or known.value is None:
            continue
        monthly = indicator.period_s >= 2_629_800
        assert words.ko.endswith(("오래된 값입니다", "갱신이 늦습니다")) or monthly
        assert "값입니다" in words.ko


def do(heart: Heart, command: str, args: dict[str, Any]) -> AuditRecord:
    heart.intake.touch(command, args, "test")
    return heart.records[-1]


def test_whoever_opens_a_panel_is_told_that_what_stands_there_is_old() -> None:
    heart = Heart()
    heart.world.old["complaints"] = Text("민원 3시간 전, 오래됨", "Complaints: 3 h ago, old")
    told = do(heart, "panel.open", {"panel": "complaints"})
    assert told.reason.ko.endswith(". 민원 3시간 전, 오래됨")
    again = do(heart, "panel.open", {"panel": "complaints"})
    assert "오래됨" not in again.reason.ko
    fresh = do(heart, "panel.open", {"panel": "home"})
    assert "오래됨" not in fresh.reason.ko


def test_a_camera_that_gives_no_picture_is_said_to() -> None:
    heart = Heart()
    heart.world.pictures["cam-03"] = Text("끊김", "Lost")
    assert do(heart, "cctv.open", {"camera": "3"}).reason.ko.endswith("열었습니다. 끊김")
    assert do(heart, "cctv.open", {"camera": "4"}).reason.ko.endswith("열었습니다")


def test_the_state_of_a_picture_is_its_age() -> None:
    wall = world(WELL)
    states = {
        "a": CameraState("a", "live", NOW_MS - 200),
        "b": CameraState("b", "live", NOW_MS - 5_000),
        "c": CameraState("c", "live", NOW_MS - 60_000),
        "d": CameraState("d", "connecting"),
    }
    wall.cameras = lambda: states
    said = {camera: wall.picture(camera).ko for camera in (*states, "e")}
    assert said == {"a": "", "b": "5초 멈춤", "c": "1분 끊김", "d": "", "e": ""}
