"""Air, traffic, water: judged by their limits; what is missing is not called good."""

import datetime as dt

import msgspec
import pytest

from kiosk.pack import here
from kiosk.panels.air.grades import POLLUTANTS, grade_of, worst
from kiosk.panels.air.presenter import AirPresenter
from kiosk.panels.culture.presenter import coming
from kiosk.panels.fields import FieldModel
from kiosk.panels.traffic.presenter import TrafficPresenter
from kiosk.panels.water.limits import beyond
from kiosk.wire.city import Place
from kiosk.wire.projection import Projection, RowsBlock
from tests.helpers import some_incidents
from tests.helpers.panel_city import (
    NOW_MS,
    MemoryRepositories,
    at,
    demo_city,
    model_of,
    spec_of,
)


@pytest.fixture(scope="module")
def city() -> MemoryRepositories:
    city = demo_city()
    some_incidents.put(city)
    return city


def shown(city: MemoryRepositories, panel: str, **place: str) -> FieldModel:
    model = model_of(panel, city, at(panel, **place))
    assert isinstance(model, FieldModel)
    return model


@pytest.mark.parametrize("pollutant", POLLUTANTS)
def test_a_grade_begins_at_its_limit(pollutant: str) -> None:
    assert grade_of(pollutant, 0) == 0
    scale = here().scale_of(pollutant)
    assert scale is not None
    limits = [grade.least for grade in scale.grade[1:]]
    for grade, limit in enumerate(limits, start=1):
        assert grade_of(pollutant, limit) == grade
        assert grade_of(pollutant, limit * 0.999) == grade - 1


def test_the_worst_pollutant_decides() -> None:
    grade = worst({"pm10": 20, "pm25": 40, "ozone": 0.01})
    assert grade is not None
    assert grade.name.ko == "나쁨"
    assert grade.grave
    assert worst({"temperature": 3}) is None


def test_all_stations_stand_in_the_order_of_fine_dust(city: MemoryRepositories) -> None:
    model = shown(city, "air")
    assert len(model.rows) == 25
    values = [float(row.cells[0].ko) for row in model.rows if row.cells[0].ko != "—"]
    assert values == sorted(values, reverse=True)
    assert model.rows[-1].cells[0].ko == "—"


def test_a_station_without_dust_is_not_called_good(city: MemoryRepositories) -> None:
    closed = [row for row in shown(city, "air").rows if "—" in [cell.ko for cell in row.cells[:2]]]
    assert [row.name.ko for row in closed] == ["은평"]
    assert closed[0].word.ko == "자료 없음"
    judge = AirPresenter().judge
    assert judge({"ozone": 0.01})[0].ko == "자료 없음"
    assert not judge({"pm10": 20.0, "pm25": 10.0})[1]
    assert judge({"pm10": 20.0, "pm25": 80.0})[1]


def test_the_map_has_four_grades_and_the_chosen_pollutant(city: MemoryRepositories) -> None:
    model = shown(city, "air")
    assert model.map is not None
    assert [g.label.ko for g in model.map.grades] == ["좋음", "보통", "나쁨", "매우 나쁨"]
    ozone = msgspec.structs.replace(at("air"), metric="ozone")
    other = model_of("air", city, ozone)
    assert [c.label.en for c in other.choices if c.chosen] == ["Ozone"]
    assert other.reading.title.ko == "오존"


def test_what_people_should_do_is_said(city: MemoryRepositories) -> None:
    assert shown(city, "air").said.ko.startswith("지금 좋음.")
    assert "민감한 분" in AirPresenter().say({"pm25": 40.0}).ko


def test_weather_warnings_stand_beside_the_air(city: MemoryRepositories) -> None:
    assert [line.id for line in shown(city, "air").lines] == [some_incidents.AREA]


def test_the_slowest_district_comes_first(city: MemoryRepositories) -> None:
    model = shown(city, "traffic")
    speeds = [float(row.cells[0].ko) for row in model.rows]
    assert speeds == sorted(speeds)
    assert all(line.id.startswith("crash") for line in model.lines)
    assert len(model.columns) == 4


@pytest.mark.parametrize(
    ("speed", "word", "grave"),
    [(14.9, "정체", True), (15.0, "서행", False), (25.0, "원활", False)],
)
def test_roads_are_judged_by_their_speed(speed: float, word: str, grave: bool) -> None:
    said, bad = TrafficPresenter().judge({"traffic-speed": speed})
    assert (said.ko, bad) == (word, grave)


