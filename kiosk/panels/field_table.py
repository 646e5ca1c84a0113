"""Every district in a table: figures under their columns, and in a word what they mean."""

import itertools

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.fields import ABSENT, FieldRow
from kiosk.ui.component import Component
from kiosk.ui.paint import Align, Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

ROLES = ("tab", "lead", "body", "meta", "micro")
TITLE_ROLES = ("meta", "micro")
FEW = 9  # so few rows stand under one another, in larger type
LEAST_ROW_U = 24.0
MOST_ROWS_HIGH, MOST_FEW_HIGH = 1.7, 3.8  # of the least
WIDE_U = 760.0  # from here on the rows stand in two columns
GAP_U = 36.0
INSET_U = 8.0  # a chosen row's ground stands out so far
AIR_EM = 0.45  # between two columns at least, of the type
MARK_U = 12.0
BAR_U, LEAST_BAR_U = 5.0, 100.0


class Grid(msgspec.Struct, frozen=True):
    """Columns in pixels from the left of a half: the type, left and right of each, and whether
    each is of words, which stand left; figures stand right."""

    role: str
    spans: tuple[tuple[float, float], ...]
    worded: tuple[bool, ...]

    def pen(self, column: int) -> tuple[float, Align]:
        """Where the words of a column are anchored."""
        begin, end = self.spans[column + 1]
        return (begin, "left") if self.worded[column] else (end, "right")


