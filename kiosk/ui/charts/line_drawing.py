"""What every line over time has around it: axes, hatched gaps, words at the ends of lines.

Measured and drawn in square pixels of the chart; whoever draws the lines themselves (a light
canvas, or pyqtgraph where fingers move in time) draws the rest with these.
"""

import math
from itertools import pairwise

import msgspec
from PySide6.QtCore import QPointF, QRectF

from kiosk.ui.charts.chart_model import (
    GRIDLINES,
    ChartPoint,
    ChartSeries,
    LineChartModel,
    ValueAxis,
    apart_ms,
    axis_words,
    gaps,
    runs,
    time_ticks,
    value_axis,
)
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

NO_VALUE = Text("값 없음", "No value")
TICK_EVERY_U = 110
GRIDLINE_U = 36


class Plot(msgspec.Struct, frozen=True):
    """Where times and values lie: the rectangle between the axes and what it spans."""

    box: QRectF
    axis: ValueAxis
    start_ms: float
    end_ms: float
    apart_ms: float = 0.0

    def x(self, t_ms: float) -> float:
        share = (t_ms - self.start_ms) / ((self.end_ms - self.start_ms) or 1.0)
        return self.box.left() + share * self.box.width()

    def t_ms(self, x: float) -> float:
        """The time at a pixel."""
        share = (x - self.box.left()) / max(1.0, self.box.width())
        return self.start_ms + share * (self.end_ms - self.start_ms)

    def y(self, value: float) -> float:
        share = (value - self.axis.low) / ((self.axis.high - self.axis.low) or 1.0)
        return self.box.bottom() - share * self.box.height()

    def at(self, point: ChartPoint) -> QPointF:
        assert point.value is not None
        return QPointF(self.x(point.t_ms), self.y(point.value))


def fitting_axis(theme: Theme, model: LineChartModel, height: float) -> ValueAxis:
    """As many gridlines as leave the words at them apart, at most five."""
    room = int(height / theme.px(GRIDLINE_U)) - 1
    return value_axis(model, max(2, min(GRIDLINES, room)))


def plot_in(theme: Theme, model: LineChartModel, area: QRectF, seen: tuple[float, float]) -> Plot:
    """The plot in an area, with room for the words around it."""
    axis = fitting_axis(theme, model, area.height())
    metrics = theme.metrics("meta")
    widest = max(
        metrics.horizontalAdvance(axis_words(axis, tick, model.decimals)) for tick in axis.ticks
    )
    box = area.adjusted(
        widest + theme.px(12),
        metrics.height() * 0.6,
        -_end_room(theme, model),
        -metrics.height() - theme.px(14),
    )
    return Plot(box, axis, *seen, apart_ms(model))


def _end_room(theme: Theme, model: LineChartModel) -> float:
    """Room for the words at the ends of lines and rules."""
    words = [
        theme.metrics("lead", 600).horizontalAdvance(s.end)
        + theme.metrics("meta").horizontalAdvance(" " + theme.say(s.end_note))
        for s in model.series
    ]
    words += [
        theme.metrics("body", 600).horizontalAdvance(theme.say(rule.label)) for rule in model.rules
    ]
    return max(words, default=0.0) + theme.px(22)


def known_points(series: ChartSeries) -> list[ChartPoint]:
    return [point for point in series.points if point.value is not None]


def draw_value_axis(canvas: Canvas, plot: Plot, decimals: int) -> None:
    """Gridlines with their values at the left; where they lie close, not all are worded."""
    theme, box = canvas.theme, plot.box
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
        words = axis_words(plot.axis, tick, decimals)
        at = box.left() - theme.px(10)
        canvas.text(words, at, y + low, "meta", "chart.axisText", align="right")


def time_marks(theme: Theme, plot: Plot) -> tuple[tuple[int, Text], ...]:
    """As many round times as have room for their words."""
    most = max(2, int(plot.box.width() / theme.px(TICK_EVERY_U)))
    return time_ticks(int(plot.start_ms), int(plot.end_ms), most, plot.apart_ms)


