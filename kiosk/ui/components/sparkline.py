"""Sparkline: today against a normal day, in the width of a tile."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme


class SparklineView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values evenly spaced in time.

    `today` fills the first of `slots` places (0: as many as it has); None is a gap. `ghost` is a
    normal day over all the width. `cut` means that the last value is late: hollow point, dots to
    now. `low` and `high` fix the scale; otherwise the values do, with a little air.
    """

    today: tuple[float | None, ...] = ()
    ghost: tuple[float, ...] = ()
    threshold: float | None = None
    slots: int = 0
    cut: bool = False
    low: float | None = None
    high: float | None = None


def _runs(points: list[QPointF | None]) -> list[list[QPointF]]:
    runs: list[list[QPointF]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


class SparklineScale:
    """Where values and places lie in a rectangle."""

    def __init__(self, view: SparklineView, rect: QRectF, air_px: float) -> None:
        known = [v for v in (*view.today, *view.ghost, view.threshold) if v is not None] or [0.0]
        low = min(known) if view.low is None else view.low
        high = max(known) if view.high is None else view.high
        self._low, self._span = low, (high - low) or 1.0
        self._flat = high == low
        self._rect = rect.adjusted(air_px / 3, air_px, -air_px, -air_px)

    def y(self, value: float) -> float:
        share = 0.5 if self._flat else (value - self._low) / self._span
        return self._rect.bottom() - share * self._rect.height()

    def points(self, values: tuple[float | None, ...], slots: int) -> list[QPointF | None]:
        left, step = self._rect.left(), self._rect.width() / max(1, slots - 1)
        zero, high = self.y(0.0), self.y(0.0) - self.y(1.0)
        return [
            None if v is None else QPointF(left + i * step, zero - v * high)
            for i, v in enumerate(values)
        ]


def draw_sparkline(canvas: Canvas, rect: QRectF, view: SparklineView) -> None:
    """Draws the line inside `rect`, its baseline at the bottom."""
    theme = canvas.theme
    canvas.rule(rect.left(), rect.right(), rect.bottom(), "line.hair")
    scale = SparklineScale(view, rect, theme.px(6))
    if view.threshold is not None:
        y = scale.y(view.threshold)
        canvas.painter.setPen(theme.dashed_pen("text.2", 1.6, 5, 4))
        canvas.painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    for run in _runs(scale.points(view.ghost, len(view.ghost))):
        canvas.polyline(run, theme.pen("chart.ghost", 1.8))
    slots = max(view.slots, len(view.today))
    points = scale.points(view.today, slots)
    for run in _runs(points):
        canvas.polyline(run, theme.pen("chart.series", "series"))
    last = next((p for p in reversed(points) if p is not None), None)
    if last is None:
        return
    if view.cut:
        pen = theme.pen("chart.series", 2.2)
        pen.setDashPattern([0.01, 2.2])
        canvas.painter.setPen(pen)
        canvas.painter.drawLine(last, QPointF(rect.right() - theme.px(2), last.y()))
        canvas.dot(last, 4.4, "chart.series", hollow=True)
    else:
        canvas.dot(last, 5, "chart.focus")


class Sparkline(Component):
    """A sparkline on its own."""

    def __init__(self, theme: Theme, view: SparklineView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_view(self, view: SparklineView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def paint(self, canvas: Canvas) -> None:
        room = canvas.theme.px(2)
        draw_sparkline(canvas, self.area().adjusted(0, 0, 0, -room), self._view)
