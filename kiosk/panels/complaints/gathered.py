"""The places where complaints gather: how many of what, where, since when, and an order."""

from PySide6.QtCore import QPointF, QRectF

from kiosk.panels.complaints.model import ClusterLine
from kiosk.panels.lined import Lined
from kiosk.ui.component import Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

ROW_U = 72.0
BUTTON_U = 56.0
BUTTON_WIDE_U = 120.0
MARK_U = 30.0
ORDER = Text("지시", "Order")


class GatheredList(Lined[ClusterLine]):
    """A row opens its oldest complaint, the button writes an order about it."""

    @staticmethod
    def height_u(lines: int) -> float:
        return ROW_U * lines

    def _boxes(self) -> list[QRectF]:
        high, width = self.theme.px(ROW_U), self.area().width()
        rows = min(len(self._lines), int((self.area().height() + 1) / high))
        return [QRectF(0, n * high, width, high) for n in range(rows)]

    def _button(self, box: QRectF) -> QRectF:
        wide, high = self.theme.px(BUTTON_WIDE_U), self.theme.px(BUTTON_U)
        return QRectF(box.right() - wide, box.center().y() - high / 2, wide, high)

    def targets(self) -> tuple[Target, ...]:
        found = []
        for box, line in zip(self._boxes(), self._lines, strict=False):
            button = self._button(box)
            words = QRectF(box)
            words.setRight(button.left() - self.theme.px(12))
            about = {"about": f"complaints/{line.id}"}
            found.append(Target(button, "order.compose", about, f"gathered.order.{line.id}"))
            one = {"complaint": line.id}
            found.append(Target(words, "complaint.show", one, f"gathered.row.{line.id}"))
        return tuple(found)

    def paint(self, canvas: Canvas) -> None:
        for box, line in zip(self._boxes(), self._lines, strict=False):
            self._paint_row(canvas, box, line)

    def _paint_row(self, canvas: Canvas, box: QRectF, line: ClusterLine) -> None:
        theme, button = canvas.theme, self._button(box)
        if self.is_pressed(f"gathered.row.{line.id}"):
            canvas.surface(box, "surface.1")
        size = theme.px(MARK_U)
        middle = QPointF(theme.px(8) + size / 2, box.center().y())
        canvas.severity("caution", middle, size, line.number)
        left = theme.px(16) + size + theme.px(8)
        width = button.left() - theme.px(12) - left
        head, body = canvas.line_px("lead"), canvas.line_px("body")
        top = box.center().y() - (head + body) / 2
        canvas.text(line.title, left, top + head * 0.78, "lead", weight=700, width=width)
        facts = top + head + body * 0.76
        taken = canvas.text(line.facts, left, facts, "body", "text.2", width=width)
        if line.simulated and taken + canvas.tag_width() + theme.px(10) < width:
            canvas.tag(left + taken + theme.px(10), facts)
        pressed = self.is_pressed(f"gathered.order.{line.id}")
        draw_button(canvas, button, ORDER, pressed=pressed, icon="send")
