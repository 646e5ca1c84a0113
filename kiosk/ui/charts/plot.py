"""The line chart's plot, by pyqtgraph: its view box, curves, rules and axes in the theme's hand.

Import it only through `kiosk.ui.charts.plot_loading`: it brings numpy and pyqtgraph (some 0.6 s).
Scene coordinates are square pixels of the chart. No pyqtgraph furniture is on: no menu, no
button, and all input comes from the chart.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QGraphicsView, QWidget

from kiosk.ui.charts.chart_model import (
    ChartPoint,
    ChartSeries,
    LineChartModel,
    point_words,
    runs,
    time_span,
)
from kiosk.ui.charts.line_drawing import Plot, known_points, plot_in
from kiosk.ui.charts.plot_items import (
    EDGE_U,
    WHOLE,
    GapLayer,
    Layer,
    TimeBox,
    TimeTicks,
    ValueTicks,
    WordLayer,
)
from kiosk.ui.paint import Canvas, Mark
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

NARROWEST_SHARE = 0.05


class LinePlot(pg.PlotWidget):  # type: ignore[misc]
    """Draws a LineChartModel; the chart it lies in tells it where fingers move and press."""

    _theme: Theme | None = None

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._theme = theme
        self.model = LineChartModel()
        self.reading: ChartPoint | None = None
        self.marks: list[Mark] | None = None
        self._plot: Plot | None = None
        self._curves: list[Any] = []
        self._rules: list[Any] = []
        self._layers: tuple[Layer, ...] = ()
        axes = {"left": ValueTicks("left", self), "bottom": TimeTicks("bottom", self)}
        super().__init__(
            parent,
            background=None,
            viewBox=TimeBox(enableMenu=False),
            axisItems=axes,
            enableMenu=False,
        )
        self._unfurnish()
        for axis in axes.values():
            axis.setZValue(-1000)
        self._layers = (GapLayer(self, -500), WordLayer(self, 100))
        self._cross = self._line(90)
        self._cross.hide()
        self.plotItem.vb.sigXRangeChanged.connect(self._moved)

    def _unfurnish(self) -> None:
        """Nothing of pyqtgraph's that a person could meet by accident."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setInteractive(False)
        self.setMouseTracking(False)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        # The plot item keeps its settings in a menu that nobody opens and would leave it behind.
        menu = self.plotItem.ctrlMenu
        menu.setParent(self, menu.windowFlags())
        self.plotItem.hideButtons()
        self.plotItem.disableAutoRange()
        self.plotItem.setMouseEnabled(x=True, y=False)

    def _line(self, z: float, angle: float = 90) -> Any:
        line = pg.InfiniteLine(angle=angle, movable=False)
        line.setZValue(z)
        self.plotItem.addItem(line, ignoreBounds=True)
        return line

    # ---- what is shown

    @property
    def theme(self) -> Theme:
        assert self._theme is not None
        return self._theme

    def canvas(self, painter: QPainter) -> Canvas:
        return Canvas(painter, self.theme, self.marks)

    def plot(self) -> Plot | None:
        return self._plot

    def show_model(self, theme: Theme, model: LineChartModel, seen: tuple[float, float]) -> None:
        """Shows the model from `seen[0]` to `seen[1]` (epoch ms)."""
        self._theme, self.model = theme, model
        self.setBackgroundBrush(theme.color("background"))
        self._set_curves(model)
        self._set_rules(model)
        self._cross.setPen(_still(theme.pen("text.1", 1.6)))
        self.plotItem.vb.edge = float(theme.px(EDGE_U))
        self._limit(model, seen)
        self.lay_out()

    def _limit(self, model: LineChartModel, seen: tuple[float, float]) -> None:
        whole = time_span(model)
        if whole is not None:
            start, end = float(whole[0]), float(whole[1])
            narrowest = (end - start) * NARROWEST_SHARE
            box = self.plotItem.vb
            box.setLimits(xMin=start, xMax=end, minXRange=narrowest, maxXRange=end - start)
            box.setXRange(*seen, padding=0)

    def _set_curves(self, model: LineChartModel) -> None:
        ordered = sorted(model.series, key=lambda s: s.focus)
        while len(self._curves) < len(ordered):
            curve = pg.PlotCurveItem(antialias=True, connect="finite")
            self._curves.append(curve)
            self.plotItem.addItem(curve, ignoreBounds=True)
        for curve, series in zip(self._curves, ordered, strict=False):
            color = "chart.focus" if series.focus else "chart.compare"
            stroke = "focusSeries" if series.focus else "series"
            curve.setPen(_still(self.theme.pen(color, stroke)))
            curve.setData(*_cut_line(series))
        for spare in self._curves[len(ordered) :]:
            spare.setData([], [])

    def _set_rules(self, model: LineChartModel) -> None:
        while len(self._rules) < len(model.rules):
            self._rules.append(self._line(10, angle=0))
        for line, rule in zip(self._rules, model.rules, strict=False):
            line.setPen(_still(self.theme.dashed_pen("chart.goal", 2, 7, 5)))
            line.setValue(rule.value)
            line.show()
        for spare in self._rules[len(model.rules) :]:
            spare.hide()

    def show_reading(self, point: ChartPoint | None) -> None:
        """The crosshair stands at a point, or goes."""
        self.reading = point
        self._cross.setVisible(point is not None)
        if point is not None:
            self._cross.setValue(point.t_ms)
        self._layers[1].update()

    def reading_words(self) -> tuple[Text, str]:
        """When it was, and how much; provisional values say so."""
        assert self.reading is not None
        assert self.reading.value is not None
        focus = next((s for s in self.model.series if s.focus), self.model.series[0])
        value = f"{self.reading.value:,.{self.model.decimals}f}".replace("-", "−")
        when = point_words(known_points(focus), self.reading.t_ms)
        if self.reading.provisional:
            when = Text(f"{when.ko}, 잠정", f"{when.en}, provisional")
        return when, value

    # ---- moving in time

    def seen(self) -> tuple[float, float]:
        """The time that is on the screen now (epoch ms)."""
        start, end = self.plotItem.vb.viewRange()[0]
        return float(start), float(end)

    def is_whole(self) -> bool:
        whole, (start, end) = time_span(self.model), self.seen()
        return whole is None or (end - start) >= (whole[1] - whole[0]) * 0.999

    def move_by(self, dx: float, factor: float, x: float) -> None:
        """Shifts by `dx` and then scales by `factor` around `x`, in square pixels."""
        box, plot = self.plotItem.vb, self._plot
        if plot is None:
            return
        if dx:
            box.translateBy(x=plot.t_ms(0.0) - plot.t_ms(dx))
        if factor != 1.0 and self._plot is not None:
            box.scaleBy(x=1 / max(0.01, factor), center=pg.Point(self._plot.t_ms(x), 0.0))

    def show_whole(self) -> None:
        whole = time_span(self.model)
        if whole is not None:
            self.plotItem.vb.setXRange(*whole, padding=0)

    def whole_rect(self, plot: Plot) -> QRectF | None:
        """Where a finger asks for the whole time again; only while less than that is seen."""
        if self.is_whole():
            return None
        theme = self.theme
        high = float(theme.touch_min_px())
        wide = theme.metrics("action").horizontalAdvance(theme.say(WHOLE)) + 2 * theme.px(16)
        return QRectF(plot.box.right() - max(high, wide), plot.box.top(), max(high, wide), high)

    def _moved(self, *_range: object) -> None:
        self.lay_out()

    # ---- places

    def lay_out(self) -> None:
        """Gives pyqtgraph's layout the room that the words need."""
        if time_span(self.model) is None or self.range.width() <= 1:
            self._plot = None
            return
        area = QRectF(self.range)
        plot = plot_in(self.theme, self.model, area, self.seen())
        before, self._plot = self._plot, plot
        if before is None or before.box != plot.box or before.axis != plot.axis:
            item, box = self.plotItem, plot.box
            item.layout.setContentsMargins(0, box.top(), area.right() - box.right(), 0)
            item.getAxis("left").setWidth(box.left())
            item.getAxis("bottom").setHeight(area.bottom() - box.bottom())
            item.vb.setYRange(plot.axis.low, plot.axis.high, padding=0)
            item.layout.activate()
        self.plotItem.vb.side_edge = self.theme.px(EDGE_U) if self.is_whole() else 0.0
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        # pyqtgraph calls it itself, with nothing, while it is being made.
        for layer in self._layers:
            layer.prepareGeometryChange()
        self.autoPixelRange = False
        aspect = self.theme.pixel_aspect
        self.range = QRectF(0, 0, self.width() * aspect, self.height())
        super().resizeEvent(event)
        self.lay_out()

    def updateMatrix(self, propagate: bool = True) -> None:
        """Square pixels, narrowed where the wall's pixels are wide."""
        self.setSceneRect(self.range)
        self.setTransform(QTransform.fromScale(1 / self.theme.pixel_aspect, 1.0))
        self.sigDeviceRangeChanged.emit(self, self.range)
        self.sigDeviceTransformChanged.emit(self)

    def draw_on(self, canvas: Canvas) -> None:
        """Draws the whole plot on a canvas, which collects the words if it was asked to."""
        self.marks = canvas.marks
        target = QRectF(self.range)
        self.render(
            canvas.painter, target, self.viewport().rect(), Qt.AspectRatioMode.IgnoreAspectRatio
        )
        self.marks = None


def _still(pen: QPen) -> QPen:
    """A pen as wide on the screen whatever time the plot spans."""
    pen.setCosmetic(True)
    return pen


def _cut_line(series: ChartSeries) -> tuple[Any, Any]:
    """Times and values, not a number where the line is cut."""
    times: list[float] = []
    values: list[float] = []
    for run in runs(series.points):
        times += [float(point.t_ms) for point in run] + [float(run[-1].t_ms)]
        values += [float(point.value or 0.0) for point in run] + [np.nan]
    return np.array(times), np.array(values)
