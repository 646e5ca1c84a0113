"""Choices in a grid of cells, each pressed by itself; any number of them may hold."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

GAP_U = 10.0
CELL_U = 60.0
PAD_U = 8
ROLES = ("action", "body", "meta")


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A choice; `chosen`: it holds now. `action.trigger` is unique on the screen."""

    action: Action
    chosen: bool = False


class CellGrid(Component):
    """So many columns; a cell is CELL_U high, or its share of the height where that is less."""

    def __init__(self, theme: Theme, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._columns = columns
        self._cells: tuple[Cell, ...] = ()

    def set_cells(self, cells: tuple[Cell, ...]) -> None:
        if cells != self._cells:
            self._cells = cells
            self.update()

    def set_columns(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            self.update()

    def height_u(self) -> float:
        """Room for all of them."""
        return max(0.0, self._rows() * (CELL_U + GAP_U) - GAP_U)

    def targets(self) -> tuple[Target, ...]:
        gap, high = self.theme.px(GAP_U), self._cell_px()
        width = (self.area().width() - gap * (self._columns - 1)) / self._columns
        found = []
        for index, cell in enumerate(self._cells):
            row, column = divmod(index, self._columns)
            box = QRectF(column * (width + gap), row * (high + gap), width, high)
            found.append(cell.action.target(box))
        return tuple(found)

    def paint(self, canvas: Canvas) -> None:
        """All in one type; a name that is too long for a line stands in two."""
        pad = self.theme.px(PAD_U)
        width = min((t.rect.width() for t in self.targets()), default=1.0) - 2 * pad
        role = self._role(canvas, width)
        for cell, target in zip(self._cells, self.targets(), strict=True):
            label, box = cell.action.label, target.rect
            if cell.chosen:
                canvas.selected_surface(box, edge="bottom")
            else:
                pressed = self.is_pressed(target.trigger)
                canvas.surface(box, "surface.3" if pressed else "surface.2")
            high = canvas.paragraph_px(label, width, role, weight=600, max_lines=2)
            top = box.center().y() - high / 2
            canvas.paragraph(
                *(label, box.left() + pad, top, width, role),
                weight=600,
                max_lines=2,
                align="center",
            )

    def _rows(self) -> int:
        return -(-len(self._cells) // self._columns)

    def _cell_px(self) -> float:
        rows = max(1, self._rows())
        share = (self.area().height() + self.theme.px(GAP_U)) / rows - self.theme.px(GAP_U)
        return min(float(self.theme.px(CELL_U)), share)

    def _role(self, canvas: Canvas, width: float) -> str:
        """The largest type in which every choice fits."""
        high = self._cell_px() - self.theme.px(4)

        def fits(role: str) -> bool:
            found = [canvas.lines(c.action.label, width, role, 600, 2) for c in self._cells]
            return all(r == role and len(rows) * canvas.line_px(r) <= high for r, rows in found)

        return next((role for role in ROLES if fits(role)), "micro")
