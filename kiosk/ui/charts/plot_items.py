"""What stands in the line chart's plot: view box, axes and layers, in the theme's hand."""

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from kiosk.ui.charts.chart_model import ChartPoint, axis_words
from kiosk.ui.charts.line_drawing import (
    Plot,
    draw_dots,
    draw_ends,
    draw_gaps,
    draw_time_axis,
    draw_value_axis,
    time_marks,
)
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.ui.charts.plot import LinePlot

EDGE_U = 10
WHOLE = Text("전체 보기", "Show all")


class TimeBox(pg.ViewBox):  # type: ignore[misc]
    """A view box whose lines reach a little over its edges: no stroke is cut lengthwise, and no
    end in half where the whole is seen."""

    edge = 0.0
    side_edge = 0.0

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        side = self.side_edge
        path.addRect(self.rect().adjusted(-side, -self.edge, side, self.edge))
        return path


class Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis that is laid out and told its range by pyqtgraph, and drawn by the theme."""

    def __init__(self, side: str, chart: "LinePlot") -> None:
        super().__init__(side)
        self._chart = chart
        self.enableAutoSIPrefix(False)

    def paint(self, painter: QPainter, _option: Any, _widget: Any) -> None:
        plot = self._chart.plot()
        if plot is not None:
            painter.translate(-self.scenePos())
            self.draw(self._chart.canvas(painter), plot)

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        raise NotImplementedError


class ValueTicks(Axis):
    """Gridlines and their values."""

    def tickValues(self, *_range: float) -> list[tuple[float, list[float]]]:
        plot = self._chart.plot()
        return [] if plot is None else [(plot.axis.step, list(plot.axis.ticks))]

    def tickStrings(self, values: list[float], *_scale: float) -> list[str]:
        plot, decimals = self._chart.plot(), self._chart.model.decimals
        return [] if plot is None else [axis_words(plot.axis, v, decimals) for v in values]

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        draw_value_axis(canvas, plot, self._chart.model.decimals)


class TimeTicks(Axis):
    """Years, months, days or hours of the city."""

    def tickValues(self, *_range: float) -> list[tuple[float, list[float]]]:
        plot = self._chart.plot()
        if plot is None:
            return []
        return [(1.0, [float(t_ms) for t_ms, _ in time_marks(self._chart.theme, plot)])]

    def tickStrings(self, values: list[float], *_scale: float) -> list[str]:
        plot, theme = self._chart.plot(), self._chart.theme
        named = {} if plot is None else dict(time_marks(theme, plot))
        return [theme.say(named[int(v)]) for v in values if int(v) in named]

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        draw_time_axis(canvas, plot, self._chart.range.width())


class Layer(pg.GraphicsObject):  # type: ignore[misc]
    """A layer over the whole plot, drawn by the theme in square pixels of the chart."""

    def __init__(self, chart: "LinePlot", z: float) -> None:
        super().__init__(chart.plotItem)
        self._chart = chart
        self.setZValue(z)

    def boundingRect(self) -> QRectF:
        return QRectF(self._chart.range)

    def paint(self, painter: QPainter, _option: Any, _widget: Any) -> None:
        plot = self._chart.plot()
        if plot is not None:
            self.draw(self._chart.canvas(painter), plot)

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        raise NotImplementedError


class GapLayer(Layer):
    """Hatches under the lines."""

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        for series in self._chart.model.series:
            if series.focus:
                draw_gaps(canvas, plot, series)


class WordLayer(Layer):
    """Points and words over the lines, and what a finger reads."""

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        chart, model, edge = self._chart, self._chart.model, canvas.theme.px(EDGE_U)
        canvas.painter.save()
        canvas.painter.setClipRect(plot.box.adjusted(-edge, -edge, edge, edge))
        for series in sorted(model.series, key=lambda s: s.focus):
            draw_dots(canvas, plot, series, model.late_until_ms)
        canvas.painter.restore()
        draw_ends(canvas, plot, model)
        room = chart.whole_rect(plot)
        if room is not None:
            self._draw_whole(canvas, room)
        if chart.reading is not None and chart.reading.value is not None:
            limit = room.left() - canvas.theme.px(8) if room is not None else plot.box.right()
            self._draw_reading(canvas, plot, chart.reading, limit)

    def _draw_whole(self, canvas: Canvas, room: QRectF) -> None:
        canvas.surface(room, "surface.2")
        baseline = room.center().y() + canvas.theme.metrics("action").capHeight() / 2
        canvas.text(WHOLE, room.center().x(), baseline, "action", align="center")

    def _draw_reading(self, canvas: Canvas, plot: Plot, point: ChartPoint, limit: float) -> None:
        theme, at = canvas.theme, plot.at(point)
        if not plot.box.left() - 1 <= at.x() <= plot.box.right() + 1:
            return
        canvas.dot(at, 6, "text.1")
        when, value = self._chart.reading_words()
        pad, between = theme.px(12), theme.px(10)
        said = canvas.width(when, "body") + between + canvas.width(value, "body", 700)
        wide, high = said + 2 * pad, canvas.line_px("body") + theme.px(10)
        left = max(plot.box.left(), min(at.x() - wide / 2, limit - wide))
        box = QRectF(left, plot.box.top(), wide, high)
        if box.adjusted(0, 0, 0, theme.px(10)).contains(at):
            box.moveTop(min(at.y() + theme.px(16), plot.box.bottom() - high))
        canvas.surface(box, "surface.3")
        baseline = box.center().y() + theme.metrics("body").capHeight() / 2
        taken = canvas.text(when, left + pad, baseline, "body")
        canvas.text(value, left + pad + taken + between, baseline, "body", weight=700)