def draw_time_axis(canvas: Canvas, plot: Plot, width: float) -> None:
    """Ticks and their words under the plot; none leaves the chart's `width`, none touches the
    one before."""
    theme, box = canvas.theme, plot.box
    baseline = box.bottom() + theme.px(10) + theme.metrics("meta").ascent()
    taken = -math.inf
    for t_ms, name in time_marks(theme, plot):
        x = plot.x(t_ms)
        tick_line = [QPointF(x, box.bottom()), QPointF(x, box.bottom() + theme.px(7))]
        canvas.polyline(tick_line, theme.pen("chart.axis", "axis"))
        half = canvas.width(name, "meta") / 2
        middle = min(max(x, half), width - half)
        if middle - half < taken + theme.px(8):
            continue
        taken = middle + half
        canvas.text(name, middle, baseline, "meta", "chart.axisText", align="center")


def draw_gaps(canvas: Canvas, plot: Plot, series: ChartSeries) -> None:
    """Hatched, with the reason where it has room before the next gap."""
    theme, box = canvas.theme, plot.box
    inset, space = theme.px(4), theme.px(8)
    found = [gap for gap in gaps(series.points) if gap.end_ms > plot.start_ms]
    starts = [plot.x(gap.start_ms) for gap in found[1:]]
    for gap, limit in zip(found, [*starts, box.right()][: len(found)], strict=True):
        left = max(box.left(), plot.x(gap.start_ms) + inset)
        right = min(box.right(), plot.x(gap.end_ms) - inset)
        if right <= left:
            continue
        canvas.hatch(QRectF(left, box.top(), right - left, box.height()))
        words = gap.note or NO_VALUE
        if right + canvas.width(words, "meta") + 2 * space <= min(limit, box.right()):
            canvas.text(words, right + space, box.bottom() - space, "meta", "text.2")


def draw_dots(canvas: Canvas, plot: Plot, series: ChartSeries, late_until_ms: int | None) -> None:
    """Hollow where provisional or late, with dots on to now; a lone value is a dot too."""
    color = "chart.focus" if series.focus else "chart.compare"
    for run in runs(series.points):
        if len(run) == 1:
            canvas.dot(plot.at(run[0]), 3, color)
    known = known_points(series)
    if not known:
        return
    for point in known:
        if point.provisional:
            canvas.dot(plot.at(point), 6, color, hollow=True)
    last, at = known[-1], plot.at(known[-1])
    if late_until_ms is not None:
        canvas.dotted_line(at.x(), plot.x(late_until_ms), at.y(), color)
        canvas.dot(at, 6, color, hollow=True)
    elif not last.provisional:
        canvas.dot(at, 6, color)


def draw_ends(canvas: Canvas, plot: Plot, model: LineChartModel) -> None:
    """Words at the right of rules and of lines whose end is seen, moved apart where they would
    touch. Where not all have room, the first rules stay without words."""
    theme = canvas.theme
    wishes: list[tuple[float, ChartSeries | None, Text]] = []
    for series in model.series:
        known = known_points(series)
        if known and series.end and known[-1].t_ms <= plot.end_ms + 1:
            wishes.append((plot.at(known[-1]).y(), series, series.end_note))
    high = canvas.line_px("body")
    room = max(1, int(plot.box.height() / high) + 1 - len(wishes))
    wishes += [(plot.y(rule.value), None, rule.label) for rule in model.rules[-room:]]
    left = plot.box.right() + theme.px(16)
    for y, (_, owner, words) in zip(
        apart([w[0] for w in wishes], high, plot.box.top(), plot.box.bottom()), wishes, strict=True
    ):
        baseline = y + theme.metrics("body").capHeight() / 2
        if owner is None:
            canvas.text(words, left, baseline, "body", weight=600)
            continue
        color = "chart.focus" if owner.focus else "text.1"
        taken = canvas.text(owner.end, left, baseline, "lead", color, weight=600)
        canvas.text(words, left + taken + theme.px(5), baseline, "meta", "text.2")


def apart(wishes: list[float], high: float, top: float, bottom: float) -> list[float]:
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
