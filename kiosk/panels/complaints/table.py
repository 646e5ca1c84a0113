"""The list of complaints: what, where and since when, and how far it is."""

from PySide6.QtCore import QPointF, QRectF

from kiosk.panels.chain_drawing import CHAIN_U, paint_chain
from kiosk.panels.complaints.model import ComplaintLine
from kiosk.panels.lined import Lined
from kiosk.panels.paging import PagedRows
from kiosk.ui.component import Target
from kiosk.ui.paint import Canvas

WORDS_SHARE = 0.52
MARK_U = 30.0


class ComplaintTable(Lined[ComplaintLine], PagedRows):
    """A row opens its complaint."""

    name = "complaints"
    row_u = 112.0

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        line = self._lines[index]
        args = {"complaint": line.id}
        return (Target(box, "complaint.show", args, f"complaints.row.{line.id}"),)

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, theme = self._lines[index], canvas.theme
        if line.chosen or self.is_pressed(f"complaints.row.{line.id}"):
            canvas.surface(box.adjusted(0, theme.px(2), 0, -theme.px(2)), "surface.1")
        size = theme.px(MARK_U)
        middle = QPointF(theme.px(8) + size / 2, box.center().y())
        canvas.severity("notice", middle, size, line.number)
        left = theme.px(16) + size + theme.px(8)
        right = box.width() * WORDS_SHARE
        self._words(canvas, line, left, right - left, box.center().y())
        top = box.center().y() - theme.px(CHAIN_U) / 2
        room = QRectF(right, top, box.width() - right, theme.px(CHAIN_U))
        paint_chain(canvas, room, line.steps)

    def _words(
        self, canvas: Canvas, line: ComplaintLine, left: float, width: float, y: float
    ) -> None:
        head, body = canvas.line_px("tab"), canvas.line_px("action")
        baseline = y - (head + 2 * body) / 2 + head * 0.76
        title = canvas.whole_words(line.title, width, "tab", 700)
        canvas.text(title, left, baseline, "tab", weight=700)
        baseline += body * 1.04
        canvas.text(line.where, left, baseline, "action", "text.2", width=width)
        baseline += body
        taken = canvas.text(line.age, left, baseline, "action", "text.2", width=width)
        if line.simulated and taken + canvas.tag_width() + self.theme.px(10) < width:
            canvas.tag(left + taken + self.theme.px(10), baseline)
