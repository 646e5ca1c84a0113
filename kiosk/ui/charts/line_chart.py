"""Lines over time, drawn to be read: words at the line, gaps hatched, provisional values hollow."""

import math
from itertools import pairwise

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.chart_model import (
    GRIDLINES,
    ChartPoint,
    ChartSeries,
    LineChartModel,
    ValueAxis,
    axis_remark,
    axis_words,
    gaps,
    runs,
    time_span,
    time_ticks,
    value_axis,
)
from kiosk.ui.charts.map_touch import Fingers, Move
from kiosk.ui.component import MOUSE_POINT, Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.ui.times import date_words
from kiosk.wire.text import Text

NO_VALUE = Text("값 없음", "No value")
TICK_EVERY_U = 120
GRIDLINE_U = 36
NARROWEST_SHARE = 0.05


class Plot(msgspec.Struct, frozen=True):
    """Where times and values lie: the rectangle between the axes and what it spans."""

    box: QRectF
    axis: ValueAxis
    start_ms: float
    end_ms: float

    def x(self, t_ms: float) -> float:
        share = (t_ms - self.start_ms) / ((self.end_ms - self.start_ms) or 1.0)
        return self.box.left() + share * self.box.width()

    def y(self, value: float) -> float:
        share = (value - self.axis.low) / ((self.axis.high - self.axis.low) or 1.0)
        return self.box.bottom() - share * self.box.height()

    def at(self, point: ChartPoint) -> QPointF:
        assert point.value is not None
        return QPointF(self.x(point.t_ms), self.y(point.value))


