"""Fingers, mouse and wheel on the line chart: it is read and moved in time, by pyqtgraph."""

import sys
import threading
from typing import Any, Literal

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kiosk.ui.charts.chart_model import ChartPoint, ChartRule, ChartSeries, LineChartModel
from kiosk.ui.charts.line_chart import LOADING, LineChart
from kiosk.ui.charts.line_drawing import NO_VALUE
from kiosk.ui.charts.plot import LinePlot
from kiosk.ui.charts.plot_items import WHOLE
from kiosk.ui.charts.plot_loading import load_plot, loaded_plot
from kiosk.ui.paint import Mark
from kiosk.ui.theme import make_theme
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS

DAY_MS = 86_400_000
LEFT = Qt.MouseButton.LeftButton


def model_of(days: int = 31, start_ms: int = NOW_MS, **changes: Any) -> LineChartModel:
    points = tuple(ChartPoint(start_ms + i * DAY_MS, 20.0 + i) for i in range(days))
    series = ChartSeries(Text("송파", "Songpa"), points, True, "50", Text("오늘", "today"))
    return LineChartModel((series,), (ChartRule(40.0, Text("목표 40", "goal 40")),), **changes)


def made(qtbot: QtBot, language: Literal["ko", "en"] = "ko", aspect: float = 1.0) -> LineChart:
    load_plot()
    chart = LineChart(make_theme(1920, 1080, language=language, pixel_aspect=aspect))
    qtbot.addWidget(chart)
    chart.resize(700, 320)
    chart.set_model(model_of())
    chart.show()
    qtbot.waitExposed(chart)
    return chart


@pytest.fixture
def chart(qtbot: QtBot) -> LineChart:
    return made(qtbot)


