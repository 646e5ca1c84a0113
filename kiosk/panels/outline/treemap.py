"""Parts of a whole as areas.

Squarified treemap after Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000): rows are filled
along the shorter side for as long as that makes the worst aspect ratio of the row better.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.outline.model import Cell, Treemap
from kiosk.panels.outline.words import read_out
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import UNIT_ROLE, Canvas, Mark
from kiosk.ui.theme import Theme

GAP_U = 4.0
PAD_U = 10.0
STACKS = (
    ("lead", "figure", 3),
    ("body", "figureS", 3),
    ("meta", "lead", 2),
    ("meta", "meta", 3),
    ("micro", "micro", 3),
)
"""Type of the name and of the amount under it, and how many lines the name may take."""


def squarify(sizes: Sequence[float], box: QRectF) -> list[QRectF]:
    """A rectangle for each size, in the order given (largest first looks best); their areas are to
    one another as the sizes are and fill the box. Sizes are above 0."""
    total = sum(sizes)
    if not sizes or total <= 0 or box.isEmpty():
        return [QRectF(box.topLeft(), box.topLeft()) for _ in sizes]
    scale = box.width() * box.height() / total
    areas, placed, room = [size * scale for size in sizes], [], QRectF(box)
    while areas:
        side = min(room.width(), room.height())
        count = 1
        while count < len(areas) and _worst(areas[: count + 1], side) <= _worst(
            areas[:count], side
        ):
            count += 1
        row, room = _row(areas[:count], room)
        placed += row
        areas = areas[count:]
    return placed


def _worst(areas: Sequence[float], side: float) -> float:
    """The worst aspect ratio of a row of areas along a side."""
    thick = sum(areas) / side
    return max(max(a / thick / thick, thick * thick / a) for a in areas)


def _row(areas: Sequence[float], room: QRectF) -> tuple[list[QRectF], QRectF]:
    """Rectangles of a row along the shorter side of the room, and the room that is left."""
    total, found = sum(areas), []
    if room.width() >= room.height():
        thick, y = total / room.height(), room.top()
        for area in areas:
            found.append(QRectF(room.left(), y, thick, area / thick))
            y += area / thick
        return found, room.adjusted(thick, 0, 0, 0)
    thick, x = total / room.width(), room.left()
    for area in areas:
        found.append(QRectF(x, room.top(), area / thick, thick))
        x += area / thick
    return found, room.adjusted(0, thick, 0, 0)


def _turned(ink: QRectF, box: QRectF) -> QRectF:
    """Where what was written up the box lies."""
    return QRectF(box.left() + ink.top(), box.bottom() - ink.right(), ink.height(), ink.width())


class TreemapView(Component):
    """A part opens its item; what the source does not list is hatched."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = Treemap(())

    def set_model(self, model: Treemap) -> None:
        if model != self._model:
            self._model = model
            self.update()

    def cells(self) -> list[tuple[Cell, QRectF]]:
        """Each part and where it lies, the largest first."""
        return self._boxes()[0]

    def _boxes(self) -> tuple[list[tuple[Cell, QRectF]], QRectF | None]:
        cells = sorted(self._model.cells, key=lambda c: -c.size)
        sizes = [c.size for c in cells] + ([self._model.rest] if self._model.rest else [])
        boxes = squarify(sizes, self.area())
        half = self.theme.px(GAP_U) / 2
        boxes = [b.adjusted(half, half, -half, -half) for b in boxes]
        rest = boxes.pop() if self._model.rest else None
        return list(zip(cells, boxes, strict=True)), rest

    def targets(self) -> tuple[Target, ...]:
        least = self.theme.touch_min_px()
        return tuple(
            Target(box, c.press.command, c.press.args, f"treemap.{c.press.args.get('item', '')}")
            for c, box in self.cells()
            if min(box.width(), box.height()) >= least
        )

    def paint(self, canvas: Canvas) -> None:
        boxes, rest = self._boxes()
        for cell, box in boxes:
            if cell.chosen:
                canvas.selected_surface(box, edge="bottom")
            else:
                pressed = self.is_pressed(f"treemap.{cell.press.args.get('item', '')}")
                canvas.surface(box, "surface.3" if pressed else "surface.2")
            self._words(canvas, cell, box)
        if rest is not None:
            canvas.hatch(rest)
            self._rest_words(canvas, rest)

    def _words(self, canvas: Canvas, cell: Cell, box: QRectF) -> None:
        """The name and the amount, as large as they fit without being squeezed; up a slim box; at
        the least one of the two."""
        if self._stacked(canvas, cell, box) or self._in_a_line(canvas, cell, box):
            return
        if box.height() > box.width() and self._upwards(canvas, cell, box):
            return
        amount, middle = cell.amount.value, box.center()
        if canvas.width(amount, "meta", 600) < box.width():
            baseline = canvas.middle_baseline(middle.y(), "meta", 600)
            canvas.text(amount, middle.x(), baseline, "meta", weight=600, align="center")

    def _upwards(self, canvas: Canvas, cell: Cell, box: QRectF) -> bool:
        """In a line from the foot of the box to its top."""
        canvas.painter.save()
        canvas.painter.translate(box.left(), box.bottom())
        canvas.painter.rotate(-90)
        kept = canvas.marks
        found: list[Mark] = []
        canvas.marks = found
        done = self._in_a_line(canvas, cell, QRectF(0, 0, box.height(), box.width()))
        canvas.marks = kept
        canvas.painter.restore()
        if kept is not None:
            kept += [replace(mark, ink=_turned(mark.ink, box)) for mark in found]
        return done

    def _stacked(self, canvas: Canvas, cell: Cell, box: QRectF) -> bool:
        """The amount under the name; False where that finds no room."""
        theme = canvas.theme
        value, unit = theme.say(cell.amount.value), theme.say(cell.amount.unit)
        for name_role, role, most in STACKS:
            pad = theme.px(PAD_U) if role not in ("meta", "micro") else theme.px(PAD_U) / 2
            width, high = box.width() - 2 * pad, box.height() - pad
            name_px, figure_px = canvas.line_px(name_role), canvas.line_px(role)
            taken = canvas.width(value, role) + canvas.width(unit, UNIT_ROLE.get(role, "meta"), 500)
            fitted, rows = canvas.lines(cell.title, width, name_role, 600, most)
            widest = max(canvas.width(row, name_role, 600) for row in rows)
            fits = fitted == name_role and max(widest, taken + theme.px(6)) <= width
            if fits and len(rows) * name_px + figure_px <= high:
                y = canvas.paragraph(
                    *(cell.title, box.left() + pad, box.top() + pad * 0.6, width, name_role),
                    weight=600,
                    max_lines=most,
                )
                canvas.figure(box.left() + pad, y + figure_px * 0.82, value, unit, role)
                return True
        return False

    def _in_a_line(self, canvas: Canvas, cell: Cell, box: QRectF) -> bool:
        """The amount behind the name, or the name alone; False where not even that fits."""
        pad = canvas.theme.px(PAD_U)
        width = box.width() - 2 * pad
        role = canvas.fitting_role(cell.title, width, "meta", 600)
        name = canvas.width(cell.title, role, 600)
        if name > width or canvas.line_px(role) > box.height():
            return False
        baseline = canvas.middle_baseline(box.center().y(), role, 600)
        canvas.text(cell.title, box.left() + pad, baseline, role, weight=600)
        amount = read_out(cell.amount)
        if name + pad + canvas.width(amount, role) <= width:
            canvas.text(amount, box.right() - pad, baseline, role, "text.2", align="right")
        return True

    def _rest_words(self, canvas: Canvas, box: QRectF) -> None:
        theme, label = canvas.theme, self._model.rest_label
        pad = theme.px(PAD_U)
        width = box.width() - 2 * pad
        if not label.ko or width < theme.px(80):
            return
        high = canvas.paragraph_px(label, width, "body", weight=600, max_lines=4) + pad
        if high + pad > box.height():
            return
        role, rows = canvas.lines(label, width, "body", 600, 4)
        widest = max(canvas.width(row, role, 600) for row in rows)
        plate = QRectF(box.left(), box.top(), widest + 2 * pad, high + pad)
        canvas.surface(plate.adjusted(pad / 2, pad / 2, -pad / 2, 0), "background", "small")
        top = box.top() + pad
        canvas.paragraph(*(label, box.left() + pad, top, width, "body"), weight=600, max_lines=4)
