"""Today's incidents: severity, what, how things stand, and who has taken note."""

from PySide6.QtCore import QPointF, QRectF

from kiosk.panels.incident.model import IncidentLine
from kiosk.panels.lined import Lined
from kiosk.panels.paging import PagedRows
from kiosk.ui.component import Target
from kiosk.ui.components.issue_row import SEVERITY_WORDS
from kiosk.ui.paint import Canvas

SHAPE_U = 34.0


class IncidentTable(Lined[IncidentLine], PagedRows):
    """A row opens its incident."""

    name = "incidents"
    row_u = 78.0

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        line = self._lines[index]
        args = {"incident": line.id}
        return (Target(box, "incident.open", args, f"incidents.row.{line.id}"),)

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, theme = self._lines[index], canvas.theme
        if self.is_pressed(f"incidents.row.{line.id}"):
            canvas.surface(box.adjusted(0, theme.px(2), 0, -theme.px(2)), "surface.1")
        size, middle = theme.px(SHAPE_U), box.center().y()
        self._paint_shape(canvas, line, QPointF(theme.px(8) + size / 2, middle), size)
        left = float(theme.px(16) + size + theme.px(8))
        words = SEVERITY_WORDS[line.severity]
        word_px = max(canvas.width(w, "action", 600) for w in SEVERITY_WORDS.values())
        color = "text.3" if line.over else f"severity.{line.severity}.word"
        baseline = canvas.middle_baseline(middle, "action", 600)
        canvas.text(words, left, baseline, "action", color, weight=600)
        left += word_px + theme.px(20)
        right = box.width() - theme.px(8) - self._paint_end(canvas, line, box)
        self._paint_words(canvas, line, left, right - theme.px(20) - left, middle)

    def _paint_shape(
        self, canvas: Canvas, line: IncidentLine, middle: QPointF, size: float
    ) -> None:
        if not line.over:
            canvas.severity(line.severity, middle, size, line.number)
            return
        number = str(line.number)
        width = canvas.width(number, "body", 600)
        baseline = canvas.middle_baseline(middle.y(), "body", 600)
        canvas.text(number, middle.x() - width / 2, baseline, "body", "text.3", weight=600)

    def _paint_end(self, canvas: Canvas, line: IncidentLine, box: QRectF) -> float:
        """How it stands and who has taken note, at the right; the width taken."""
        lines = [words for words in (line.state, line.noted) if words.ko]
        high = canvas.line_px("meta")
        top = box.center().y() - high * len(lines) / 2
        right = box.width() - canvas.theme.px(8)
        for index, words in enumerate(lines):
            baseline = top + high * (index + 0.76)
            canvas.text(words, right, baseline, "meta", "text.2", align="right")
        return max(canvas.width(words, "meta") for words in lines)

    def _paint_words(
        self, canvas: Canvas, line: IncidentLine, left: float, width: float, middle: float
    ) -> None:
        lead, body = canvas.line_px("lead"), canvas.line_px("body")
        top = middle - (lead + body) / 2
        color = "text.2" if line.over else "text.1"
        canvas.text(line.headline, left, top + lead * 0.78, "lead", color, width=width)
        canvas.text(line.facts, left, top + lead + body * 0.74, "body", "text.2", width=width)
