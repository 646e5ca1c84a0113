"""A light line over time for overviews: drawn at once, never moved; a press opens its indicator."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.chart_model import LineChartModel, axis_remark, runs, time_span
from kiosk.ui.charts.line_drawing import (
    NO_VALUE,
    Plot,
    draw_dots,
    draw_ends,
    draw_gaps,
    draw_time_axis,
    draw_value_axis,
    fitting_axis,
    plot_in,
)
from kiosk.ui.charts.map_model import Press
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text


class TrendLine(Component):
    """Shows a LineChartModel whole; `press` is what a finger on it asks for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = LineChartModel()
        self._opens: Press | None = None

    def set_model(self, model: LineChartModel, press: Press | None = None) -> None:
        self._opens = press
        if model != self._model:
            self._model = model
            self.update()

    def remark(self) -> Text:
        """What a reader must know of the axis; empty when it starts at zero or shows nothing."""
        if time_span(self._model) is None:
            return Text("", "")
        axis = fitting_axis(self.theme, self._model, self.area().height())
        return axis_remark(axis, self._model.decimals)

    def targets(self) -> tuple[Target, ...]:
        if self._opens is None:
            return ()
        return (Target(self.area(), self._opens.command, self._opens.args, "trend.open"),)

    def paint(self, canvas: Canvas) -> None:
        seen, area = time_span(self._model), self.area()
        if seen is None:
            middle = area.center()
            canvas.text(NO_VALUE, middle.x(), middle.y(), "body", "text.2", align="center")
            return
        plot = plot_in(self.theme, self._model, area, seen)
        draw_value_axis(canvas, plot, self._model.decimals)
        draw_time_axis(canvas, plot, area.width())
        for series in self._model.series:
            if series.focus:
                draw_gaps(canvas, plot, series)
        for series in sorted(self._model.series, key=lambda s: s.focus):
            color, stroke = ("focus", "focusSeries") if series.focus else ("compare", "series")
            for run in runs(series.points):
                line = [plot.at(point) for point in run]
                canvas.polyline(line, self.theme.pen(f"chart.{color}", stroke))
            draw_dots(canvas, plot, series, self._model.late_until_ms)
        self._paint_rules(canvas, plot)
        draw_ends(canvas, plot, self._model)

    def _paint_rules(self, canvas: Canvas, plot: Plot) -> None:
        for rule in self._model.rules:
            canvas.painter.setPen(self.theme.dashed_pen("chart.goal", 2, 7, 5))
            y = plot.y(rule.value)
            canvas.painter.drawLine(QPointF(plot.box.left(), y), QPointF(plot.box.right(), y))
