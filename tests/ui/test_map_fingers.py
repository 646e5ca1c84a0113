"""Fingers and a mouse on the map: every district can be hit, dragged and pinched."""

from itertools import combinations
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.charts.district_map import MOST_ZOOM, DistrictMap
from kiosk.ui.charts.map_items import PointItem
from kiosk.ui.charts.map_model import (
    OTHER_SIDE,
    RAMP,
    DistrictFill,
    MapGeometry,
    MapGrade,
    MapMarker,
    MapModel,
    MapPoint,
    Press,
    map_geometry,
)
from kiosk.ui.theme import Theme, make_theme
from kiosk.wire.text import Text
from tests.helpers.panel_city import demo_city

LEFT = Qt.MouseButton.LeftButton
Asked = list[tuple[str, dict[str, Any], str]]


@pytest.fixture(scope="module")
def geometry() -> MapGeometry:
    city = demo_city()
    return map_geometry(
        ((d.code, d.name, d.boundary) for d in city.districts()),
        (((n.code, n.name, n.boundary), (n.lon, n.lat)) for n in city.neighbourhoods()),
    )


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)


@pytest.fixture(scope="module")
def touch(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def model_of(geometry: MapGeometry, **changes: Any) -> MapModel:
    grades = tuple(MapGrade(Text("단계", "class"), color) for color in (*RAMP, OTHER_SIDE))
    codes = [shape.code for shape in geometry.districts]
    fills = tuple(
        DistrictFill(code, index % 5 if index else None) for index, code in enumerate(codes)
    )
    given: dict[str, Any] = {
        "geometry": geometry,
        "grades": grades,
        "fills": fills,
        "district_command": "district.select",
        "view_command": "map.view",
    }
    return MapModel(**{**given, **changes})


@pytest.fixture
def city_map(qtbot: QtBot, theme: Theme, geometry: MapGeometry) -> DistrictMap:
    made = DistrictMap(theme)
    qtbot.addWidget(made)
    made.resize(600, 450)
    made.set_model(model_of(geometry))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def asked(city_map: DistrictMap) -> Asked:
    seen: Asked = []
    city_map.submitted.connect(lambda command, args, trigger: seen.append((command, args, trigger)))
    return seen


def tap(city_map: DistrictMap, device: QPointingDevice, at: QPoint) -> None:
    QTest.touchEvent(city_map, device).press(1, at, city_map).commit()
    QTest.touchEvent(city_map, device).release(1, at, city_map).commit()


def inside(city_map: DistrictMap, code: str) -> QPoint:
    return city_map.canvas.position_of(code).toPoint()


def test_a_tap_inside_each_of_25_districts_selects_it(
    city_map: DistrictMap, geometry: MapGeometry, touch: QPointingDevice, asked: Asked
) -> None:
    codes = [shape.code for shape in geometry.districts]
    for code in codes:
        tap(city_map, touch, inside(city_map, code))
    assert [args["district"] for _, args, _ in asked] == codes
    assert {command for command, _, _ in asked} == {"district.select"}
    assert len(codes) == 25


def test_a_click_selects_as_a_tap_does(
    city_map: DistrictMap, geometry: MapGeometry, asked: Asked
) -> None:
    for shape in geometry.districts:
        QTest.mouseClick(city_map, LEFT, pos=inside(city_map, shape.code))
    assert [args["district"] for _, args, _ in asked] == [s.code for s in geometry.districts]


def test_beside_the_city_there_is_nothing_to_press(
    city_map: DistrictMap, touch: QPointingDevice, asked: Asked
) -> None:
    tap(city_map, touch, QPoint(4, 4))
    assert asked == []


def test_a_drag_looks_around_and_selects_nothing(
    city_map: DistrictMap, touch: QPointingDevice, asked: Asked
) -> None:
    city_map.zoom_by(3.0)
    asked.clear()
    before = city_map.canvas.centre
    points = [QPoint(300, 220), QPoint(280, 220), QPoint(240, 215), QPoint(200, 210)]
    QTest.touchEvent(city_map, touch).press(1, points[0], city_map).commit()
    for point in points[1:]:
        QTest.touchEvent(city_map, touch).move(1, point, city_map).commit()
        city_map.grab()
    QTest.touchEvent(city_map, touch).release(1, points[-1], city_map).commit()
    ((command, args, trigger),) = asked
    assert (command, trigger) == ("map.view", "map.view")
    assert city_map.canvas.centre[0] > before[0], "the map follows the finger to the left"
    assert args["x"] == pytest.approx(city_map.canvas.centre[0])


def test_a_pinch_zooms_around_the_fingers(
    city_map: DistrictMap, touch: QPointingDevice, asked: Asked
) -> None:
    middle = inside(city_map, "11710")
    held = city_map.canvas.area_at(QPointF(middle))
    QTest.touchEvent(city_map, touch).press(1, middle - QPoint(20, 0), city_map).press(
        2, middle + QPoint(20, 0), city_map
    ).commit()
    for apart in (30, 45, 60):
        QTest.touchEvent(city_map, touch).move(1, middle - QPoint(apart, 0), city_map).move(
            2, middle + QPoint(apart, 0), city_map
        ).commit()
    QTest.touchEvent(city_map, touch).release(1, middle - QPoint(60, 0), city_map).release(
        2, middle + QPoint(60, 0), city_map
    ).commit()
    assert city_map.canvas.zoom == pytest.approx(3.0, rel=0.02)
    assert [command for command, _, _ in asked] == ["map.view"], "a pinch is no tap"
    assert city_map.canvas.area_at(QPointF(middle)) == held == "11710"


def test_zoom_stays_between_the_city_and_eight_times(city_map: DistrictMap) -> None:
    city_map.zoom_by(100.0)
    assert city_map.canvas.zoom == MOST_ZOOM
    city_map.zoom_by(0.001)
    assert city_map.canvas.zoom == 1.0
    assert city_map.canvas.centre == pytest.approx((0.5, 0.5))


def test_the_wheel_zooms(city_map: DistrictMap) -> None:
    at = QPointF(300, 220)
    wheel = QWheelEvent(
        at,
        city_map.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(city_map, wheel)
    assert city_map.canvas.zoom == pytest.approx(1.44)


def test_the_state_decides_where_the_map_looks(
    city_map: DistrictMap, geometry: MapGeometry
) -> None:
    city_map.set_model(model_of(geometry, zoom=4.0, x=0.7, y=0.6))
    assert city_map.canvas.zoom == 4.0
    assert city_map.canvas.centre == pytest.approx((0.7, 0.6), abs=0.01)
    city_map.set_model(model_of(geometry))
    assert city_map.canvas.zoom == 1.0


def test_a_numbered_issue_is_pressed_before_the_district_under_it(
    city_map: DistrictMap, geometry: MapGeometry, touch: QPointingDevice, asked: Asked
) -> None:
    marker = MapMarker(2, 126.99, 37.53, "warning", Press("cctv.open", {"camera": "x"}))
    city_map.set_model(model_of(geometry, markers=(marker,)))
    (mark,) = city_map.canvas.marks
    tap(city_map, touch, city_map.canvas.mark_position(mark).toPoint())
    assert asked == [("cctv.open", {"camera": "x"}, "map.issue.2")]


def test_a_camera_point_opens_its_camera(
    city_map: DistrictMap, geometry: MapGeometry, touch: QPointingDevice, asked: Asked
) -> None:
    point = MapPoint("c1", 126.95, 37.55, "live", press=Press("cctv.open", {"camera": "c1"}))
    city_map.set_model(model_of(geometry, points=(point,), district_command=""))
    (mark,) = city_map.canvas.marks
    tap(city_map, touch, city_map.canvas.mark_position(mark).toPoint())
    assert asked == [("cctv.open", {"camera": "c1"}, "map.camera.c1")]


def test_a_camera_that_goes_dark_is_drawn_again_on_the_spot(
    city_map: DistrictMap, geometry: MapGeometry
) -> None:
    points = tuple(MapPoint(f"c{n}", 126.9 + n / 20, 37.55, "live") for n in range(4))
    city_map.set_model(model_of(geometry, points=points))
    city_map.grab()
    marks = list(city_map.canvas.marks)
    names = city_map.canvas.name_boxes()
    dark = (msgspec.structs.replace(points[0], state="lost"), *points[1:])
    city_map.set_model(model_of(geometry, points=dark))
    assert city_map.canvas.marks == marks, "no mark was made anew"
    first = marks[0]
    assert isinstance(first, PointItem)
    assert first.point.state == "lost"
    assert not city_map.canvas._stale_names, "and no name laid out"
    assert city_map.canvas.name_boxes() == names
    elsewhere = (msgspec.structs.replace(points[0], lon=127.1), *points[1:])
    city_map.set_model(model_of(geometry, points=elsewhere))
    assert city_map.canvas.marks[0] is not marks[0]


@pytest.mark.parametrize("width", [420, 600, 920, 1400])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_name_has_a_place_and_none_covers_another(
    qtbot: QtBot, geometry: MapGeometry, theme: Theme, width: int, language: Any
) -> None:
    made = DistrictMap(theme.with_language(language))
    qtbot.addWidget(made)
    made.resize(width, round(width * 0.75))
    made.set_model(model_of(geometry, markers=(MapMarker(1, 127.0, 37.56, "critical"),)))
    made.show()
    boxes = made.canvas.name_boxes()
    for (one, first), (two, second) in combinations(boxes.items(), 2):
        assert not first.intersects(second), f"{one} covers {two}"
    if width >= 600 and language == "ko":
        assert len(boxes) == 25


def test_recolouring_keeps_the_shapes(city_map: DistrictMap, geometry: MapGeometry) -> None:
    before = city_map.canvas.scene().items()
    shapes = [item for item in before if item.zValue() == 0]
    fills = tuple(DistrictFill(s.code, 3) for s in geometry.districts)
    city_map.set_model(model_of(geometry, fills=fills))
    after = [item for item in city_map.canvas.scene().items() if item.zValue() == 0]
    assert {id(item) for item in shapes} == {id(item) for item in after}
    assert city_map.canvas.color_of("11710") == city_map.theme.color(RAMP[3])


def test_no_data_is_hatched_and_not_coloured(city_map: DistrictMap, geometry: MapGeometry) -> None:
    first = geometry.districts[0].code
    picture = city_map.grab().toImage()
    seen = {
        picture.pixel(x, y)
        for x in range(0, 600, 3)
        for y in range(0, 450, 3)
        if city_map.canvas.area_at(QPointF(x, y)) == first
    }
    stripe = city_map.theme.color("chart.hatch").rgb()
    ground = city_map.theme.color("chart.gapFill").rgb()
    assert {stripe, ground} <= seen
    assert city_map.theme.color(RAMP[0]).rgb() not in seen


def test_on_a_wall_with_wide_pixels_the_city_keeps_its_shape(
    qtbot: QtBot, geometry: MapGeometry, qapp: QApplication
) -> None:
    made = DistrictMap(make_theme(1920, 1080, pixel_aspect=1.19))
    qtbot.addWidget(made)
    made.resize(600, 450)
    made.set_model(model_of(geometry))
    made.show()
    scale = made.canvas.transform()
    assert scale.m22() / scale.m11() == pytest.approx(1.19)
    assert made.target_at(made.canvas.position_of("11110")) is not None


def test_the_place_of_a_district_is_not_under_a_mark(
    city_map: DistrictMap, geometry: MapGeometry
) -> None:
    before = {t.args["district"]: t.rect.center() for t in city_map.targets()}
    at = geometry.districts[0].label_points[0]
    lon = geometry.projection.lon0
    lat = geometry.projection.lat0
    east, south = geometry.projection.metres(lon + 1, lat - 1)
    mark = MapMarker(1, lon + at[0] / east, lat - at[1] / south, "warning", Press("cctv.open", {}))
    city_map.set_model(model_of(geometry, markers=(mark,)))
    places = [t for t in city_map.targets() if t.command == "district.select"]
    code = geometry.districts[0].code
    (moved,) = (t.rect.center() for t in places if t.args["district"] == code)
    assert moved != before[code]
    hit = city_map.target_at(moved)
    assert hit is not None
    assert (hit.command, hit.args) == ("district.select", {"district": code})


# ---- neighbourhoods

SONGPA = "11710"


@pytest.fixture
def opened(city_map: DistrictMap, geometry: MapGeometry) -> DistrictMap:
    """One district from near, with its neighbourhoods."""
    seen = model_of(
        geometry,
        selected=SONGPA,
        opened=SONGPA,
        part_command="neighbourhood.select",
        zoom=4.0,
        x=0.82,
        y=0.65,
    )
    city_map.set_model(seen)
    return city_map


def test_a_tap_in_each_neighbourhood_of_the_opened_district_selects_it(
    opened: DistrictMap, geometry: MapGeometry, touch: QPointingDevice, asked: Asked
) -> None:
    codes = [shape.code for shape in geometry.parts_of(SONGPA)]
    for code in codes:
        tap(opened, touch, inside(opened, code))
    assert [args for _, args, _ in asked] == [{"neighbourhood": code} for code in codes]
    assert {command for command, _, _ in asked} == {"neighbourhood.select"}
    assert len(codes) == 27


def test_beside_the_opened_district_another_one_is_pressed(
    opened: DistrictMap, touch: QPointingDevice, asked: Asked
) -> None:
    tap(opened, touch, inside(opened, "11680"))
    assert [args for _, args, _ in asked] == [{"district": "11680"}]


def test_the_whole_city_knows_no_neighbourhood(city_map: DistrictMap) -> None:
    named = {target.trigger for target in city_map.targets()}
    assert "map.11710" in named
    assert not any(len(name) > len("map.11710") for name in named)
    assert set(city_map.canvas.name_boxes()) <= {t.removeprefix("map.") for t in named}


def test_neighbourhoods_have_names_and_their_district_gives_its_own_up(
    opened: DistrictMap, geometry: MapGeometry
) -> None:
    named = set(opened.canvas.name_boxes())
    parts = {shape.code for shape in geometry.parts_of(SONGPA)}
    assert len(named & parts) >= 15, "of 27, on a map of this size"
    assert SONGPA not in named


def test_without_figures_of_their_own_neighbourhoods_look_like_their_district(
    opened: DistrictMap, geometry: MapGeometry
) -> None:
    canvas, code = opened.canvas, geometry.parts_of(SONGPA)[0].code
    assert canvas.color_of(code) == canvas.color_of(SONGPA)
    assert opened.model is not None
    fills = (DistrictFill(code, 0),)
    opened.set_model(msgspec.structs.replace(opened.model, part_fills=fills))
    assert canvas.color_of(code) == opened.theme.color(RAMP[0])


def test_closing_a_district_takes_its_neighbourhoods_away(opened: DistrictMap) -> None:
    assert opened.model is not None
    opened.set_model(msgspec.structs.replace(opened.model, opened=None))
    assert opened.canvas.area_at(QPointF(inside(opened, SONGPA))) == SONGPA


# ---- the way to another view


def look_at_songpa(city_map: DistrictMap, geometry: MapGeometry, **changes: Any) -> None:
    city_map.set_model(model_of(geometry, zoom=4.0, x=0.82, y=0.65, **changes))


def test_told_to_look_elsewhere_the_map_flies_there_and_lands(
    city_map: DistrictMap, geometry: MapGeometry
) -> None:
    look_at_songpa(city_map, geometry)
    assert city_map.canvas.zoom == 4.0, "what is pressed is already where it will be"
    flight = city_map.flight
    assert flight is not None
    assert city_map.canvas.isHidden()
    flight.setCurrentTime(flight.duration() // 2)
    assert 1.0 < flight.place().m22() < 4.0
    flight.setCurrentTime(flight.duration())
    assert city_map.flight is None
    assert not city_map.canvas.isHidden()


def test_on_the_way_back_the_wide_view_shrinks_into_its_place(
    city_map: DistrictMap, geometry: MapGeometry
) -> None:
    look_at_songpa(city_map, geometry)
    city_map.set_model(model_of(geometry))
    flight = city_map.flight
    assert flight is not None
    flight.setCurrentTime(0)
    assert flight.place().m22() == pytest.approx(4.0, rel=0.01)
    flight.setCurrentTime(flight.duration())
    assert city_map.canvas.zoom == 1.0


def test_a_finger_ends_the_flight_and_presses_what_it_is_on(
    city_map: DistrictMap, geometry: MapGeometry, touch: QPointingDevice, asked: Asked
) -> None:
    look_at_songpa(city_map, geometry)
    tap(city_map, touch, inside(city_map, SONGPA))
    assert city_map.flight is None
    assert [args for _, args, _ in asked] == [{"district": SONGPA}]


def test_fingers_that_looked_there_themselves_are_not_flown(
    city_map: DistrictMap, geometry: MapGeometry
) -> None:
    city_map.zoom_by(3.0)
    x, y = city_map.canvas.centre
    city_map.set_model(model_of(geometry, zoom=city_map.canvas.zoom, x=x, y=y))
    assert city_map.flight is None


def test_with_reduced_motion_or_another_figure_nothing_flies(
    qtbot: QtBot, city_map: DistrictMap, geometry: MapGeometry
) -> None:
    city_map.set_model(model_of(geometry, fills=()))
    assert city_map.flight is None
    city_map.set_theme(make_theme(1920, 1080, reduced_motion=True))
    look_at_songpa(city_map, geometry)
    assert city_map.flight is None
    assert city_map.canvas.zoom == 4.0