@pytest.fixture(scope="module")
def device(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def place(chart: LineChart, index: int) -> QPoint:
    plot = chart.plot()
    assert plot is not None
    at = plot.at(chart.model.series[0].points[index])
    return QPointF(at.x() / chart.theme.pixel_aspect, at.y()).toPoint()


def drawn(chart: LineChart) -> LinePlot:
    (found,) = chart.findChildren(LinePlot)
    return found


def lies_at(box: QRectF) -> tuple[float, float, float, float]:
    return box.x(), box.y(), box.width(), box.height()


def words(chart: LineChart) -> list[Mark]:
    marks: list[Mark] = []
    image = QImage(chart.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    chart.paint_on(painter, marks)
    painter.end()
    return marks


def said(chart: LineChart) -> list[str]:
    return [mark.text for mark in words(chart)]


def tap(chart: LineChart, device: QPointingDevice, at: QPoint) -> None:
    QTest.touchEvent(chart, device).press(1, at, chart).commit()
    QTest.touchEvent(chart, device).release(1, at, chart).commit()


def pinch(chart: LineChart, device: QPointingDevice, middle: QPoint) -> None:
    """Three times closer."""
    for step, apart in enumerate((30, 60, 90)):
        sequence = QTest.touchEvent(chart, device)
        for finger, at in ((1, middle - QPoint(apart, 0)), (2, middle + QPoint(apart, 0))):
            if step == 0:
                sequence.press(finger, at, chart)
            else:
                sequence.move(finger, at, chart)
        sequence.commit()
    away = QTest.touchEvent(chart, device)
    away.release(1, middle - QPoint(90, 0), chart).release(2, middle + QPoint(90, 0), chart)
    away.commit()


def drag(chart: LineChart, device: QPointingDevice, by: int) -> None:
    start = QPoint(350, 200)
    QTest.touchEvent(chart, device).press(1, start, chart).commit()
    for step in (1, 2, 3, 4):
        at = start + QPoint(by * step // 4, 0)
        QTest.touchEvent(chart, device).move(1, at, chart).commit()
    QTest.touchEvent(chart, device).release(1, start + QPoint(by, 0), chart).commit()


def span(chart: LineChart) -> float:
    seen = chart.seen()
    assert seen is not None
    return seen[1] - seen[0]


def test_pyqtgraph_draws_where_the_words_say(chart: LineChart) -> None:
    plot, graph = chart.plot(), drawn(chart)
    assert isinstance(graph, pg.PlotWidget)
    assert plot is not None
    box = graph.plotItem.vb.sceneBoundingRect()
    assert lies_at(plot.box) == pytest.approx(lies_at(box), abs=1.0)
    for point in chart.model.series[0].points[::6]:
        theirs = graph.plotItem.vb.mapViewToScene(QPointF(point.t_ms, point.value or 0.0))
        assert (theirs - plot.at(point)).manhattanLength() < 2.0


def test_the_curve_is_drawn_in_the_focus_colour(chart: LineChart) -> None:
    picture = chart.grab().toImage()
    at = (place(chart, 10) + place(chart, 11)) / 2
    near = {picture.pixelColor(at + QPoint(0, dy)).name() for dy in range(-4, 5)}
    assert chart.theme.color("chart.focus").name() in near


def test_nothing_of_pyqtgraph_can_be_met(chart: LineChart) -> None:
    graph = drawn(chart)
    at = QPoint(300, 150)
    QTest.mouseClick(chart, Qt.MouseButton.RightButton, pos=at)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, chart.mapToGlobal(at))
    QApplication.sendEvent(chart, menu)
    QTest.mouseMove(chart, at)
    QApplication.processEvents()
    shown = [w for w in QApplication.allWidgets() if isinstance(w, QMenu) and w.isVisible()]
    assert shown == []
    assert not graph.plotItem.autoBtn.isVisible()
    assert chart.childAt(at) is None, "fingers meet the chart and not what it is drawn with"
    assert graph.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_press_reads_at_once_and_a_finger_that_moves_reads_on(
    chart: LineChart, device: QPointingDevice
) -> None:
    QTest.touchEvent(chart, device).press(1, place(chart, 3), chart).commit()
    assert chart.reading is not None
    assert chart.reading.value == 23.0
    for index in (5, 8, 12):
        QTest.touchEvent(chart, device).move(1, place(chart, index), chart).commit()
    assert chart.reading.value == 32.0
    QTest.touchEvent(chart, device).release(1, place(chart, 12), chart).commit()
    assert chart.reading.value == 32.0, "it stays to be read"
    assert span(chart) == 30 * DAY_MS


@pytest.mark.parametrize(
    ("language", "when"), [("ko", "2026년 11월 26일"), ("en", "26 November 2026")]
)
def test_what_is_read_says_when_and_how_much(
    qtbot: QtBot, device: QPointingDevice, language: Literal["ko", "en"], when: str
) -> None:
    chart = made(qtbot, language)
    assert when not in said(chart)
    tap(chart, device, place(chart, 4))
    assert {when, "24"} <= set(said(chart))


def test_a_finger_moves_in_time_where_less_than_the_whole_is_seen(
    chart: LineChart, device: QPointingDevice
) -> None:
    whole = chart.seen()
    pinch(chart, device, place(chart, 15))
    assert span(chart) == pytest.approx(10 * DAY_MS, rel=0.02)
    values = chart.axis()
    before = chart.seen()
    drag(chart, device, -160)
    after = chart.seen()
    assert before is not None
    assert after is not None
    assert whole is not None
    assert after[0] > before[0] + DAY_MS, "the line follows the finger to the left"
    assert span(chart) == pytest.approx(before[1] - before[0])
    for _ in range(8):
        drag(chart, device, -300)
    end = chart.seen()
    assert end is not None
    assert end[1] == pytest.approx(whole[1], abs=1.0)
    assert chart.axis() == values
    assert chart.reading is None


def test_the_end_of_a_line_is_worded_only_where_it_is_seen(
    chart: LineChart, device: QPointingDevice
) -> None:
    assert "50" in [mark.text for mark in words(chart) if mark.color == "chart.focus"]
    pinch(chart, device, place(chart, 10))
    assert "50" not in [mark.text for mark in words(chart) if mark.color == "chart.focus"]
    assert "목표 40" in said(chart)


def test_a_double_tap_goes_back_to_the_whole(chart: LineChart, device: QPointingDevice) -> None:
    pinch(chart, device, place(chart, 15))
    assert span(chart) < 11 * DAY_MS
    tap(chart, device, QPoint(300, 220))
    assert span(chart) < 11 * DAY_MS, "one tap reads"
    assert chart.reading is not None
    tap(chart, device, QPoint(304, 222))
    assert span(chart) == 30 * DAY_MS
    assert chart.reading is None


def test_a_double_click_goes_back_to_the_whole(chart: LineChart, device: QPointingDevice) -> None:
    pinch(chart, device, place(chart, 15))
    QTest.mouseDClick(chart, LEFT, pos=QPoint(300, 220))
    assert span(chart) == 30 * DAY_MS
    assert chart.reading is None


def test_a_button_large_enough_for_a_finger_goes_back_too(
    chart: LineChart, device: QPointingDevice
) -> None:
    assert chart.targets() == ()
    for way in ("finger", "mouse", "hand"):
        pinch(chart, device, place(chart, 15))
        (target,) = chart.targets()
        assert min(target.rect.width(), target.rect.height()) >= 44
        assert WHOLE.ko in said(chart)
        middle = target.rect.center().toPoint()
        if way == "finger":
            tap(chart, device, middle)
        elif way == "mouse":
            QTest.mouseClick(chart, LEFT, pos=middle)
        else:
            chart.activate(target)
        assert span(chart) == 30 * DAY_MS, way
        assert chart.reading is None
        assert WHOLE.ko not in said(chart)


def test_the_wheel_looks_closer_at_what_is_under_it(chart: LineChart) -> None:
    at = QPointF(place(chart, 20))
    plot = chart.plot()
    assert plot is not None
    before = plot.t_ms(at.x())
    wheel = QWheelEvent(
        at,
        chart.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart, wheel)
    assert span(chart) == pytest.approx(30 * DAY_MS / 1.44)
    plot = chart.plot()
    assert plot is not None
    assert plot.t_ms(at.x()) == pytest.approx(before, abs=DAY_MS / 20)


def test_new_rows_keep_what_is_looked_at(chart: LineChart, device: QPointingDevice) -> None:
    pinch(chart, device, place(chart, 15))
    tap(chart, device, place(chart, 15))
    looked, read = chart.seen(), chart.reading
    assert read is not None
    chart.set_model(model_of(32))
    assert chart.seen() == pytest.approx(looked)
    assert chart.reading == read
    chart.set_model(model_of(31, NOW_MS - 400 * DAY_MS))
    assert span(chart) == 30 * DAY_MS, "another time is seen whole"
    assert chart.reading is None


def test_all_words_lie_inside_the_chart_while_it_is_read(
    chart: LineChart, device: QPointingDevice
) -> None:
    for index in (0, 15, 30):
        tap(chart, device, place(chart, index))
        for mark in words(chart):
            assert chart.area().adjusted(-2, -2, 2, 2).contains(mark.ink), mark.text


def test_on_a_wall_with_wide_pixels_fingers_meet_the_line(
    qtbot: QtBot, device: QPointingDevice
) -> None:
    chart = made(qtbot, aspect=1.19)
    graph = drawn(chart)
    assert graph.transform().m11() == pytest.approx(1 / 1.19)
    tap(chart, device, place(chart, 9))
    assert chart.reading is not None
    assert chart.reading.value == 29.0
    plot = chart.plot()
    assert plot is not None
    box = graph.plotItem.vb.sceneBoundingRect()
    assert lies_at(plot.box) == pytest.approx(lies_at(box), abs=1.0)


def test_until_it_is_loaded_the_place_says_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_plot()
    module = loaded_plot()
    asked = "kiosk.ui.charts.line_chart.loaded_plot"
    monkeypatch.setattr(asked, lambda: None)
    chart = made(qtbot)
    assert said(chart) == [LOADING.ko]
    assert chart.remark().ko == ""
    QTest.mouseClick(chart, LEFT, pos=QPoint(300, 200))
    chart.set_model(LineChartModel((ChartSeries(Text("가", "a"), ()),)))
    assert said(chart) == [NO_VALUE.ko]
    chart.set_model(model_of())
    monkeypatch.setattr(asked, lambda: module)
    chart.set_model(model_of())
    assert "목표 40" in said(chart)
    assert drawn(chart).isVisible()


def test_no_value_after_a_line_hides_the_line(chart: LineChart) -> None:
    chart.set_model(LineChartModel((ChartSeries(Text("가", "a"), ()),)))
    assert said(chart) == [NO_VALUE.ko]
    assert not drawn(chart).isVisible()
    chart.set_model(model_of())
    assert drawn(chart).isVisible()


def test_loading_leaves_the_handling_of_faults_alone() -> None:
    load_plot()
    for hook in (sys.excepthook, threading.excepthook):
        assert not getattr(hook, "__module__", "").startswith("pyqtgraph")
    assert pg.getConfigOption("exitCleanup") is False
