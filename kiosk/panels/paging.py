"""Rows under one another that turn their own pages."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.icons import IconName
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 12.0
PAPER_FOOT_U = 32.0
_LABELS: dict[str, tuple[Text, IconName]] = {
    "previous": (Text("이전 쪽", "Previous"), "back"),
    "next": (Text("다음 쪽", "Next"), "next"),
}


class PagedRows(Component):
    """A subclass paints a row and names what can be pressed in it. Turning a page asks for
    nothing; `name` begins the triggers."""

    name = "rows"
    row_u = 116.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page = 0
        self._on_paper = False

    def show_on_paper(self) -> None:
        """Nothing can be pressed there: no buttons, and what finds no room is counted."""
        self._on_paper = True
        self.update()

    # ---- what a subclass gives

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        """Draws a row."""
        raise NotImplementedError

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        """What can be pressed in a row, topmost first."""
        return ()

    # ---- pages

    def row_px(self) -> float:
        """Large type needs higher rows."""
        return max(float(self.theme.px(self.row_u)), 3.6 * self.measure().line_px("action"))

    def per_page(self) -> int:
        room = self.area().height()
        if self.count() > int(room / self.row_px()):
            room -= self.theme.px(PAPER_FOOT_U if self._on_paper else BAR_U + GAP_U)
        return max(1, int(room / self.row_px()))

    def pages(self) -> int:
        return max(1, -(-self.count() // self.per_page()))

    def shown(self) -> list[tuple[QRectF, int]]:
        """Places of the rows on this page, with their number."""
        first = min(self._page, self.pages() - 1) * self.per_page()
        high, width = self.row_px(), self.area().width()
        indices = range(first, min(first + self.per_page(), self.count()))
        return [(QRectF(0, n * high, width, high), i) for n, i in enumerate(indices)]

    def targets(self) -> tuple[Target, ...]:
        found = [t for box, index in self.shown() for t in self.row_targets(box, index)]
        return (*found, *self.bar())

    def bar(self) -> tuple[Target, ...]:
        """What turns the page, where there is more than one."""
        if self.pages() < 2 or self._on_paper:
            return ()
        high, wide = self.theme.px(BAR_U), self.theme.px(180)
        top, right = self.area().height() - high, self.area().width()
        page = min(self._page, self.pages() - 1)
        back = QRectF(right - 2 * wide - self.theme.px(GAP_U), top, wide, high)
        forth = QRectF(right - wide, top, wide, high)
        return (
            Target(back, "", {}, f"{self.name}.page.previous", page > 0),
            Target(forth, "", {}, f"{self.name}.page.next", page + 1 < self.pages()),
        )

    def activate(self, target: Target) -> None:
        turn = {f"{self.name}.page.previous": -1, f"{self.name}.page.next": 1}
        if target.trigger not in turn:
            super().activate(target)
            return
        self._page = min(self._page, self.pages() - 1) + turn[target.trigger]
        self.update()

    def paint(self, canvas: Canvas) -> None:
        for box, index in self.shown():
            self.paint_row(canvas, box, index)
            canvas.rule(0, box.width(), box.bottom() - self.theme.px(1), stroke="rowRule")
        self.paint_bar(canvas)

    def paint_bar(self, canvas: Canvas) -> None:
        self.paint_turns(canvas, self.bar())
        if self._on_paper:
            self._paint_left_out(canvas)
        elif self.pages() > 1:
            baseline = self.area().height() - self.theme.px(BAR_U / 2 - 6)
            canvas.text(self.page_words(), 0, baseline, "lead", "text.2")

    def _paint_left_out(self, canvas: Canvas) -> None:
        left = self.count() - len(self.shown())
        if left:
            words = Text(f"이 밖에 {left}개", f"{left} more")
            canvas.text(words, 0, self.area().height() - self.theme.px(8), "body", "text.2")

    def page_words(self) -> str:
        """ "2/3"."""
        return f"{min(self._page, self.pages() - 1) + 1}/{self.pages()}"

    def paint_turns(self, canvas: Canvas, turns: tuple[Target, ...]) -> None:
        """The buttons that turn the page."""
        for target in turns:
            words, icon = _LABELS[target.trigger.rpartition(".")[2]]
            pressed = self.is_pressed(target.trigger)
            draw_button(
                canvas, target.rect, words, pressed=pressed, enabled=target.enabled, icon=icon
            )
