"""Help: all commands in columns, page by page."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.help.presenter import HelpLine
from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.icons import IconName
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

ROW_U = 76.0
COLUMN_U = 560.0
GUTTER_U = 24.0
BAR_U = 56.0
PREVIOUS, NEXT = "help.page.previous", "help.page.next"


class HelpTable(Component):
    """Lines in columns. Its pages are its own matter: turning one asks for nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: tuple[HelpLine, ...] = ()
        self._page = 0

    def set_lines(self, lines: tuple[HelpLine, ...]) -> None:
        if lines != self._lines:
            self._lines, self._page = lines, 0
            self.update()

    # ---- geometry

    def _columns(self) -> int:
        return max(1, int(self.area().width() / self.theme.px(COLUMN_U)))

    def _rows(self) -> int:
        room = self.area().height()
        if len(self._lines) > self._columns() * int(room / self._row_px()):
            room -= self.theme.px(BAR_U + 12)
        return max(1, int(room / self._row_px()))

    def _row_px(self) -> float:
        least = self.measure().line_px("body") + self.measure().line_px("meta")
        return max(self.theme.px(ROW_U), least * 1.3)

    def pages(self) -> int:
        return max(1, -(-len(self._lines) // (self._columns() * self._rows())))

    def targets(self) -> tuple[Target, ...]:
        if self.pages() < 2:
            return ()
        area, high, wide = self.area(), self.theme.px(BAR_U), self.theme.px(180)
        top, right = area.height() - high, area.width()
        back = QRectF(right - 2 * wide - self.theme.px(12), top, wide, high)
        forth = QRectF(right - wide, top, wide, high)
        return (
            Target(back, "", {}, PREVIOUS, self._page > 0),
            Target(forth, "", {}, NEXT, self._page + 1 < self.pages()),
        )

    def activate(self, target: Target) -> None:
        if target.trigger not in (PREVIOUS, NEXT):
            super().activate(target)
            return
        self._page += 1 if target.trigger == NEXT else -1
        self.update()

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        columns, rows = self._columns(), self._rows()
        self._page = min(self._page, self.pages() - 1)
        gutter = self.theme.px(GUTTER_U)
        width = (self.area().width() - gutter * (columns - 1)) / columns
        first = self._page * columns * rows
        for index, line in enumerate(self._lines[first : first + columns * rows]):
            column, row = divmod(index, rows)
            high = self._row_px()
            self._paint_line(
                canvas, QRectF(column * (width + gutter), row * high, width, high), line
            )
        self._paint_bar(canvas)

    def _paint_line(self, canvas: Canvas, box: QRectF, line: HelpLine) -> None:
        theme = self.theme
        body, meta = canvas.line_px("body"), canvas.line_px("meta")
        top = box.center().y() - (body + meta) / 2
        canvas.text(line.title, box.left(), top + body * 0.78, weight=600, width=box.width() * 0.58)
        say = Text(line.say, line.say) if line.say else Text("말로는 없음", "not by voice")
        ink = "text.2" if line.say else "text.3"
        canvas.text(
            say, box.left(), top + body + meta * 0.76, "meta", ink, width=box.width() * 0.58
        )
        right, y = box.right(), box.center().y()
        if line.hand.ko:
            words = canvas.text(
                line.hand,
                right,
                y + theme.metrics("meta").capHeight() / 2,
                "meta",
                align="right",
                width=box.width() * 0.36,
            )
            side = theme.px(24)
            at = QRectF(right - words - side - theme.px(8), y - side / 2, side, side)
            canvas.icon("hand", at, "text.2")
        elif line.key:
            baseline = y + theme.metrics("meta").capHeight() / 2
            canvas.text(line.key, right, baseline, "meta", "text.3", align="right")
        canvas.polyline(
            [QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom())],
            theme.pen("line.hair", "rowRule"),
        )

    def _paint_bar(self, canvas: Canvas) -> None:
        labels: dict[str, tuple[Text, IconName]] = {
            PREVIOUS: (Text("이전 쪽", "Previous"), "back"),
            NEXT: (Text("다음 쪽", "Next"), "next"),
        }
        for target in self.targets():
            words, icon = labels[target.trigger]
            pressed = self.is_pressed(target.trigger)
            draw_button(
                canvas, target.rect, words, pressed=pressed, enabled=target.enabled, icon=icon
            )
        if self.targets():
            baseline = self.area().height() - self.theme.px(BAR_U / 2)
            page = f"{self._page + 1}/{self.pages()}"
            canvas.text(page, 0, baseline + self.theme.px(6), "lead", "text.2")
