"""What was found, in columns: what it is, its name, and more of it."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.core.finder import Found
from kiosk.panels.paging import PagedCells
from kiosk.panels.search.model import KINDS
from kiosk.ui.component import Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

COLUMN_U = 540.0
KIND_U = 116.0
NAME_SHARE = 0.66


class ResultList(PagedCells):
    """Rows that are pressed anywhere; the best stands first."""

    name = "search"
    row_u = 62.0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._found: tuple[Found, ...] = ()

    def set_found(self, found: tuple[Found, ...]) -> None:
        if found != self._found:
            self._found = found
            self.scroll_to(0)

    def cells(self) -> int:
        return len(self._found)

    def columns(self) -> int:
        return max(1, int(self.area().width() / self.theme.px(COLUMN_U)))

    def row_px(self) -> float:
        return max(self.theme.px(self.row_u), self.measure().line_px("lead") * 1.9)

    def cell_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        entry = self._found[index].entry
        return (Target(box, entry.command, entry.args, f"search.{index + 1}"),)

    def paint_cell(self, canvas: Canvas, box: QRectF, index: int) -> None:
        theme, one = self.theme, self._found[index]
        inner = box.adjusted(0, theme.px(3), 0, -theme.px(3))
        pressed = self.is_pressed(f"search.{index + 1}")
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
