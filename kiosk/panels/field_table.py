"""Every district in a table: figures under their columns, and in a word what they mean."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.fields import ABSENT, FieldRow
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

NAME_SHARE, WORD_SHARE = 0.25, 0.22
ROLES = ("lead", "body", "meta", "micro")
FEW = 9  # so few rows stand under one another, in larger type
LEAST_ROW_U = 24.0
WIDE_U = 760.0  # from here on the rows stand in two columns
GAP_U = 36.0
MARK_U = 12.0


class FieldTable(Component):
    """As many rows as there is room for, in two columns where it is wide; the rest is told."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._columns: tuple[Text, ...] = ()
        self._rows: tuple[FieldRow, ...] = ()
        self._role = ROLES[0]
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_rows(self, columns: tuple[Text, ...], rows: tuple[FieldRow, ...]) -> None:
        if (columns, rows) != (self._columns, self._rows):
            self._columns, self._rows = columns, rows
            self.update()

    def paint(self, canvas: Canvas) -> None:
        if not self._rows:
            return
        head, area = canvas.line_px("meta") * 1.3, self.area()
        few = len(self._rows) <= FEW
        halves = 2 if area.width() >= self.theme.px(WIDE_U) and not few else 1
        gap = self.theme.px(GAP_U) if halves == 2 else 0
        width = (area.width() - gap) / halves
        least = max(float(self.theme.px(LEAST_ROW_U)), canvas.line_px("body"))
        fitting = max(1, int((area.height() - head) // least))
        per_half = min(fitting, -(-len(self._rows) // halves))
        hidden = len(self._rows) - per_half * halves
        foot = canvas.line_px("meta") if hidden > 0 else 0.0
        if foot and (area.height() - head - foot) / least < per_half:
            per_half, hidden = per_half - 1, hidden + halves
        high = min((area.height() - head - foot) / per_half, least * (2.4 if few else 1.7))
        self._role = self._fitting(canvas, width, "lead" if few and high > 2 * least else "body")
        for half in range(halves):
            left = half * (width + gap)
            self._paint_head(canvas, left, width, head)
            for n, row in enumerate(self._rows[half * per_half : (half + 1) * per_half]):
                box = QRectF(left, head + n * high, width, high)
                self._paint_row(canvas, row, box)
        if hidden > 0:
            words = Text(f"외 {hidden}곳은 지도에", f"{hidden} more on the map")
            baseline = area.height() - foot * 0.24
            canvas.text(words, area.width(), baseline, "meta", "text.2", align="right")

    def _fitting(self, canvas: Canvas, width: float, most: str) -> str:
        """The largest type in which every name and word fits, so that all rows are alike."""
        roles = ROLES[ROLES.index(most) :]
        names, words = self._name_px(width), self._word_px(width)
        for role in roles:
            fits = all(
                canvas.width(row.name, role, 600) <= names
                and canvas.width(row.word, role, 700 if row.grave else 500) <= words
                for row in self._rows
            )
            if fits:
                return role
        return ROLES[-1]

    def _name_px(self, width: float) -> float:
        return width * NAME_SHARE - self.theme.px(10)

    def _word_px(self, width: float) -> float:
        return width * WORD_SHARE - self.theme.px(28)

    def _edges(self, width: float) -> tuple[list[float], float]:
        """Right edges of the columns, and the width of one."""
        words = WORD_SHARE if any(row.word.ko for row in self._rows) else 0.0
        each = width * (1 - NAME_SHARE - words) / max(1, len(self._columns))
        return [width * NAME_SHARE + each * (n + 1) for n in range(len(self._columns))], each

    def _paint_head(self, canvas: Canvas, left: float, width: float, high: float) -> None:
        edges, each = self._edges(width)
        for title, edge in zip(self._columns, edges, strict=True):
            room = each - self.theme.px(6)
            baseline = high * 0.66
            canvas.text(title, left + edge, baseline, "meta", "text.2", align="right", width=room)
        canvas.painter.setPen(self.theme.pen("line.hair", "hair"))
        y = high - self.theme.px(1)
        canvas.painter.drawLine(QPointF(left, y), QPointF(left + width, y))

    def _paint_row(self, canvas: Canvas, row: FieldRow, box: QRectF) -> None:
        left, width = box.left(), box.width()
        if row.chosen:
            canvas.surface(box, "surface.2", "small")
        cells = "lead" if self._role == "lead" else "body"
        baseline = canvas.middle_baseline(box.center().y(), cells)
        x = left + self.theme.px(4)
        canvas.text(row.name, x, baseline, self._role, weight=600, width=self._name_px(width))
        edges, each = self._edges(width)
        for cell, edge in zip(row.cells, edges, strict=True):
            color = "text.3" if cell.ko == ABSENT else "text.1"
            room = each - self.theme.px(6)
            canvas.text(cell, left + edge, baseline, cells, color, align="right", width=room)
        if row.word.ko:
            self._paint_word(canvas, row, QPointF(box.right(), box.center().y()), width)
        canvas.painter.setPen(self.theme.pen("line.hair", "rowRule"))
        canvas.painter.drawLine(QPointF(left, box.bottom()), QPointF(left + width, box.bottom()))

    def _paint_word(self, canvas: Canvas, row: FieldRow, end: QPointF, width: float) -> None:
        """Grave words carry a mark and weight: colour alone tells nothing."""
        right = end.x() - self.theme.px(4)
        room, role = self._word_px(width), self._role
        weight, color = (700, "text.1") if row.grave else (500, "text.2")
        baseline = canvas.middle_baseline(end.y(), role)
        taken = canvas.text(
            row.word, right, baseline, role, color, weight=weight, align="right", width=room
        )
        if row.grave:
            size = self.theme.px(MARK_U)
            at = QPointF(right - taken - size, end.y())
            canvas.severity("warning", at, size)
