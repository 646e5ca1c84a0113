"""What was found, in columns: what it is, its name, and more of it."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.core.finder import Found
from kiosk.panels.search.model import KINDS
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

ROW_U = 62.0
COLUMN_U = 540.0
GUTTER_U = 24.0
KIND_U = 116.0
NAME_SHARE = 0.66


class ResultList(Component):
    """Rows that are pressed anywhere; the best stands first, column by column."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._found: tuple[Found, ...] = ()

    def set_found(self, found: tuple[Found, ...]) -> None:
        if found != self._found:
            self._found = found
            self.update()

    def room(self) -> int:
        """How many rows there is room for."""
        return self._columns() * self._rows()

    def _columns(self) -> int:
        return max(1, int(self.area().width() / self.theme.px(COLUMN_U)))

    def _rows(self) -> int:
        return max(1, int(self.area().height() / self._row_px()))

    def _row_px(self) -> float:
        return max(self.theme.px(ROW_U), self.measure().line_px("lead") * 1.9)

    def _boxes(self) -> list[QRectF]:
        columns, rows, gutter = self._columns(), self._rows(), self.theme.px(GUTTER_U)
        width, high = (self.area().width() - gutter * (columns - 1)) / columns, self._row_px()
        return [
            QRectF(n // rows * (width + gutter), n % rows * high, width, high)
            for n in range(min(len(self._found), columns * rows))
        ]

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            Target(box, one.entry.command, one.entry.args, f"search.{n + 1}")
            for n, (box, one) in enumerate(zip(self._boxes(), self._found, strict=False))
        )

    def paint(self, canvas: Canvas) -> None:
        for target, one in zip(self.targets(), self._found, strict=False):
            self._paint_row(canvas, target, one)

    def _paint_row(self, canvas: Canvas, target: Target, one: Found) -> None:
        theme, box = self.theme, target.rect
        inner = box.adjusted(0, theme.px(3), 0, -theme.px(3))
        pressed = self.is_pressed(target.trigger)
        canvas.surface(inner, "surface.3" if pressed else "surface.1")
        pad = theme.px(14)
        baseline = canvas.middle_baseline(inner.center().y(), "lead")
        left, right = inner.left() + pad, inner.right() - pad
        kind = theme.px(KIND_U)
        canvas.text(KINDS[one.entry.kind], left, baseline, "meta", "text.2", width=kind - pad)
        left += kind
        room = right - left
        taken = canvas.text(
            one.entry.name,
            left,
            baseline,
            "lead",
            width=room * (NAME_SHARE if one.entry.note.ko else 1),
        )
        rest = room - taken - pad
        if one.entry.note.ko and canvas.width(one.entry.note, "meta") <= rest:
            canvas.text(
                one.entry.note, right, baseline, "meta", "text.2", align="right", width=rest
            )
