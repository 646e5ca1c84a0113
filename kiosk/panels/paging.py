"""Rows under one another: dragged and flicked by a finger, or turned page by page."""

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.icons import IconName
from kiosk.ui.paint import Canvas
from kiosk.ui.scrolling import Scrolling
from kiosk.ui.theme import Theme, clear_picture
from kiosk.wire.text import Text

BAR_U = 56.0
GAP_U = 12.0
PAPER_FOOT_U = 32.0
NEAR = 1e-6  # of a row
_LABELS: dict[str, tuple[Text, IconName]] = {
    "previous": (Text("이전 쪽", "Previous"), "back"),
    "next": (Text("다음 쪽", "Next"), "next"),
}


class PagedRows(Scrolling):
    """A subclass paints a row and names what can be pressed in it. At rest the rows that are seen
    are whole. Turning a page asks for nothing; `name` begins the triggers.

    While the rows move, pictures of them do: each is drawn once.
    """

    name = "rows"
    row_u = 116.0
    ruled = True
    """Whether a line is drawn under each row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._pictures: dict[int, QPixmap] = {}
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

    # ---- where the rows are

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

    def page(self) -> int:
        """From 0; the last one once the last row is seen."""
        if self.offset >= self.most_px():
            return self.pages() - 1
        return int((self.offset / self.row_px() + 0.5) // self.per_page())

    def step_px(self) -> float:
        return self.row_px()

    def most_px(self) -> float:
        return max(0, self.count() - self.per_page()) * self.row_px()

    def room(self) -> QRectF:
        return QRectF(0, 0, self.area().width(), self.per_page() * self.row_px())

    def shown(self) -> list[tuple[QRectF, int]]:
        """Places of the rows that are seen, with their number."""
        high, width, offset = self.row_px(), self.area().width(), self.offset
        first = max(0, math.floor(offset / high + NEAR))
        last = min(self.count(), math.ceil((offset + self.room().height()) / high - NEAR))
        return [(QRectF(0, n * high - offset, width, high), n) for n in range(first, last)]

    def to_page(self, page: int) -> None:
        """Shows a page, from 0."""
        self.scroll_to(page * self.per_page() * self.row_px())

    def to_row(self, index: int) -> None:
        """Shows the page that begins nearest above this row."""
        self.scroll_to(index // self.per_page() * self.per_page() * self.row_px())

    # ---- pressing

    def targets(self) -> tuple[Target, ...]:
        room = self.room()
        rows = ((box, index) for box, index in self.shown() if room.contains(box.center()))
        return (*(t for box, index in rows for t in self.row_targets(box, index)), *self.bar())

    def bar(self) -> tuple[Target, ...]:
        """What turns the page, where there is more than one."""
        if self.pages() < 2 or self._on_paper:
            return ()
        high, wide = self.theme.px(BAR_U), self.theme.px(180)
        top, right = self.area().height() - high, self.area().width()
        page = self.page()
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
        way = turn[target.trigger] * self.per_page() * self.row_px()
        self.scroll_to(self.offset + way)

    # ---- drawing

    def update(self, *args: Any) -> None:
        self._pictures.clear()
        super().update(*args)

    def rested(self) -> None:
        self._pictures.clear()

    def paint(self, canvas: Canvas) -> None:
        if self.moving:
            canvas.painter.save()
            canvas.painter.setClipRect(self.room(), Qt.ClipOperation.IntersectClip)
            for box, index in self.shown():
                self._paint_picture(canvas.painter, box, index)
            canvas.painter.restore()
            self.paint_ends(canvas)
        else:
            for box, index in self.shown():
                if canvas.wants(box):
                    self._paint_whole_row(canvas, box, index)
        if canvas.wants(QRectF(0, self.room().bottom(), self.area().width(), self.area().height())):
            self.paint_bar(canvas)

    def _paint_whole_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        self.paint_row(canvas, box, index)
        if self.ruled:
            canvas.rule(0, box.width(), box.bottom() - self.theme.px(1), stroke="rowRule")

    def _paint_picture(self, painter: QPainter, box: QRectF, index: int) -> None:
        aspect = self.theme.pixel_aspect
        picture = self._pictures.get(index)
        if picture is None:
            picture = clear_picture(QSize(self.width(), math.ceil(box.height())))
            own = QPainter(picture)
            own.scale(1 / aspect, 1.0)
            self._paint_whole_row(Canvas(own, self.theme), box.translated(0, -box.top()), index)
            own.end()
            self._pictures[index] = picture
        painter.save()
        painter.scale(aspect, 1.0)
        painter.drawPixmap(0, round(box.top()), picture)
        painter.restore()

    def paint_bar(self, canvas: Canvas) -> None:
        self.paint_turns(canvas, self.bar())
        if self._on_paper:
            self.paint_left_out(canvas)
        elif self.pages() > 1:
            baseline = self.area().height() - self.theme.px(BAR_U / 2 - 6)
            canvas.text(self.page_words(), 0, baseline, "lead", "text.2")

    def left_out(self) -> int:
        """How many have no room on this page."""
        return self.count() - len(self.shown())

    def paint_left_out(self, canvas: Canvas) -> None:
        """On paper, how many are missing."""
        if left := self.left_out():
            words = Text(f"이 밖에 {left}개", f"{left} more")
            canvas.text(words, 0, self.area().height() - self.theme.px(8), "body", "text.2")

    def page_words(self) -> str:
        """ "2/3"."""
        return f"{self.page() + 1}/{self.pages()}"

    def paint_turns(self, canvas: Canvas, turns: tuple[Target, ...]) -> None:
        """The buttons that turn the page."""
        for target in turns:
            words, icon = _LABELS[target.trigger.rpartition(".")[2]]
            pressed = self.is_pressed(target.trigger)
            draw_button(
                canvas, target.rect, words, pressed=pressed, enabled=target.enabled, icon=icon
            )


class PagedCells(PagedRows):
    """Rows of cells side by side: a subclass says how many there are of them, paints one, and
    names what can be pressed in it. They are read from left to right."""

    gutter_u = 24.0
    ruled = False

    def cells(self) -> int:
        """How many cells there are."""
        raise NotImplementedError

    def columns(self) -> int:
        """How many stand side by side."""
        raise NotImplementedError

    def paint_cell(self, canvas: Canvas, box: QRectF, index: int) -> None:
        """Draws a cell."""
        raise NotImplementedError

    def cell_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        """What can be pressed in a cell, topmost first."""
        return ()

    def count(self) -> int:
        return -(-self.cells() // self.columns())

    def boxes(self) -> list[tuple[QRectF, int]]:
        """The rectangle of each cell that is seen, with its number."""
        return [one for box, row in self.shown() for one in self._in_row(box, row)]

    def _in_row(self, row: QRectF, number: int) -> list[tuple[QRectF, int]]:
        columns, gutter = self.columns(), self.theme.px(self.gutter_u)
        width = (row.width() - gutter * (columns - 1)) / columns
        first = number * columns
        return [
            (QRectF(n * (width + gutter), row.top(), width, row.height()), first + n)
            for n in range(min(columns, self.cells() - first))
        ]

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        return tuple(
            target
            for cell, number in self._in_row(box, index)
            for target in self.cell_targets(cell, number)
        )

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        for cell, number in self._in_row(box, index):
            if canvas.wants(cell):
                self.paint_cell(canvas, cell, number)

    def parts(self) -> Sequence[QRectF]:
        area, room = self.area(), self.room()
        below = QRectF(0, room.bottom(), area.width(), max(0.0, area.height() - room.bottom()))
        return (*(box for box, _ in self.boxes()), below)