def plant(**readings: float) -> Place:
    return Place("p", "s", "water.plant", "암사아리수정수센터", t_ms=NOW_MS, readings={**readings})


def water(*plants: Place) -> FieldModel:
    return model_of("water", MemoryRepositories(plants), at("water"))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        ("water.turbidity", (0.0, 0.5), (0.51,)),
        ("water.chlorine", (0.0, 4.0), (4.01,)),
        ("water.ph", (5.8, 8.5), (5.79, 8.51)),
    ],
)
def test_a_limit_belongs_to_what_is_allowed(
    kind: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    assert all(beyond({kind: value}) == () for value in inside)
    assert all(beyond({kind: value}) == (kind,) for value in outside)


def test_the_plants_of_the_city_are_within_the_limits(city: MemoryRepositories) -> None:
    model = shown(city, "water")
    assert len(model.rows) == 6
    assert model.said.ko == "정수장 6곳 모두 먹는물 기준 안입니다."
    assert model.simulated
    assert model.map is None


def test_a_plant_over_a_limit_is_named_and_an_old_report_reassures_nobody() -> None:
    model = water(plant(**{"water.turbidity": 0.7, "water.ph": 7.0}))
    assert "암사" in model.said.ko
    assert model.rows[0].grave
    assert [cell.ko for cell in model.rows[0].cells] == ["0.7", "—", "7", "방금"]
    old = msgspec.structs.replace(plant(**{"water.ph": 7.0}), t_ms=NOW_MS - 3_600_000)
    assert water(old).said.ko == ""
    assert water(plant()).rows[0].word.ko == "자료 없음"


@pytest.mark.parametrize("panel", ["health", "education", "environment"])
def test_a_field_has_figures_with_a_trend_and_every_district(
    city: MemoryRepositories, panel: str
) -> None:
    model = shown(city, panel)
    assert len(model.rows) == 25
    assert len(model.figures) >= 4
    assert all(f.value and sum(v is not None for v in f.trend) > 1 for f in model.figures)
    assert len({row.cells for row in model.rows}) > 20


@pytest.mark.parametrize("panel", ["air", "traffic", "health", "education", "environment"])
def test_a_tablet_gets_every_district(city: MemoryRepositories, panel: str) -> None:
    projection = spec_of(panel).load_presenter().project(shown(city, panel, district="11110"))
    told = msgspec.json.decode(msgspec.json.encode(projection), type=Projection)
    assert told == projection
    rows = next(block for block in told.blocks if isinstance(block, RowsBlock)).rows
    assert len(rows) == 25


def event(name: str, begins: str, ends: str = "", *, simulated: bool = False) -> Place:
    attributes: dict[str, float | str | None] = {"begins": begins, "ends": ends, "free": "무료"}
    return Place(name, "s", "event", name, "11140", attributes=attributes, simulated=simulated)


def test_what_is_on_from_today_for_seven_days() -> None:
    today = dt.date(2026, 11, 22)
    events = (
        event("지난 것", "2026-11-01", "2026-11-21"),
        event("끝나는 날", "2026-11-20", "2026-11-22"),
        event("마지막 날", "2026-11-28 00:00:00.0", "2026-11-30 00:00:00.0"),
        event("너무 늦음", "2026-11-29"),
        event("날짜 없음", "곧"),
    )
    assert [each.place.name for each in coming(events, today)] == ["끝나는 날", "마지막 날"]


def test_events_of_the_city_push_the_demonstration_s_aside(city: MemoryRepositories) -> None:
    played = shown(city, "culture")
    assert played.rows
    assert played.simulated
    own = MemoryRepositories(
        (event("진짜", "2026-11-23"), event("모의", "2026-11-23", simulated=True))
    )
    told = model_of("culture", own, at("culture"))
    assert [row.name.ko for row in told.rows] == ["진짜"]
    assert told.rows[0].word.ko == "내일"
    assert not told.simulated


def test_without_a_source_of_events_the_panel_says_what_it_needs() -> None:
    model = model_of("culture", MemoryRepositories(()), at("culture"))
    assert "인증키" in model.said.ko
    assert model.rows == ()
