"""Features with their limits and the lanes of events, over time; all on one axis."""

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gestures.events import GestureKind
from gestures.shapes import ACCEPT
from gestures.trace import Moment
from kiosk.tools.replay.viewer.model import Mark, SessionView
from kiosk.tools.replay.words import LANES, kind_words
from kiosk.ui.theme import Theme

LIMITS: dict[str, Callable[[Any], float | None]] = {
    "moved": lambda tuning: float(tuning.hold.still),
    "turned_deg": lambda tuning: float(tuning.hold.still_deg),
    "speed": lambda tuning: float(tuning.swipe.peak_speed),
    "pinch_gap": lambda tuning: float(tuning.pinch.closed),
    "palm": lambda tuning: float(tuning.owner.min_palm),
    "best_grade": lambda tuning: ACCEPT,
}
"""Which limit is drawn with a measure, of those that a version has."""
LEFT_PX = 110
MOST_SHOWN_S = 60.0
"""Of a long session so much is in view at first; the wheel shows more."""
LEAD = 0.1  # of the view lies before a time that it is brought along to
MOST_NAMED = 80  # more names on the lanes would lie over one another
WRONG_HIGHER = 0.16  # what is wrong is told by its form too, where it has no name
LEAST_MS = 120  # a moment is drawn as wide as this much time, so that it can be seen


