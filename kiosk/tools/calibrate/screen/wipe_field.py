"""The whole screen to wipe over: cells that no finger fills are dead."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF

from kiosk.tools.calibrate.measuring.touches import COLUMNS, ROWS, Place, between, cell, coverage
from kiosk.tools.calibrate.screen.field import DONE, STOP, Field
from kiosk.ui.component import MOUSE_POINT, Target
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

SAY = Text("손가락으로 모두 칠하십시오", "Wipe over everything with a finger")


class WipeField(Field):
    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._cells: set[tuple[int, int]] = set()
        self._last: dict[int, Place] = {}

    def targets(self) -> tuple[Target, ...]:
        return self.target("done"), self.target("stop", 1)

    def pressed(self, command: str) -> None:
        if command == "done":
            self.ended.emit(coverage(self._cells))
        super().pressed(command)

    def takes(self, axis: str) -> bool:
        return True

    def finger_down(self, point: int, position: QPointF, t_ms: float) -> bool:
        super().finger_down(point, position, t_ms)
        self._wipe(point, position)
        return True

    def finger_moved(self, point: int, position: QPointF, t_ms: float) -> None:
        super().finger_moved(point, position, t_ms)
        self._wipe(point, position)

    def finger_up(self, point: int, position: QPointF, t_ms: float) -> bool:
        self._last.pop(point, None)
        return super().finger_up(point, position, t_ms)

    def _wipe(self, point: int, position: QPointF) -> None:
        if point == MOUSE_POINT:
            return
        place = position.x(), position.y()
        size = self.width(), self.height()
        last = self._last.get(point)
        new = between(last, place, *size) if last else {cell(place, *size)}
        self._last[point] = place
        fresh = new - self._cells
        self._cells |= new
        for at in fresh:
            self.repaint_area(self._cell(at))
        if len(self._cells) == COLUMNS * ROWS:
            self.ended.emit(coverage(self._cells))

    def _cell(self, at: tuple[int, int]) -> QRectF:
        wide, high = self.area().width() / COLUMNS, self.area().height() / ROWS
        return QRectF(at[0] * wide, at[1] * high, wide, high)

    def paint(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area(), self.theme.color("background"))
        inset = self.theme.px(1)
        for column in range(COLUMNS):
            for row in range(ROWS):
                rect = self._cell((column, row))
                if canvas.wants(rect):
                    filled = (column, row) in self._cells
                    color = self.theme.color("accent.dim" if filled else "surface.1")
                    canvas.painter.fillRect(rect.adjusted(inset, inset, -inset, -inset), color)
        middle = self.area().center()
        canvas.text(SAY, middle.x(), middle.y(), "tab", "text.1", align="center")
        count = f"{len(self._cells)} / {COLUMNS * ROWS}"
        below = middle.y() + canvas.line_px("tab")
        canvas.text(count, middle.x(), below, "lead", "text.2", align="center")
        self.draw_corner(canvas, "done", DONE)
        self.draw_corner(canvas, "stop", STOP, 1)
