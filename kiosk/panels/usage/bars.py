"""Bars from one baseline, the count at their end; and the hours of a day as columns."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.lined import Lined
from kiosk.panels.usage.model import UseLine
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

ROW_U, LEAST_ROW_U = 58.0, 46.0
BAR_U = 18.0
NAME_SHARE = 0.36
GAP_U = 14.0
HOUR_MARKS = (0, 6, 12, 18)
UNUSED = Text("아직 없습니다", "None yet")


class UseBars(Lined[UseLine]):
    """A line each: name, bar, count. A line that names a panel is pressed anywhere."""

    def __init__(self, theme: Theme, trigger: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._trigger = trigger

    def _boxes(self) -> list[tuple[QRectF, UseLine]]:
        area, count = self.area(), len(self._lines)
        if not count:
            return []
        room = max(1, int(area.height() // self.theme.px(LEAST_ROW_U)))
        high = min(float(self.theme.px(ROW_U)), area.height() / min(count, room))
        return [
            (QRectF(0, n * high, area.width(), high), line)
            for n, line in enumerate(self._lines[:room])
        ]

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            Target(box, "panel.open", {"panel": line.panel}, f"{self._trigger}.{line.panel}")
            for box, line in self._boxes()
            if line.panel
        )

    def paint(self, canvas: Canvas) -> None:
        theme, most = self.theme, max((line.count for line in self._lines), default=0)
        if not self._lines:
            canvas.text(UNUSED, 0, canvas.line_px("body"), "body", "text.2")
            return
        ends = max(canvas.width(f"{line.count:,}", "body", 600) for line in self._lines)
        for box, line in self._boxes():
            if self.is_pressed(f"{self._trigger}.{line.panel}"):
                canvas.surface(box, "surface.2", "small")
            middle = box.center().y()
            names = box.width() * NAME_SHARE
            baseline = canvas.middle_baseline(middle, "body")
            color = "text.1" if line.count else "text.2"
            canvas.text(line.title, 0, baseline, "body", color, width=names - theme.px(GAP_U))
            room = box.width() - names - ends - theme.px(GAP_U)
            long = room * line.count / most if most else 0.0
            high = theme.px(BAR_U)
            bar = QRectF(names, middle - high / 2, long, high)
            canvas.painter.fillRect(bar, theme.brush("chart.focus"))
            canvas.painter.setPen(theme.pen("line.control", "hair"))
            canvas.painter.drawLine(bar.topLeft(), bar.bottomLeft())
            x = names + long + theme.px(GAP_U) * 0.6
            canvas.text(f"{line.count:,}", x, baseline, "body", color, weight=600)


class HourColumns(Component):
    """24 columns from midnight on, with the busiest hour's count over it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._hours: tuple[int, ...] = (0,) * 24
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_hours(self, hours: tuple[int, ...]) -> None:
        if hours != self._hours:
            self._hours = hours
            self.update()

    def paint(self, canvas: Canvas) -> None:
        theme, area, most = self.theme, self.area(), max(self._hours)
        line = canvas.line_px("meta")
        floor, top = area.height() - line * 1.3, line * 1.3
        each = area.width() / len(self._hours)
        for hour, count in enumerate(self._hours):
            left = hour * each
            high = (floor - top) * count / most if most else 0.0
            bar = QRectF(left + each * 0.15, floor - high, each * 0.7, high)
            canvas.painter.fillRect(bar, theme.brush("chart.focus"))
            middle = left + each / 2
            if hour in HOUR_MARKS:
                words = Text(f"{hour}시", f"{hour}:00")
                canvas.text(words, left, floor + line, "meta", "text.2")
            if most and count == most and hour == self._hours.index(most):
                above = floor - high - theme.px(6)
                canvas.text(f"{count:,}", middle, above, "meta", weight=600, align="center")
        canvas.painter.setPen(theme.pen("line.control", "hair"))
        canvas.painter.drawLine(0, round(floor), round(area.width()), round(floor))