class LineChart(Component):
    """Pinch and drag move in time, a tap reads the nearest value; nothing of it is remembered."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = LineChartModel()
        self._seen: tuple[float, float] | None = None
        self._read: ChartPoint | None = None
        self._fingers = Fingers(theme.px(12))

    @property
    def model(self) -> LineChartModel:
        return self._model

    @property
    def reading(self) -> ChartPoint | None:
        """The point that a tap reads out."""
        return self._read

    def set_model(self, model: LineChartModel) -> None:
        if model == self._model:
            return
        if time_span(model) != time_span(self._model):
            self._seen = None
        self._model, self._read = model, None
        self.update()

    def axis(self) -> ValueAxis:
        """As many gridlines as leave the words at them apart, at most five."""
        room = int(self.area().height() / self.theme.px(GRIDLINE_U)) - 1
        return value_axis(self._model, max(2, min(GRIDLINES, room)))

    def remark(self) -> Text:
        """What a reader must know of the axis; empty when it starts at zero or shows nothing."""
        if time_span(self._model) is None:
            return Text("", "")
        return axis_remark(self.axis(), self._model.decimals)

    def seen(self) -> tuple[float, float] | None:
        """The time that is on the screen now (epoch ms)."""
        return self._seen or time_span(self._model)

    # ---- geometry

    def plot(self) -> Plot | None:
        seen = self.seen()
        if seen is None:
            return None
        axis, theme, area = self.axis(), self.theme, self.area()
        metrics = theme.metrics("meta")
        widest = max(
            metrics.horizontalAdvance(axis_words(axis, tick, self._model.decimals))
            for tick in axis.ticks
        )
        box = area.adjusted(
            widest + theme.px(12),
            metrics.height() * 0.6,
            -self._end_room(),
            -metrics.height() - theme.px(14),
        )
        return Plot(box, axis, *seen)

    def _end_room(self) -> float:
        """Room for the words at the ends of lines and rules."""
        theme = self.theme
        words = [
            theme.metrics("lead", 600).horizontalAdvance(s.end)
            + theme.metrics("meta").horizontalAdvance(" " + theme.say(s.end_note))
            for s in self._model.series
        ]
        words += [
            theme.metrics("body", 600).horizontalAdvance(theme.say(rule.label))
            for rule in self._model.rules
        ]
        return max(words, default=0.0) + theme.px(22)

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        plot = self.plot()
        if plot is None:
            middle = self.area().center()
            canvas.text(NO_VALUE, middle.x(), middle.y(), "body", "text.2", align="center")
            return
        self._paint_axes(canvas, plot)
        canvas.painter.save()
        canvas.painter.setClipRect(
            plot.box.adjusted(-self.theme.px(8), -self.theme.px(10), self.theme.px(8), 0)
        )
        for series in self._model.series:
            if series.focus:
                self._paint_gaps(canvas, plot, series)
        for series in sorted(self._model.series, key=lambda s: s.focus):
            self._paint_line(canvas, plot, series)
        canvas.painter.restore()
        self._paint_rules(canvas, plot)
        self._paint_ends(canvas, plot)
        self._paint_reading(canvas, plot)

    def _paint_axes(self, canvas: Canvas, plot: Plot) -> None:
        theme, box = self.theme, plot.box
        low = theme.metrics("meta").capHeight() / 2
        ticks = plot.axis.ticks
        apart = box.height() / max(1, len(ticks) - 1)
        every = max(1, math.ceil(canvas.line_px("meta") / max(1.0, apart)))
        for place, tick in enumerate(ticks):
            y = plot.y(tick)
            color, stroke = ("chart.grid", "grid") if place else ("chart.axis", "axis")
            canvas.rule(box.left(), box.right(), y, color, stroke)
            if place % every:
                continue
            words = axis_words(plot.axis, tick, self._model.decimals)
            at = box.left() - theme.px(10)
            canvas.text(words, at, y + low, "meta", "chart.axisText", align="right")
        most = max(2, int(box.width() / theme.px(TICK_EVERY_U)))
        baseline = box.bottom() + theme.px(10) + theme.metrics("meta").ascent()
        for t_ms, name in time_ticks(int(plot.start_ms), int(plot.end_ms), most):
            x = plot.x(t_ms)
            tick_line = [QPointF(x, box.bottom()), QPointF(x, box.bottom() + theme.px(7))]
            canvas.polyline(tick_line, theme.pen("chart.axis", "axis"))
            half = canvas.width(name, "meta") / 2
            middle = min(max(x, half), self.area().width() - half)
            canvas.text(name, middle, baseline, "meta", "chart.axisText", align="center")

    def _paint_gaps(self, canvas: Canvas, plot: Plot, series: ChartSeries) -> None:
        """Hatched, with the reason where it has room before the next gap."""
        inset, space = self.theme.px(4), self.theme.px(8)
        found = gaps(series.points)
        starts = [plot.x(gap.start_ms) for gap in found[1:]]
        for gap, limit in zip(found, [*starts, plot.box.right()][: len(found)], strict=True):
            left, right = plot.x(gap.start_ms) + inset, plot.x(gap.end_ms) - inset
            if right <= left:
                continue
            canvas.hatch(QRectF(left, plot.box.top(), right - left, plot.box.height()))
            words = gap.note or NO_VALUE
            if right + canvas.width(words, "meta") + 2 * space <= limit:
                canvas.text(words, right + space, plot.box.bottom() - space, "meta", "text.2")

    def _paint_line(self, canvas: Canvas, plot: Plot, series: ChartSeries) -> None:
        color = "chart.focus" if series.focus else "chart.compare"
        pen = self.theme.pen(color, "focusSeries" if series.focus else "series")
        for run in runs(series.points):
            canvas.polyline([plot.at(point) for point in run], pen)
            if len(run) == 1:
                canvas.dot(plot.at(run[0]), 3, color)
        known = [p for p in series.points if p.value is not None]
        if not known:
            return
        for point in known:
            if point.provisional:
                canvas.dot(plot.at(point), 6, color, hollow=True)
        last, late = known[-1], self._model.late_until_ms
        if late is not None:
            at = plot.at(last)
            canvas.dotted_line(at.x(), plot.x(late), at.y(), color)
            canvas.dot(at, 6, color, hollow=True)
        elif not last.provisional:
            canvas.dot(plot.at(last), 6, color)

    def _paint_rules(self, canvas: Canvas, plot: Plot) -> None:
        for rule in self._model.rules:
            y = plot.y(rule.value)
            canvas.painter.setPen(self.theme.dashed_pen("chart.goal", 2, 7, 5))
            canvas.painter.drawLine(QPointF(plot.box.left(), y), QPointF(plot.box.right(), y))

    def _paint_ends(self, canvas: Canvas, plot: Plot) -> None:
        """Words at the right of lines and rules, moved apart where they would touch."""
        theme = self.theme
        wishes: list[tuple[float, ChartSeries | None, Text]] = []
        for series in self._model.series:
            known = [p for p in series.points if p.value is not None]
            if known and series.end:
                wishes.append((plot.at(known[-1]).y(), series, series.end_note))
        wishes += [(plot.y(rule.value), None, rule.label) for rule in self._model.rules]
        high = canvas.line_px("body")
        left = plot.box.right() + theme.px(16)
        for y, (_, owner, words) in zip(
            _apart([w[0] for w in wishes], high, plot.box.top(), plot.box.bottom()),
            wishes,
            strict=True,
        ):
            baseline = y + theme.metrics("body").capHeight() / 2
            if owner is None:
                canvas.text(words, left, baseline, "body", weight=600)
                continue
            color = "chart.focus" if owner.focus else "text.1"
            taken = canvas.text(owner.end, left, baseline, "lead", color, weight=600)
            canvas.text(words, left + taken + theme.px(5), baseline, "meta", "text.2")

    def _paint_reading(self, canvas: Canvas, plot: Plot) -> None:
        point, theme = self._read, self.theme
        if point is None or point.value is None:
            return
        at = plot.at(point)
        pen = theme.pen("text.1", 1.6)
        canvas.polyline([QPointF(at.x(), plot.box.top()), QPointF(at.x(), plot.box.bottom())], pen)
        canvas.dot(at, 6, "text.1")
        value = f"{point.value:,.{self._model.decimals}f}".replace("-", "−")
        words = f"{theme.say(date_words(point.t_ms))}  {value}"
        wide = canvas.width(words, "body", 600) + 2 * theme.px(10)
        left = min(max(at.x() - wide / 2, plot.box.left()), plot.box.right() - wide)
        box = QRectF(left, plot.box.top(), wide, canvas.line_px("body") + theme.px(6))
        canvas.surface(box, "surface.3")
        baseline = box.center().y() + theme.metrics("body").capHeight() / 2
        canvas.text(words, box.center().x(), baseline, "body", weight=600, align="center")

    # ---- fingers and mouse

    def _touch(self, event: QTouchEvent) -> bool:
        down = {
            point.id(): (point.position().x(), point.position().y())
            for point in event.points()
            if point.state() != QEventPoint.State.Released
        }
        if event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel) or not down:
            self._lift()
        else:
            self._fingers_at(down)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._fingers_at({MOUSE_POINT: (event.position().x(), event.position().y())})

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._fingers_at({MOUSE_POINT: (event.position().x(), event.position().y())})

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._lift()

    def _fingers_at(self, points: dict[int, tuple[float, float]]) -> None:
        move = self._fingers.update(points)
        if move is not None:
            self._follow(move)

    def _lift(self) -> None:
        tapped = self._fingers.release()
        plot = self.plot()
        if tapped is None or plot is None:
            return
        x = tapped[0] * self.theme.pixel_aspect
        focus = next((s for s in self._model.series if s.focus), None)
        known = [p for p in focus.points if p.value is not None] if focus else []
        near = min(known, key=lambda p: abs(plot.x(p.t_ms) - x), default=None)
        self._read = None if near == self._read else near
        self.update()

    def _follow(self, move: Move) -> None:
        plot, whole = self.plot(), time_span(self._model)
        if plot is None or whole is None:
            return
        aspect = self.theme.pixel_aspect
        ms_per_px = (plot.end_ms - plot.start_ms) / max(1.0, plot.box.width())
        span = (plot.end_ms - plot.start_ms) / max(0.01, move.factor)
        span = min(whole[1] - whole[0], max((whole[1] - whole[0]) * NARROWEST_SHARE, span))
        share = (move.x * aspect - plot.box.left()) / max(1.0, plot.box.width())
        under = plot.start_ms + share * (plot.end_ms - plot.start_ms)
        start = under - share * span - move.dx * aspect * ms_per_px
        start = min(max(start, whole[0]), whole[1] - span)
        self._seen = (start, start + span)
        self.update()


def _apart(wishes: list[float], high: float, top: float, bottom: float) -> list[float]:
    """The wishes in their order, each at least `high` from the next, within top and bottom."""
    order = sorted(range(len(wishes)), key=lambda i: wishes[i])
    placed = list(wishes)
    for before, index in pairwise(order):
        placed[index] = max(placed[index], placed[before] + high)
    over = max(0.0, max(placed, default=0.0) - bottom)
    lowest = order[::-1]
    for index in lowest[:1]:
        placed[index] = max(top, placed[index] - over)
    for below, index in pairwise(lowest):
        placed[index] = min(placed[index], placed[below] - high)
    return placed