class Plots(QWidget):
    """`chosen(t_ms)` is called when somebody presses a time."""

    def __init__(self, theme: Theme, chosen: Callable[[int], None]) -> None:
        super().__init__()
        self.theme = theme
        self._chosen = chosen
        self._view = pg.GraphicsLayoutWidget()
        self._view.setBackground(theme.color("background"))
        self.measure = self._plot(0)
        self.lanes = self._plot(1)
        self.lanes.setXLink(self.measure)
        self._view.ci.layout.setRowStretchFactor(0, 3)
        self._view.ci.layout.setRowStretchFactor(1, 5)
        self._marks: list[tuple[Mark, float]] = []
        self._names: list[Any] = []
        self.lanes.sigXRangeChanged.connect(lambda *_: self._name_marks())
        self._cursors = [self._cursor(plot) for plot in (self.measure, self.lanes)]
        self._range = pg.LinearRegionItem(brush=theme.color("accent.dim"), movable=False)
        self._range.setZValue(-50)
        self._range.hide()
        self.lanes.addItem(self._range, ignoreBounds=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._view.scene().sigMouseClicked.connect(self._clicked)

    def _plot(self, row: int) -> Any:
        plot = self._view.addPlot(row=row, col=0, enableMenu=False)
        # it keeps its settings in a menu that nobody opens and would leave it behind
        plot.ctrlMenu.setParent(self._view, plot.ctrlMenu.windowFlags())
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=False)
        font = self.theme.font("micro")
        for name in ("left", "bottom"):
            axis = plot.getAxis(name)
            axis.setPen(self.theme.color("chart.axis"))
            axis.setTextPen(self.theme.color("chart.axisText"))
            axis.setTickFont(font)
        plot.getAxis("left").setWidth(self.theme.px(LEFT_PX))
        return plot

    def _cursor(self, plot: Any) -> Any:
        line = pg.InfiniteLine(angle=90, pen=QPen(self.theme.color("text.1"), 0))
        line.setZValue(50)
        plot.addItem(line, ignoreBounds=True)
        return line

    def _clicked(self, event: Any) -> None:
        for plot in (self.measure, self.lanes):
            if plot.sceneBoundingRect().contains(event.scenePos()):
                place: QPointF = plot.vb.mapSceneToView(event.scenePos())
                self._chosen(max(0, round(place.x() * 1000)))

    # ---- what is shown

    @property
    def in_view_s(self) -> tuple[float, float]:
        begin, end = self.measure.viewRange()[0]
        return begin, end

    @property
    def named(self) -> int:
        """So many marks have their name beside them."""
        return len(self._names)

    def show_session(self, session: SessionView) -> None:
        shown_s = min(MOST_SHOWN_S, max(0.5, session.length_ms / 1000))
        self.measure.setXRange(0, shown_s, padding=0.01)
        self.measure.setLimits(xMin=-0.5, xMax=session.length_ms / 1000 + 1)

    def show_measure(self, session: SessionView, name: str) -> None:
        """One measure, or the grades of all shapes, of each version, with the limits."""
        self.measure.clear()
        self.measure.addItem(self._cursors[0], ignoreBounds=True)
        if name == "grades":
            self.measure.setYRange(0.0, 1.2, padding=0.02)
        else:
            self.measure.enableAutoRange(axis="y")
        versions = [v for v in (session.first, session.second) if v is not None]
        for index, version in enumerate(versions):
            dashed = Qt.PenStyle.SolidLine if index == 0 else Qt.PenStyle.DashLine
            if name == "grades":
                self._grades(version.moments, session.shift_ms, dashed)
            else:
                values = [m.values.get(name) for m in version.moments]
                color = "chart.focus" if index == 0 else "chart.compare"
                self._line(version.moments, values, session.shift_ms, color, dashed)
            limit = LIMITS.get("best_grade" if name == "grades" else name)
            if limit is not None:
                self._limit(limit(version.variant.tuning), dashed)

    def _grades(self, moments: Sequence[Moment], shift_ms: int, dashed: Qt.PenStyle) -> None:
        for kind in {kind for moment in moments for kind in moment.grades}:
            best = max((m.grades.get(kind, 0.0) for m in moments), default=0.0)
            if best >= ACCEPT / 2:
                color = "chart.focus" if best >= ACCEPT else "chart.ghost"
                values = [m.grades.get(kind) for m in moments]
                self._line(moments, values, shift_ms, color, dashed)
                self._name_peak(moments, kind, shift_ms)

    def _name_peak(self, moments: Sequence[Moment], kind: GestureKind, shift_ms: int) -> None:
        """A line's name in the middle of its longest time on top: shapes follow one another, and so
        do their names."""
        best = _middle_of_longest(moments, kind)
        words = self.theme.say(kind_words(kind.value))
        text = pg.TextItem(words, color=self.theme.color("text.2"), anchor=(0.0, 1.0))
        text.setFont(self.theme.font("micro"))
        text.setPos((best.frame.t_ms + shift_ms) / 1000, best.grades[kind])
        self.measure.addItem(text, ignoreBounds=True)

    def _line(
        self,
        moments: Sequence[Moment],
        values: Sequence[float | None],
        shift_ms: int,
        color: str,
        dashed: Qt.PenStyle,
    ) -> None:
        times = [(m.frame.t_ms + shift_ms) / 1000 for m in moments]
        known = [float("nan") if value is None else value for value in values]
        pen = QPen(self.theme.color(color), 0)
        pen.setWidthF(self.theme.stroke(2.0))
        pen.setCosmetic(True)
        pen.setStyle(dashed)
        self.measure.plot(times, known, pen=pen, connect="finite")

    def _limit(self, value: float | None, dashed: Qt.PenStyle) -> None:
        if value is None:
            return
        pen = QPen(self.theme.color("severity.warning.fill"), 0)
        pen.setCosmetic(True)
        pen.setStyle(Qt.PenStyle.DashDotLine if dashed is Qt.PenStyle.DashLine else dashed)
        self.measure.addItem(pg.InfiniteLine(pos=value, angle=0, pen=pen))

    def show_lanes(self, lanes: Sequence[tuple[str, Sequence[Mark]]]) -> None:
        """One under the other; what is wrong is drawn in another colour and another form."""
        self.lanes.clear()
        self.lanes.addItem(self._cursors[1], ignoreBounds=True)
        self.lanes.addItem(self._range, ignoreBounds=True)
        ticks = []
        self._marks = []
        self._names.clear()
        for row, (name, marks) in enumerate(lanes):
            y = len(lanes) - row
            ticks.append((y, self.theme.say(LANES[name])))
            self._bars(marks, y, wrong=False)
            self._bars(marks, y, wrong=True)
            self._marks += [(mark, float(y)) for mark in marks]
        self._name_marks()
        self.lanes.getAxis("left").setTicks([ticks])
        self.lanes.setYRange(0.3, len(lanes) + 0.7, padding=0)

    def _bars(self, marks: Sequence[Mark], y: float, *, wrong: bool) -> None:
        of_these = [mark for mark in marks if mark.wrong is wrong]
        bars = pg.BarGraphItem(
            x0=[mark.start_ms / 1000 for mark in of_these],
            width=[max(mark.end_ms - mark.start_ms, LEAST_MS) / 1000 for mark in of_these],
            y0=y - 0.32 - (WRONG_HIGHER if wrong else 0.0),
            height=0.24 + (WRONG_HIGHER if wrong else 0.0),
            brush=self.theme.color("severity.critical.fill" if wrong else "chart.focus"),
            pen=QPen(Qt.PenStyle.NoPen),
        )
        self.lanes.addItem(bars)

    def _name_marks(self) -> None:
        """Names what is in view, unless it is too much to be read."""
        for text in self._names:
            self.lanes.removeItem(text)
        self._names.clear()
        begin, end = (x * 1000 for x in self.lanes.viewRange()[0])
        seen = [one for one in self._marks if one[0].end_ms >= begin and one[0].start_ms <= end]
        if len(seen) > MOST_NAMED:
            return
        for mark, y in seen:
            words = self.theme.say(kind_words(mark.kind)) + (" ✗" if mark.wrong else "")
            text = pg.TextItem(words, color=self.theme.color("text.1"), anchor=(0.0, 1.0))
            text.setFont(self.theme.font("micro"))
            text.setPos(mark.start_ms / 1000, y - 0.08)
            self.lanes.addItem(text, ignoreBounds=True)
            self._names.append(text)

    def show_time(self, t_ms: int) -> None:
        """A time that is out of view brings the view along, as wide as it was."""
        for cursor in self._cursors:
            cursor.setPos(t_ms / 1000)
        begin, end = self.measure.viewRange()[0]
        if not begin <= t_ms / 1000 <= end:
            first = t_ms / 1000 - (end - begin) * LEAD
            self.measure.setXRange(first, first + end - begin, padding=0)

    def show_range(self, start_ms: int | None, end_ms: int | None) -> None:
        """The part that is to be cut out or labelled."""
        self._range.setVisible(start_ms is not None and end_ms is not None)
        if start_ms is not None and end_ms is not None:
            self._range.setRegion(sorted((start_ms / 1000, end_ms / 1000)))


def _middle_of_longest(moments: Sequence[Moment], kind: GestureKind) -> Moment:
    """Of the runs in which this shape's grade is highest of all; where it never is, its peak."""
    runs: list[list[Moment]] = [[]]
    for moment in moments:
        grade = moment.grades.get(kind, 0.0)
        if grade > 0.0 and grade >= max(moment.grades.values()):
            runs[-1].append(moment)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    if longest:
        return longest[len(longest) // 2]
    return max(moments, key=lambda m: m.grades.get(kind, 0.0))