class FieldTable(Component):
    """As many rows as there is room for, in two columns where it is wide; the rest is told."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._columns: tuple[Text, ...] = ()
        self._rows: tuple[FieldRow, ...] = ()
        self._mapped = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_rows(
        self, columns: tuple[Text, ...], rows: tuple[FieldRow, ...], *, mapped: bool = False
    ) -> None:
        """`mapped`: what has no room here stands on a map beside."""
        if (columns, rows, mapped) != (self._columns, self._rows, self._mapped):
            self._columns, self._rows, self._mapped = columns, rows, mapped
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
        most = least * (MOST_FEW_HIGH if few else MOST_ROWS_HIGH)
        high = min((area.height() - head - foot) / per_half, most)
        large = "tab" if high > 3 * least else "lead" if high > 2 * least else "body"
        grid = self._grid(canvas, width, large if few else "body")
        for half in range(halves):
            left = half * (width + gap)
            self._paint_head(canvas, grid, left, width, head)
            for n, row in enumerate(self._rows[half * per_half : (half + 1) * per_half]):
                self._paint_row(canvas, grid, row, QRectF(left, head + n * high, width, high))
        if hidden > 0:
            words = Text(f"외 {hidden}건", f"{hidden} more")
            if self._mapped:
                words = Text(f"외 {hidden}곳은 지도에", f"{hidden} more on the map")
            baseline = area.height() - foot * 0.24
            canvas.text(words, area.width(), baseline, "meta", "text.2", align="right")

    # ---- columns

    def _grid(self, canvas: Canvas, width: float, most: str) -> Grid:
        """Columns as wide as what stands in them, with the same air between all, in the largest
        type that leaves enough of it."""
        inset = self.theme.px(INSET_U)
        roles = ROLES[ROLES.index(most) :]
        for role, title in itertools.product(roles, TITLE_ROLES):
            wide = self._widths(canvas, role, title)
            air = (width - 2 * inset - sum(wide)) / max(1, len(wide) - 1)
            if air >= self.theme.font(role).pixelSize() * AIR_EM:
                break
        spans, x = [], float(inset)
        for each in wide:
            spans.append((x, x + each))
            x += each + air
        return Grid(role, tuple(spans), self._worded())

    def _widths(self, canvas: Canvas, role: str, title_role: str) -> list[float]:
        """Of the names, of every column, and of the words at the end if there are any."""
        names = [canvas.width(row.name, role, 600) for row in self._rows]
        wide = [max(names, default=0.0)]
        bars = self.theme.px(LEAST_BAR_U) if any(row.shares for row in self._rows) else 0.0
        for n, title in enumerate(self._columns):
            cells = [canvas.width(row.cells[n], role) for row in self._rows]
            bar = bars if any(row.shares[n] is not None for row in self._rows if row.shares) else 0
            wide.append(max(canvas.width(title, title_role), bar, *cells))
        if any(row.word.ko for row in self._rows):
            mark = self.theme.px(2 * MARK_U)
            wide.append(
                max(
                    canvas.width(row.word, role, 700) + (mark if row.grave else 0)
                    for row in self._rows
                )
            )
        return wide

    def _worded(self) -> tuple[bool, ...]:
        """Columns in which something is said without a digit."""
        return tuple(
            any(
                row.cells[n].ko != ABSENT and not any(c.isdigit() for c in row.cells[n].ko)
                for row in self._rows
            )
            for n in range(len(self._columns))
        )

    # ---- drawing

    def _paint_head(
        self, canvas: Canvas, grid: Grid, left: float, width: float, high: float
    ) -> None:
        for n, title in enumerate(self._columns):
            begin, end = grid.spans[n + 1]
            x, align = grid.pen(n)
            canvas.text(
                title, left + x, high * 0.66, "meta", "text.2", align=align, width=end - begin
            )
        canvas.painter.setPen(self.theme.pen("line.hair", "hair"))
        y = high - self.theme.px(1)
        canvas.painter.drawLine(QPointF(left, y), QPointF(left + width, y))

    def _paint_row(self, canvas: Canvas, grid: Grid, row: FieldRow, box: QRectF) -> None:
        left, role = box.left(), grid.role
        if row.chosen:
            canvas.surface(box, "surface.2", "small")
        middle = box.center().y()
        baseline = canvas.middle_baseline(middle, role)
        begin, end = grid.spans[0]
        canvas.text(row.name, left + begin, baseline, role, weight=600, width=end - begin + 1)
        for n, cell in enumerate(row.cells):
            begin, end = grid.spans[n + 1]
            x, align = grid.pen(n)
            color = "text.3" if cell.ko == ABSENT else "text.1"
            share = row.shares[n] if row.shares else None
            y = baseline
            if share is not None:
                y -= self.theme.px(BAR_U)
                bar = QRectF(left + begin, y + self.theme.px(8), end - begin, self.theme.px(BAR_U))
                self._paint_share(canvas, bar, share)
            canvas.text(cell, left + x, y, role, color, align=align, width=end - begin + 1)
        if row.word.ko:
            self._paint_word(canvas, row, QPointF(left + grid.spans[-1][1], middle), role)
        canvas.painter.setPen(self.theme.pen("line.hair", "rowRule"))
        canvas.painter.drawLine(QPointF(left, box.bottom()), QPointF(box.right(), box.bottom()))

    def _paint_share(self, canvas: Canvas, bar: QRectF, share: float) -> None:
        """Where a figure lies between its limits: the ends of the bar are the limits, what is
        beyond one stands there in the shape of what is grave."""
        canvas.surface(bar, "surface.3", "small")
        x = bar.left() + bar.width() * min(1.0, max(0.0, share))
        at = QPointF(x, bar.center().y())
        if 0.0 <= share <= 1.0:
            canvas.dot(at, BAR_U, "chart.focus")
        else:
            canvas.severity("warning", at, self.theme.px(MARK_U))

    def _paint_word(self, canvas: Canvas, row: FieldRow, end: QPointF, role: str) -> None:
        """Grave words carry a mark and weight: colour alone tells nothing."""
        weight, color = (700, "text.1") if row.grave else (500, "text.2")
        baseline = canvas.middle_baseline(end.y(), role)
        taken = canvas.text(row.word, end.x(), baseline, role, color, weight=weight, align="right")
        if row.grave:
            size = self.theme.px(MARK_U)
            canvas.severity("warning", QPointF(end.x() - taken - size, end.y()), size)
