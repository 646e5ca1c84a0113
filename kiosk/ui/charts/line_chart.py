"""A line over time to be read by finger: pinch and drag move in time, a press reads a value."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.chart_model import (
    ChartPoint,
    LineChartModel,
    ValueAxis,
    axis_remark,
    time_span,
)
from kiosk.ui.charts.fingered import Fingered, TapPair
from kiosk.ui.charts.line_drawing import NO_VALUE, Plot, fitting_axis, known_points, plot_in
from kiosk.ui.charts.map_touch import Fingers, Move, Position
from kiosk.ui.charts.plot_loading import loaded_plot
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

if TYPE_CHECKING:
    from kiosk.ui.charts.plot import LinePlot

LOADING = Text("불러오는 중", "Loading")
WHOLE_TRIGGER = "chart.whole"
SLOP_U = 12
WHEEL_STEP = 1.2


class LineChart(Fingered, Component):
    """Shows a LineChartModel with pyqtgraph, once that is loaded; until then it says so.

    One finger reads the nearest value, and moves in time where less than the whole is seen; two
    pinch; a double tap, or the button that then stands there, goes back to the whole.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = LineChartModel()
        self._drawn: LinePlot | None = None
        self._read: ChartPoint | None = None
        self._read_before: ChartPoint | None = None
        self._fingers = Fingers(theme.px(SLOP_U))
        self._down = 0
        self._taps = TapPair()

    @property
    def model(self) -> LineChartModel:
        return self._model

    @property
    def reading(self) -> ChartPoint | None:
        """The point that a press reads out."""
        return self._read

    def set_model(self, model: LineChartModel) -> None:
        """Shows it; the time that is seen and the value that is read stay where they still are."""
        if model == self._model and self._drawn is not None:
            return
        seen = self._kept(model)
        self._model = model
        if self._read is not None and self._read not in self._known():
            self._read = None
        self._draw(seen)

    def set_theme(self, theme: Theme) -> None:
        same = theme == self.theme
        super().set_theme(theme)
        if not same:
            self._fingers = Fingers(theme.px(SLOP_U))
            self._draw(self.seen())

    def axis(self) -> ValueAxis:
        """As many gridlines as leave the words at them apart, at most five."""
        return fitting_axis(self.theme, self._model, self.area().height())

    def remark(self) -> Text:
        """What a reader must know of the axis; empty when it starts at zero or shows nothing."""
        if time_span(self._model) is None:
            return Text("", "")
        return axis_remark(self.axis(), self._model.decimals)

    def seen(self) -> tuple[float, float] | None:
        """The time that is on the screen now (epoch ms)."""
        whole = time_span(self._model)
        if whole is None or self._drawn is None or not self._drawn.isVisibleTo(self):
            return whole
        return self._drawn.seen()

    def plot(self) -> Plot | None:
        """Where times and values lie, in square pixels; None without a value."""
        seen = self.seen()
        return None if seen is None else plot_in(self.theme, self._model, self.area(), seen)

    # ---- what is shown

    def _kept(self, model: LineChartModel) -> tuple[float, float] | None:
        """What of the new model's time to show: a closer look stays while its time is there."""
        whole, before, seen = time_span(model), time_span(self._model), self.seen()
        if whole is None or seen is None or before is None or self._is_whole():
            return whole
        near = (before[1] - before[0]) * 0.1
        alike = abs(whole[0] - before[0]) < near and abs(whole[1] - before[1]) < near
        return seen if alike else whole

    def _draw(self, seen: tuple[float, float] | None) -> None:
        module = loaded_plot()
        if module is None or seen is None:
            if self._drawn is not None:
                self._drawn.hide()
            self.update()
            return
        if self._drawn is None:
            self._drawn = module.LinePlot(self.theme, self)
            self._drawn.setGeometry(self.rect())
        self._drawn.show_model(self.theme, self._model, seen)
        self._drawn.show_reading(self._read)
        self._drawn.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._drawn is not None:
            self._drawn.setGeometry(self.rect())

    def paint(self, canvas: Canvas) -> None:
        if self._drawn is not None and self._drawn.isVisibleTo(self):
            if canvas.marks is not None:
                self._drawn.draw_on(canvas)
            return
        words = NO_VALUE if time_span(self._model) is None else LOADING
        middle = self.area().center()
        canvas.text(words, middle.x(), middle.y(), "body", "text.2", align="center")

    # ---- reading

    def _known(self) -> list[ChartPoint]:
        focus = next((s for s in self._model.series if s.focus), None)
        return known_points(focus) if focus else []

    def _read_at(self, x: float) -> None:
        """Reads the value nearest to a widget pixel, of those that are seen."""
        plot = self.plot()
        if plot is None:
            return
        square = x * self.theme.pixel_aspect
        seen = [p for p in self._known() if plot.start_ms <= p.t_ms <= plot.end_ms]
        self._show_reading(min(seen, key=lambda p: abs(plot.x(p.t_ms) - square), default=None))

    def _show_reading(self, point: ChartPoint | None) -> None:
        self._read = point
        if self._drawn is not None:
            self._drawn.show_reading(point)

    # ---- the whole again

    def targets(self) -> tuple[Target, ...]:
        plot = self.plot()
        drawn = self._drawn
        if plot is None or drawn is None or not drawn.isVisibleTo(self):
            return ()
        room = drawn.whole_rect(plot)
        return () if room is None else (Target(room, "", {}, WHOLE_TRIGGER),)

    def activate(self, target: Target) -> None:
        self.show_whole()

    def show_whole(self) -> None:
        """All of the time, and nothing read."""
        if self._drawn is not None:
            self._drawn.show_whole()
        self._show_reading(None)

    # ---- fingers, mouse, wheel

    def takes(self, axis: Literal["x", "y"]) -> bool:
        return True

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._taps.forget()
        self.show_whole()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._follow(
            Move(0.0, 0.0, WHEEL_STEP ** (event.angleDelta().y() / 120), event.position().x(), 0.0)
        )
        event.accept()

    def fingers_at(self, points: dict[int, Position]) -> None:
        move, first = self._fingers.update(points), not self._down
        self._down = len(points)
        (x, y) = next(iter(points.values()))
        if first:
            self._read_before = self._read
        if len(points) > 1:
            self._show_reading(None)
        elif first and self.target_at(QPointF(x, y)) is None:
            self._read_at(x)
        if move is None:
            return
        if len(points) == 1 and self._is_whole():
            self._read_at(x)
        else:
            self._show_reading(None)
            self._follow(move)

    def fingers_lost(self) -> None:
        self._fingers.release()
        self._down = 0

    def fingers_left(self, t_ms: int) -> None:
        at = self._fingers.release()
        self._down = 0
        if at is None:
            return
        second = self._taps.tap(t_ms, at, self.theme.touch_min_px())
        if second or self.target_at(QPointF(*at)) is not None:
            self._taps.forget()
            self.show_whole()
        elif self._read == self._read_before:
            self._show_reading(None)

    def _is_whole(self) -> bool:
        return self._drawn is None or self._drawn.is_whole()

    def _follow(self, move: Move) -> None:
        aspect = self.theme.pixel_aspect
        if self._drawn is not None:
            self._drawn.move_by(move.dx * aspect, move.factor, move.x * aspect)
