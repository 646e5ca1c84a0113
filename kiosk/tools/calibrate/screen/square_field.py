"""A square to measure with a tape."""

from PySide6.QtCore import QRectF

from kiosk.tools.calibrate.screen.field import DONE, Field
from kiosk.ui.component import Target
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

SAY = Text(
    "네모의 폭과 높이를 줄자로 재고 ‘끝’을 누르십시오",
    "Measure the width and height of the square, then press “Done”",
)
PART = 0.5  # of the shorter side


class SquareField(Field):
    def targets(self) -> tuple[Target, ...]:
        return (self.target("done"),)

    def side_px(self) -> int:
        """In pixels of the screen, across and down: as many of each."""
        return round(PART * min(self.width(), self.height()))

    def pressed(self, command: str) -> None:
        if command == "done":
            unit = min(self.width(), self.height()) / 1080
            self.ended.emit({"square_px": self.side_px(), "unit_px": unit})

    def paint(self, canvas: Canvas) -> None:
        area, side = self.area(), self.side_px()
        canvas.painter.fillRect(area, self.theme.color("background"))
        middle, width = area.center().x(), area.width() * 0.55
        canvas.text(SAY, middle, area.height() * 0.14, "tab", align="center", width=width)
        wide = side * self.theme.pixel_aspect  # square in pixels, whatever is set so far
        square = QRectF(middle - wide / 2, area.height() * 0.22, wide, side)
        canvas.painter.fillRect(square, self.theme.color("text.1"))
        self.draw_corner(canvas, "done", DONE)
