"""Camera tiles tell the truth about their pictures; lines are read by finger."""

import itertools
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.charts.camera_model import CameraTileModel, Picture, shown_state, state_words
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.charts.cctv_grid import CctvGrid
from kiosk.ui.charts.chart_model import ChartPoint, ChartSeries, LineChartModel
from kiosk.ui.charts.line_chart import LineChart
from kiosk.ui.charts.map_model import Press
from kiosk.ui.charts.plot_loading import load_plot
from kiosk.ui.theme import Theme, make_theme
from kiosk.wire.messages import CameraWord
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS, PaintedFrames
from tests.helpers.words import words_of

DAY_MS = 86_400_000
ORANGE = QColor(240, 120, 20)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return make_theme(1920, 1080)


def camera(number: int = 1, **changes: Any) -> CameraTileModel:
    given: dict[str, Any] = {
        "camera": f"c{number}",
        "number": number,
        "name": Text("세종대로", "Sejong-daero"),
        "state": "live",
        "press": Press("cctv.open", {"camera": f"c{number}"}),
    }
    return CameraTileModel(**{**given, **changes})


def orange() -> QImage:
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(ORANGE)
    return image


def colour_of(tile: CameraTile) -> QColor:
    """The picture's colour, a little off its middle where words may stand."""
    picture = tile.grab().toImage()
    return QColor(picture.pixel(picture.width() // 5, picture.height() // 5))


@pytest.fixture
def tile(qtbot: QtBot, theme: Theme) -> CameraTile:
    made = CameraTile(theme, camera())
    qtbot.addWidget(made)
    made.resize(420, 280)
    made.show()
    made.set_now(NOW_MS)
    return made


@pytest.mark.parametrize(
    ("age_ms", "state"), [(200, "live"), (2_999, "live"), (3_000, "stale"), (10_000, "lost")]
)
def test_a_state_follows_the_age_of_the_picture(age_ms: int, state: str) -> None:
    assert shown_state("live", NOW_MS - age_ms, NOW_MS) == state


def test_a_delay_is_told_in_seconds() -> None:
    assert state_words("delayed", 9_400).ko == "9초 지연"


def test_nothing_is_live_before_its_first_picture(tile: CameraTile) -> None:
    assert tile.caption.said().ko == "연결 중"
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    assert tile.caption.said().ko == "실시간"
    assert colour_of(tile) == ORANGE


@pytest.mark.parametrize(("after_ms", "words"), [(4_000, "4초 멈춤"), (12_000, "12초 끊김")])
def test_a_picture_that_stops_stays_grey(tile: CameraTile, after_ms: int, words: str) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    tile.set_now(NOW_MS + after_ms)
    assert tile.caption.said().ko == words
    seen = colour_of(tile)
    assert seen.red() == seen.green() == seen.blue() or seen.saturation() < 40
    assert seen.lightness() < ORANGE.lightness()


def test_a_camera_that_comes_back_is_in_colour_again(tile: CameraTile) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    tile.set_now(NOW_MS + 12_000)
    tile.set_picture(Picture(orange(), NOW_MS + 12_000, 1))
    assert tile.caption.said().ko == "실시간"
    assert colour_of(tile) == ORANGE


def test_another_camera_never_inherits_a_picture(tile: CameraTile) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    tile.set_model(camera(2))
    assert tile.frame_t_ms is None
    assert colour_of(tile) != ORANGE


def test_news_of_a_camera_that_looks_the_same_paints_nothing(
    monkeypatch: pytest.MonkeyPatch, tile: CameraTile
) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    QApplication.processEvents()
    painted: list[object] = []
    monkeypatch.setattr(tile, "paint", painted.append)
    for age_ms in (900, 500, 100):
        tile.set_model(camera(frame_t_ms=NOW_MS - age_ms))
    QApplication.processEvents()
    assert painted == []
    tile.set_model(camera(selected=True))
    QApplication.processEvents()
    assert len(painted) == 1


def test_maintenance_shows_no_old_picture(tile: CameraTile) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    tile.set_model(camera(state="off", note=Text("내일 06시까지", "until 06:00")))
    assert tile.caption.said().ko == "닫힘"
    assert colour_of(tile) != ORANGE


@pytest.mark.parametrize(
    ("image", "tile_px", "place_px"),
    [
        ((640, 360), (400, 200), (400, 225)),  # its upper and lower rows are cut a little
        ((480, 480), (400, 200), (200 / 0.75, 200 / 0.75)),  # no more than a quarter of them
        ((640, 360), (300, 400), (300, 168.75)),  # its sides are never cut
        ((640, 360), (1200, 500), (500 * 16 / 9, 500)),  # of a large one nothing is
    ],
)
def test_a_picture_of_another_shape_is_cut_a_little_and_not_bent(
    tile: CameraTile,
    image: tuple[int, int],
    tile_px: tuple[int, int],
    place_px: tuple[float, float],
) -> None:
    given = Picture(QImage(*image, QImage.Format.Format_RGB32), NOW_MS, 1)
    picture = QRectF(0, 0, *tile_px)
    place = tile.place(given, picture)
    assert (place.width(), place.height()) == pytest.approx(place_px)
    assert place.center() == picture.center()


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> Iterator[CctvGrid]:
    made = CctvGrid(theme, 3, PaintedFrames(without=frozenset(("c5",))))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_cameras([camera(n) for n in range(1, 10)])
    yield made
    made.hide()


def test_the_grid_takes_pictures_only_while_it_is_seen(qtbot: QtBot, grid: CctvGrid) -> None:
    frames = grid._frames
    assert isinstance(frames, PaintedFrames)
    grid.show()
    before = frames.asked
    qtbot.waitUntil(lambda: frames.asked > before, timeout=3000)
    grid.hide()
    assert not grid._timer.isActive()


def test_a_camera_without_pictures_does_not_hold_up_the_others(grid: CctvGrid) -> None:
    grid.refresh()
    shown = [tile.model.number for tile in grid.tiles if tile.frame_t_ms is not None]
    assert shown == [1, 2, 3, 4, 6, 7, 8, 9]


def test_a_camera_that_moves_keeps_its_tile_and_its_picture(grid: CctvGrid) -> None:
    third = grid.tiles[2]
    third.set_picture(Picture(orange(), NOW_MS, 1))
    grid.set_cameras([camera(3), camera(1)], 1, 2)
    assert grid.tiles[0] is third
    assert colour_of(third) == ORANGE
    assert third.width() == grid.width()


def _note(painted: list[int], index: int, _picture: Picture) -> None:
    painted.append(index)


def test_no_turn_paints_more_than_a_third_and_none_waits_for_ever(
    monkeypatch: pytest.MonkeyPatch, grid: CctvGrid
) -> None:
    painted: list[int] = []
    for index, one in enumerate(grid.tiles):
        one._given = None
        monkeypatch.setattr(one, "set_picture", partial(_note, painted, index))
    for _ in range(3):
        before = len(painted)
        grid._refresh_some()
        assert len(painted) - before == 3
    assert set(painted) == {0, 1, 2, 3, 5, 6, 7, 8}, "each but the one without pictures"


def test_a_film_is_one_large_tile_over_a_strip(grid: CctvGrid) -> None:
    grid.set_cameras([camera(n) for n in range(1, 8)], 6, 1, film=True)
    large, *strip = grid.tiles
    assert large.width() == grid.width()
    assert len({one.y() for one in strip}) == 1
    assert strip[0].y() > large.y() + large.height()


def test_a_kept_picture_looks_unlike_any_of_today(tile: CameraTile) -> None:
    two_days = 2 * DAY_MS
    tile.set_picture(Picture(orange(), NOW_MS - two_days, 1))
    tile.set_model(camera(state="connecting", kept=True, frame_t_ms=NOW_MS - two_days))
    assert tile.caption.said().ko == "2일 전 화면"
    seen = colour_of(tile)
    assert seen.saturation() < 40
    painted = tile.grab().toImage()
    edge = {QColor(painted.pixel(x, 8)).lightness() > 100 for x in range(20, 400)}
    assert edge == {True, False}, "a hatched frame"


@pytest.mark.parametrize(
    ("clock_ms", "words"),
    [(None, ""), (2_900, ""), (-2_900, ""), (12_000, "12초 빠름"), (-754_000, "12분 느림")],
)
def test_a_clock_that_is_wrong_is_told(tile: CameraTile, clock_ms: int | None, words: str) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    tile.set_model(camera(frame_t_ms=NOW_MS, clock_ms=clock_ms))
    assert tile.note.isVisible() is bool(words)
    assert tile.note.note().ko.endswith(words)


def test_a_camera_of_stills_is_not_old_before_its_next_one(tile: CameraTile) -> None:
    tile.set_picture(Picture(orange(), NOW_MS, 1))
    tile.set_model(camera(state="delayed", frame_t_ms=NOW_MS, period_ms=60_000))
    tile.set_now(NOW_MS + 50_000)
    assert tile.caption.said().ko == "50초 지연"
    tile.set_now(NOW_MS + 64_000)
    assert tile.caption.state() == "stale"


def test_the_same_picture_is_not_painted_twice(grid: CctvGrid) -> None:
    grid.refresh()
    images = [tile._given for tile in grid.tiles]
    grid.refresh()
    assert all(a is b for a, b in zip(images, (t._given for t in grid.tiles), strict=True))


@pytest.mark.parametrize(("tiles", "columns"), [(1, 1), (4, 2), (9, 3), (16, 4)])
def test_tiles_fill_the_grid_without_overlapping(grid: CctvGrid, tiles: int, columns: int) -> None:
    grid.set_cameras([camera(n) for n in range(tiles)], columns, columns)
    boxes = [tile.geometry() for tile in grid.tiles]
    assert len(boxes) == tiles
    assert boxes[-1].right() == grid.width() - 1
    assert boxes[-1].bottom() == grid.height() - 1
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


# ---- the line chart


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> LineChart:
    load_plot()
    made = LineChart(theme)
    qtbot.addWidget(made)
    made.resize(900, 300)
    points = tuple(ChartPoint(NOW_MS + i * DAY_MS, 50.0 + i) for i in range(11))
    made.set_model(LineChartModel((ChartSeries(Text("가", "a"), points, True, "60"),)))
    made.show()
    return made


def place(chart: LineChart, index: int) -> QPoint:
    plot = chart.plot()
    assert plot is not None
    return plot.at(chart.model.series[0].points[index]).toPoint()


def test_a_tap_reads_the_nearest_value_and_a_second_one_puts_it_away(
    chart: LineChart, qapp: QApplication
) -> None:
    device = QTest.createTouchDevice()
    for expected in (54.0, None):
        QTest.touchEvent(chart, device).press(1, place(chart, 4), chart).commit()
        QTest.touchEvent(chart, device).release(1, place(chart, 4), chart).commit()
        assert (chart.reading.value if chart.reading else None) == expected


def test_a_click_reads_too(chart: LineChart) -> None:
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place(chart, 7))
    assert chart.reading is not None
    assert chart.reading.value == 57.0


def test_a_pinch_looks_closer_and_never_beyond_the_ends(chart: LineChart) -> None:
    device: QPointingDevice = QTest.createTouchDevice()
    middle = place(chart, 5)
    whole = chart.seen()
    QTest.touchEvent(chart, device).press(1, middle - QPoint(30, 0), chart).press(
        2, middle + QPoint(30, 0), chart
    ).commit()
    for apart in (60, 90):
        QTest.touchEvent(chart, device).move(1, middle - QPoint(apart, 0), chart).move(
            2, middle + QPoint(apart, 0), chart
        ).commit()
    QTest.touchEvent(chart, device).release(1, middle, chart).release(2, middle, chart).commit()
    seen = chart.seen()
    assert whole is not None
    assert seen is not None
    assert (seen[1] - seen[0]) * 3 == pytest.approx(whole[1] - whole[0], rel=0.02)
    assert whole[0] <= seen[0]
    assert seen[1] <= whole[1]
    assert chart.reading is None, "a pinch reads nothing"


def test_an_axis_that_does_not_start_at_zero_says_so(chart: LineChart) -> None:
    assert chart.axis().low == 50.0
    assert chart.remark().ko == "세로축은 50에서 시작합니다"
    points = tuple(ChartPoint(NOW_MS + i * DAY_MS, 1.0 + i) for i in range(9))
    chart.set_model(LineChartModel((ChartSeries(Text("가", "a"), points),)))
    assert chart.axis().low == 0.0
    assert chart.remark().ko == ""


def test_a_low_chart_has_fewer_gridlines(chart: LineChart) -> None:
    tall = len(chart.axis().ticks)
    chart.resize(900, 110)
    assert 2 <= len(chart.axis().ticks) < tall


def test_a_chart_without_a_value_says_so(qtbot: QtBot, theme: Theme) -> None:
    made = LineChart(theme)
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.set_model(LineChartModel((ChartSeries(Text("가", "a"), ()),)))
    assert made.plot() is None
    assert not made.grab().isNull()


def test_words_at_the_ends_keep_apart(chart: LineChart) -> None:
    from kiosk.ui.charts.line_drawing import apart

    placed = sorted(apart([10.0, 12.0, 11.0, 90.0], 20.0, 0.0, 100.0))
    assert all(b - a >= 19.999 for a, b in itertools.pairwise(placed))
    assert placed[-1] <= 100.0


def test_a_camera_word_is_one_of_six() -> None:
    from kiosk.ui.charts.camera_model import STATE_WORDS

    words: set[CameraWord] = {"connecting", "live", "delayed", "stale", "lost", "off"}
    assert set(STATE_WORDS) == words


def test_what_is_told_to_stand_still_is_not_lost_by_its_age() -> None:
    assert shown_state("stale", NOW_MS - 60_000, NOW_MS) == "stale"


def test_a_picture_that_stands_still_says_why_where_there_is_room(tile: CameraTile) -> None:
    why = Text("움직임이 없습니다. 카메라는 계속 보냅니다", "Nothing moves; the camera still sends")
    tile.set_model(camera(state="stale", frame_t_ms=NOW_MS - 4000, note=why))

    def said() -> set[str]:
        return {mark.text for mark in words_of(tile)}

    assert why.ko in said()
    assert any(words.startswith("마지막 영상") for words in said())
    tile.resize(220, 160)
    assert why.ko not in said(), "cut off words say nothing"
    assert any(words.startswith("마지막 영상") for words in said())
