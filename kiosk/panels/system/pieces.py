"""Pieces of the system panel: the table of sources, the tail of the audit."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.system.model import AuditRow, SourceRow
from kiosk.ui.ages import aged
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import LampKind
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

ROW_U = 46.0
LEAST_ROW_U = 40.0
COUNT_ERROR = Text("오류", "error")


class SourceTable(Component):
    """One line for each source: lamp, name, owner, period, last news. The worst come first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[SourceRow, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_rows(self, rows: tuple[SourceRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self.now_ms
        super().set_now(now_ms)
        if before is None or before // 60_000 != now_ms // 60_000:
            self.update()

    def shown(self) -> int:
        """How many fit."""
        return min(len(self._rows), int(self.area().height() // self.theme.px(LEAST_ROW_U)))

    def paint(self, canvas: Canvas) -> None:
        count = self.shown()
        if not count:
            return
        area = self.area()
        hidden = len(self._rows) - count
        count -= 1 if hidden else 0
        high = min(self.theme.px(ROW_U), area.height() / (count + (1 if hidden else 0)))
        for index, row in enumerate(self._rows[:count]):
            self._paint_row(canvas, QRectF(0, index * high, area.width(), high), row)
        if hidden:
            words = Text(f"외 {hidden + 1}종은 ‘자료 출처’에", f"{hidden + 1} more under Sources")
            canvas.text(words, 0, (count + 0.7) * high, "meta", "text.2")

    def _paint_row(self, canvas: Canvas, box: QRectF, row: SourceRow) -> None:
        theme = self.theme
        role = "body" if theme.metrics("body").height() <= box.height() * 0.9 else "meta"
        baseline = box.center().y() + theme.metrics(role).capHeight() / 2
        canvas.lamp(_lamp(row), QPointF(theme.px(9), box.center().y()), theme.px(15))
        left, width = theme.px(28), box.width()
        canvas.text(row.name, left, baseline, role, weight=600, width=width * 0.33 - left)
        canvas.text(row.owner, width * 0.35, baseline, role, "text.2", width=width * 0.26)
        canvas.text(row.period, width * 0.63, baseline, "meta", "text.2", width=width * 0.1)
        late = row.as_of is None and row.quality in ("late", "stale")
        words = row.as_of or aged(row.last_ms, self.now_ms, row.quality)
        if row.error is not None:
            words = row.error
        elif row.quality == "absent":
            words = Text("아직 없음", "none yet")
        canvas.mark_of_age(
            width,
            baseline,
            words,
            simulated=row.simulated,
            emphasised=late,
            width=width * 0.26,
        )
        canvas.rule(0, width, box.bottom() - 1, stroke="rowRule")


def _lamp(row: SourceRow) -> LampKind:
    if row.error is not None:
        return "failed"
    if row.as_of is not None or row.quality == "fresh":
        return "running"
    return "stopped" if row.quality == "absent" else "degraded"


class AuditTail(Component):
    """The last commands, newest first: when, by which way, what, what came of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[AuditRow, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_rows(self, rows: tuple[AuditRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.update()

    def paint(self, canvas: Canvas) -> None:
        theme, area = self.theme, self.area()
        if not self._rows:
            words = Text("아직 받은 명령이 없습니다.", "No command yet.")
            canvas.text(words, 0, canvas.line_px("body"), "body", "text.2")
            return
        high = max(float(theme.px(30)), canvas.line_px("body"))
        way_px = max(canvas.width(row.way, "meta") for row in self._rows)
        at_px = canvas.width("00:00:00", "meta") + theme.px(16)
        for index in range(min(len(self._rows), int(area.height() // high))):
            row = self._rows[index]
            baseline = (index + 0.5) * high + theme.metrics("body").capHeight() / 2
            canvas.text(row.at, 0, baseline, "meta", "text.2")
            canvas.text(row.way, at_px, baseline, "meta", "text.2")
            x = at_px + way_px + theme.px(18)
            middle = QPointF(x + theme.px(7), (index + 0.5) * high)
            canvas.glyph("check" if row.done else "struck", middle, theme.px(13), "text.2")
            x += theme.px(26)
            room = area.width() - x
            color = "text.1" if row.done else "text.2"
            canvas.text(row.outcome, x, baseline, "body", color, width=room, elide=True)
