"""Presenters: what a panel says follows from rows, state and time alone."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from gestures.events import GestureKind
from kiosk.cache.repositories import Repositories
from kiosk.core.audit import AuditRecord
from kiosk.core.bindings import Binding, Bindings
from kiosk.core.invocation import Source as Way
from kiosk.core.invocation import Status
from kiosk.core.registry import Command, NoArgs, Registry, Result
from kiosk.core.state import PairingView, ViewState, look, replace
from kiosk.core.world import World
from kiosk.pack.clock import midnight_ms
from kiosk.panels import Live, find_panels
from kiosk.panels.figures import day_trend, figure, number, resets, signed
from kiosk.panels.help.entries import help_entries
from kiosk.panels.home.issues import Issue, issues
from kiosk.panels.home.model import HomeModel
from kiosk.panels.home.presenter import HomePresenter
from kiosk.panels.indicators.model import Detail, IndicatorsModel
from kiosk.panels.pairing.presenter import PairingModel
from kiosk.panels.system.model import SystemModel
from kiosk.ui.gesture_words import GESTURE_WORDS
from kiosk.wire.city import Incident, Indicator, Observation, Source, Threshold
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import ShowProjection, SyncState
from kiosk.wire.projection import MapBlock
from kiosk.wire.series import SparkPoint
from kiosk.wire.text import Text
from tests.helpers.city import incident, indicator, observation
from tests.helpers.panel_city import NOW_MS, MemoryRepositories, at, demo_city, model_of, spec_of

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
WELL = SyncState(True, 1, NOW_MS)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    return demo_city()


def word(ko: str) -> Text:
    return Text(ko, ko)


def source(name: str, last_ms: int | None, period_s: int = 60) -> Source:
    return Source(name, word(name), word("과"), "", "", period_s, last_ms)


def limited(name: str = "pm25") -> Indicator:
    limits = (
        Threshold(36, "caution", word("나쁨")),
        Threshold(76, "warning", word("매우 나쁨")),
    )
    return msgspec.structs.replace(indicator(name), thresholds=limits)


def found(
    incidents: Sequence[Incident] = (),
    figures: Sequence[tuple[Indicator, Observation]] = (),
    sources: Sequence[Source] = (),
    sync: SyncState | None = WELL,
    spark: Sequence[SparkPoint] = (),
) -> tuple[Issue, ...]:
    """Every source has an indicator on the wall."""
    told = [msgspec.structs.replace(indicator(s.id), source_id=s.id) for s in sources]
    return issues(
        incidents,
        [*(known for known, _ in figures), *told],
        {known.id: row for known, row in figures},
        {known.id: spark for known, _ in figures},
        sources,
        sync,
        NOW_MS,
    )


# ---- figures


def test_numbers_are_grouped_with_a_true_minus() -> None:
    assert number(1284) == "1,284"
    assert number(-4.23, 1) == "−4.2"
    assert number(-0.01, 1) == "0.0"
    assert signed(10.0, 1) == "+10.0"
    assert signed(-27975) == "−27,975"
    assert signed(0.0) == "0"


def test_a_figure_knows_how_old_it_is() -> None:
    known = indicator("x")
    ages = {60: "fresh", 120: "late", 300: "stale"}
    for seconds, quality in ages.items():
        row = observation("x", NOW_MS - seconds * 1000)
        assert figure(known, row, (row,), NOW_MS).quality == quality


def test_a_figure_that_the_source_does_not_have_is_absent_with_its_reason() -> None:
    row = msgspec.structs.replace(
        observation("x", NOW_MS, None), note=Text("측정소 점검", "maintenance")
    )
    shown = figure(indicator("x"), row, (row,), NOW_MS)
    assert (shown.quality, shown.value) == ("absent", "")
    assert shown.reason.ko == "측정소 점검"
    assert figure(indicator("x"), None, (), NOW_MS).quality == "absent"


def test_a_simulated_figure_stays_marked(city: MemoryRepositories) -> None:
    model: HomeModel = model_of("home", city, at("home"))
    for shown in model.figures:
        row = city.latest([shown.indicator])[shown.indicator]
        assert shown.simulated == row.simulated
    assert any(shown.simulated for shown in model.figures)


def test_a_count_of_the_day_starts_at_midnight() -> None:
    midnight = midnight_ms(NOW_MS)
    rows = [observation("x", midnight - h * HOUR_MS, 900.0 - h) for h in range(1, 8)][::-1]
    rows += [observation("x", midnight + h * HOUR_MS, 10.0 * (h + 1)) for h in range(14)]
    assert resets(tuple(rows))
    trend, slots = day_trend(tuple(rows), NOW_MS)
    assert slots == 96
    assert trend[0] == 10.0
    assert max(v for v in trend if v is not None) == 140.0, "yesterday is left out"


def test_an_hour_without_news_stays_a_gap_in_the_sparkline() -> None:
    quarter = 15 * MINUTE_MS
    rows = [observation("x", NOW_MS - i * quarter, 5.0 + i % 3) for i in range(40)]
    rows = [row for i, row in enumerate(rows) if not 10 <= i <= 20][::-1]
    trend, _ = day_trend(tuple(rows), NOW_MS)
    assert None in trend


# ---- home


def test_issues_are_numbered_gravest_first_then_newest() -> None:
    rows = [
        msgspec.structs.replace(incident("a", NOW_MS - 9 * MINUTE_MS), severity="caution"),
        msgspec.structs.replace(incident("b", NOW_MS - 8 * MINUTE_MS), severity="critical"),
        msgspec.structs.replace(incident("c", NOW_MS - 1 * MINUTE_MS), severity="caution"),
    ]
    assert [(i.number, i.id) for i in found(rows)] == [
        (1, "incident.b"),
        (2, "incident.c"),
        (3, "incident.a"),
    ]


def test_an_incident_that_is_over_is_no_issue() -> None:
    assert found([incident("a", NOW_MS - MINUTE_MS, ended_ms=NOW_MS)]) == ()


def test_a_figure_past_its_gravest_threshold_is_an_issue_since_it_went_past() -> None:
    row = observation("pm25", NOW_MS, 80.0)
    spark = [SparkPoint(NOW_MS - i * HOUR_MS, 80.0 - i * 10) for i in reversed(range(8))]
    (issue,) = found(figures=[(limited(), row)], spark=spark)
    assert issue.severity == "warning"
    assert issue.simulated
    assert issue.since_ms == NOW_MS - 4 * HOUR_MS, "40 is past 36, 30 is not"
    assert issue.press.command == "indicator.open"


def test_thresholds_below_work_downwards() -> None:
    known = msgspec.structs.replace(
        limited("er-beds"), alarm="below", thresholds=(Threshold(200, "caution", word("부족")),)
    )
    assert found(figures=[(known, observation("er-beds", NOW_MS, 201.0))]) == ()
    (issue,) = found(figures=[(known, observation("er-beds", NOW_MS, 199.0))])
    assert issue.severity == "caution"


def test_an_old_figure_alarms_nobody() -> None:
    row = observation("pm25", NOW_MS - 10 * HOUR_MS, 500.0)
    assert found(figures=[(limited(), row)]) == ()


def test_a_silent_source_is_told_with_its_owner() -> None:
    (issue,) = found(sources=[source("병상", NOW_MS - 47 * MINUTE_MS)])
    assert issue.severity == "notice"
    assert "47분" in issue.facts.ko
    assert issue.press.args == {"panel": "sources"}


def test_a_yearly_source_is_not_late_within_its_year() -> None:
    assert found(sources=[source("통계", NOW_MS - 40 * 86_400_000, 31_557_600)]) == ()


def test_many_silent_sources_are_one_row() -> None:
    late = [source(f"s{i}", NOW_MS - HOUR_MS) for i in range(9)]
    (issue,) = found(sources=late)
    assert "9종" in issue.headline.ko


def test_a_silent_source_of_nothing_on_the_wall_calls_nobody() -> None:
    late = source("병상", NOW_MS - HOUR_MS)
    assert issues([], [limited()], {}, {}, [late], WELL, NOW_MS) == ()


def test_a_backend_that_is_away_is_one_row_and_not_twenty() -> None:
    away = SyncState(False, 1, NOW_MS - HOUR_MS)
    late = [source(f"s{i}", NOW_MS - HOUR_MS) for i in range(9)]
    (issue,) = found(sources=late, sync=away)
    assert issue.id == "sync"


def test_home_shows_the_selected_district_and_its_change(city: MemoryRepositories) -> None:
    model: HomeModel = model_of("home", city, at("home", district="11710"))
    assert model.map is not None
    assert model.map.selected == "11710"
    assert [line.ko for line in model.map.callout] == [
        "송파구",
        "652,908명",
        "2020년 3월보다 −27,975",
    ]
    assert model.reading is not None
    assert model.reading.value == "−4.2"
    assert model.reading.detail.ko == "9,595,509명, 418,272명 감소"
    assert not model.reading.simulated


def test_home_colours_the_map_by_what_was_asked_for(city: MemoryRepositories) -> None:
    model: HomeModel = model_of("home", city, replace(at("home"), metric="bikes"))
    assert model.reading is not None
    assert model.reading.simulated
    assert [choice.chosen for choice in model.choices] == [False, False, False, True]
    assert model.choices[-1].press.args == {"indicator": "bikes"}


def test_the_first_camera_of_the_strip_is_the_nearest_to_the_gravest_issue(
    city: MemoryRepositories,
) -> None:
    model: HomeModel = model_of("home", city, at("home"))
    place = next(issue for issue in model.issues if issue.lon is not None)
    assert place.lon is not None
    assert place.lat is not None
    lon, lat = place.lon, place.lat
    near = min(city.cameras(), key=lambda c: (c.lon - lon) ** 2 + (c.lat - lat) ** 2)
    assert model.cameras[0].camera == near.id


def test_every_issue_on_the_map_has_the_number_of_its_row(city: MemoryRepositories) -> None:
    model: HomeModel = model_of("home", city, at("home"))
    assert model.map is not None
    on_map = {marker.number: (marker.lon, marker.lat) for marker in model.map.markers}
    listed = {i.number: (i.lon, i.lat) for i in model.issues if i.lon is not None}
    assert on_map == listed


# ---- indicators


def detail_of(city: MemoryRepositories, **place: Any) -> Detail:
    model: IndicatorsModel = model_of("indicators", city, at("indicators", **place))
    assert model.detail is not None
    return model.detail


def test_an_opened_district_fills_the_map_until_somebody_goes_closer(
    city: MemoryRepositories,
) -> None:
    chosen = at("indicators", indicator="complaints", district="11710")
    presenter = spec_of("indicators").load_presenter()
    data = presenter.query(cast(Repositories, city), chosen)
    seen = []
    for state in (chosen, look(chosen, 1.5, 0.1, 0.1), look(chosen, 7.0, 0.5, 0.5)):
        found = presenter.present(state, data, Live(), NOW_MS).detail
        assert found is not None
        assert found.map is not None
        seen.append((found.map.zoom, found.map.x, found.map.y))
    assert seen[0] == seen[1]
    assert 2 < seen[0][0] < 7
    assert seen[0][1] > 0.6, "Songpa lies in the east"
    assert seen[2] == (7.0, 0.5, 0.5)


def test_what_is_past_a_threshold_or_does_not_come_stands_first_on_the_board() -> None:
    city = demo_city()
    dust = city.latest(["pm25"])["pm25"]
    city.put(msgspec.structs.replace(dust, value=82.0, t_ms=dust.t_ms + 1))
    ozone = city.latest(["ozone"])["ozone"]
    city.put(msgspec.structs.replace(ozone, value=None, t_ms=ozone.t_ms + 1))
    model: IndicatorsModel = model_of("indicators", city, at("indicators"))
    dusty, silent, calm = model.tiles[:3]
    assert (dusty.figure.indicator, dusty.figure.severity) == ("pm25", "warning")
    assert (silent.figure.indicator, silent.figure.quality) == ("ozone", "absent")
    assert (dusty.first, silent.first, calm.first) == (True, False, True)
    assert dusty.theme == silent.theme != calm.theme
    assert len(model.tiles) == len(city.indicators())


def test_the_board_has_every_indicator_once_by_theme(city: MemoryRepositories) -> None:
    model: IndicatorsModel = model_of("indicators", city, at("indicators"))
    shown = [tile.figure.indicator for tile in model.tiles]
    assert sorted(shown) == sorted(i.id for i in city.indicators())
    themes = [tile.theme.ko for tile in model.tiles if tile.first]
    assert len(themes) == len(set(themes))


def test_a_published_figure_says_where_it_comes_from(city: MemoryRepositories) -> None:
    detail = detail_of(city, indicator="population")
    about = {label.ko: words.ko for label, words in detail.about}
    assert about["출처"]
    assert about["이용"]
    assert about["갱신"] == "분기마다"
    assert detail.figure.as_of == Text("2025년 6월, 오래됨", "Jun 2025, old")
    assert [row.rank for row in detail.ranking.rows] == list(range(1, 26))
    assert detail.ranking.rows[0].name.ko == "송파구"


def test_an_imitated_source_says_so_and_claims_no_licence(city: MemoryRepositories) -> None:
    about = {label.ko: words.ko for label, words in detail_of(city, indicator="pm25").about}
    assert "모의 자료" in about["출처"]
    assert "이용" not in about


def test_a_district_in_focus_has_its_own_figure_and_line(city: MemoryRepositories) -> None:
    detail = detail_of(city, indicator="pm25", district="11710")
    row = city.by_district("pm25")["11710"]
    assert row.value is not None
    assert detail.figure.value == number(row.value)
    assert detail.area.ko == "송파구"
    assert [series.focus for series in detail.chart.series] == [True, False]


def test_a_figure_of_the_city_alone_has_no_map(city: MemoryRepositories) -> None:
    detail = detail_of(city, indicator="temperature", district="11710")
    assert detail.map is None
    assert detail.ranking.rows == ()


def test_an_indicator_that_is_still_being_read_shows_no_other(city: MemoryRepositories) -> None:
    presenter = spec_of("indicators").load_presenter()
    old = presenter.query(cast(Repositories, city), at("indicators", indicator="pm25"))
    model = presenter.present(at("indicators", indicator="ozone"), old, Live(), NOW_MS)
    assert model.loading
    assert model.detail is None


# ---- system, pairing, help


def test_system_says_what_became_of_the_last_commands(city: MemoryRepositories) -> None:
    denied = AuditRecord(
        "1", NOW_MS, "system.lock", {}, Way.VOICE, "wall", "visitor", "v",
        Status.DENIED, Text("권한이 없습니다", "No right"), 1.0,
    )  # fmt: skip
    model: SystemModel = model_of("system", city, at("system"), audit=(denied,))
    (row,) = model.audit
    assert (row.at, row.way.ko, row.done) == ("14:32:00", "음성", False)
    assert "거절" in row.outcome.ko


def test_a_code_never_leaves_the_wall() -> None:
    presenter = spec_of("pairing").load_presenter()
    offer = PairingView("https://kiosk.local/#secret", NOW_MS + 1, "r", "비서실", "482913")
    model: PairingModel = presenter.present(
        replace(at("pairing"), pairing=offer), None, Live(), NOW_MS
    )
    assert model.check_code == "482 913"
    assert model.address == "kiosk.local"
    told = encode(ShowProjection(presenter.project(model)))
    assert b"secret" not in told
    assert b"482" not in told


def test_help_is_made_from_the_registry() -> None:
    def run(state: ViewState, args: NoArgs, world: World) -> Result:
        return Result(state, word("했습니다"))

    registry = Registry([Command("a.b", word("가"), run), Command("c.d", word("나"), run)])
    bindings = Bindings((Binding("gesture", "swipe_left", "a.b"), Binding("key", "F1", "c.d")))
    first, second = help_entries(registry, bindings, {"a.b": ("하나", "둘", "셋")})
    assert (first.phrases, first.gestures, first.keys) == (("하나", "둘"), ("swipe_left",), ())
    assert second.keys == ("F1",)


def test_every_gesture_has_its_words() -> None:
    assert set(GESTURE_WORDS) == set(GestureKind)


# ---- all panels


def test_a_panel_is_found_by_its_folder(root: Path) -> None:
    folders = {path.parent.name for path in (root / "kiosk" / "panels").glob("*/spec.py")}
    assert {spec.id for spec in find_panels()} == folders
    assert find_panels()[0].id == "home"


@pytest.mark.parametrize("panel", [spec.id for spec in find_panels()])
def test_what_a_tablet_gets_crosses_the_wire(panel: str, city: MemoryRepositories) -> None:
    presenter = spec_of(panel).load_presenter()
    told = ShowProjection(presenter.project(model_of(panel, city, at(panel))))
    assert decode(encode(told)[:-1]) == told
    assert told.projection.panel == panel


def test_presenters_need_no_screen() -> None:
    code = (
        "import sys\n"
        "from kiosk.panels import find_panels\n"
        "[spec.load_presenter() for spec in find_panels()]\n"
        "heavy = {'PySide6', 'numpy', 'sqlalchemy'}\n"
        "found = [m for m in sys.modules if m.split('.')[0] in heavy]\n"
        "sys.exit(repr(found) if found else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_tablet_gets_the_neighbourhoods_of_a_district_where_they_have_figures(
    city: MemoryRepositories,
) -> None:
    shown = model_of("home", city, replace(at("home", district="11710"), metric="complaints"))
    block = next(b for b in HomePresenter().project(shown).blocks if isinstance(b, MapBlock))
    assert len(block.areas) == 27
    assert {area.code[:5] for area in block.areas} == {"11710"}
    assert all(area.step is not None for area in block.areas)
    whole = model_of("home", city, replace(at("home"), metric="complaints"))
    block = next(b for b in HomePresenter().project(whole).blocks if isinstance(b, MapBlock))
    assert len(block.areas) == 25
