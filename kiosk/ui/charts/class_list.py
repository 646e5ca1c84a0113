"""The classes of the map as a list of names: legend and look-up in one."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.ruler import wrap
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

SWATCH_W_U, SWATCH_H_U = 26, 20
GAP_U = 12
MOST_LINES = 99


class ClassRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class: its words, its colour token ("" = no data, hatched), the districts in it."""

    label: Text
    color: str
    districts: tuple[Text, ...]


class ClassList(Component):
    """Rows of swatch, class and the districts in it. Its height follows from its width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[ClassRow, ...] = ()

    def set_rows(self, rows: tuple[ClassRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.update()

    def paint(self, canvas: Canvas) -> None:
        role, most = self._fitting(canvas)
        theme = self.theme
        free = self.area().height() - self._height(canvas, role, most)
        air = min(theme.px(14), max(0.0, free / max(1, len(self._rows))))
        left = self._names_left(canvas, role)
        line = canvas.line_px(role)
        y = 0.0
        for row in self._rows:
            swatch = QRectF(0, y + (line - theme.px(SWATCH_H_U)) / 2, 0, 0)
            swatch.setSize(QRectF(0, 0, theme.px(SWATCH_W_U), theme.px(SWATCH_H_U)).size())
            self._paint_swatch(canvas, swatch, row.color)
            words_left = theme.px(SWATCH_W_U + GAP_U)
            canvas.text(row.label, words_left, y + line * 0.76, role, "text.2")
            lines = self._lines(row, role, self.area().width() - left, most)
            below = int(self._names_below(canvas, role))
            for index, words in enumerate(lines):
                canvas.text(words, left, y + line * (index + below + 0.76), role)
            y += line * max(1, len(lines) + below) + theme.px(6) + air

    def _fitting(self, canvas: Canvas) -> tuple[str, int]:
        """Type and lines to a row, so that all rows fit; a row that is too long ends in "+n"."""
        room = self.area().height()
        for most in (MOST_LINES, 4, 3, 2, 1):
            for role in ("meta", "micro"):
                if self._height(canvas, role, most) <= room:
                    return role, most
        return "micro", 1

    def _paint_swatch(self, canvas: Canvas, box: QRectF, color: str) -> None:
        if color:
            canvas.surface(box, color, "small")
        else:
            canvas.hatch(box)

    def _names_left(self, canvas: Canvas, role: str) -> float:
        """Where names begin: behind the widest class, or under it where that leaves too little."""
        swatch = self.theme.px(SWATCH_W_U + GAP_U)
        below = self._names_below(canvas, role)
        return swatch + (0.0 if below else self._widest(canvas, role) + self.theme.px(14))

    def _names_below(self, canvas: Canvas, role: str) -> bool:
        names = (name for row in self._rows for name in row.districts)
        longest = max((canvas.width(name, role) for name in names), default=0.0)
        beside = self.theme.px(SWATCH_W_U + GAP_U + 14) + self._widest(canvas, role)
        return beside + longest > self.area().width()

    def _widest(self, canvas: Canvas, role: str) -> float:
        return max((canvas.width(row.label, role) for row in self._rows), default=0.0)

    def _lines(self, row: ClassRow, role: str, width: float, most: int) -> list[str]:
        names = [self.theme.say(name).replace(" ", "\u00a0") for name in row.districts]
        metrics = self.theme.metrics(role)
        lines = wrap(metrics, " ".join(names) or "—", width)
        left_out = 0
        while len(lines) > most and names:
            names.pop()
            left_out += 1
            lines = wrap(metrics, " ".join([*names, f"+{left_out}"]), width)
        return lines

    def _height(self, canvas: Canvas, role: str, most: int) -> float:
        width = self.area().width() - self._names_left(canvas, role)
        line = canvas.line_px(role)
        below = int(self._names_below(canvas, role))
        rows = [max(1, len(self._lines(row, role, width, most)) + below) for row in self._rows]
        return sum(rows) * line + self.theme.px(6) * len(rows)
