"""The list of items: number, name, how it stands, and how far it is."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.panels.outline.bar import paint_bar
from kiosk.panels.outline.model import Line
from kiosk.panels.paging import PagedRows
from kiosk.ui.component import Target
from kiosk.ui.paint import UNIT_ROLE, Canvas
from kiosk.ui.theme import Theme

FIGURE_SHARE = 0.27
MARK_U = 30.0
BAR_U = 8.0
BAR_BELOW = 0.52  # of the figure's size: its middle under the figure's baseline
FIGURE_ROLES = ("figureS", "lead")


class OutlineTable(PagedRows):
    """A row opens its item; `name` begins the triggers."""

    row_u = 96.0

    def __init__(self, theme: Theme, name: str = "outline", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.name = name
        self._follow: int | None = None
        self._lines: tuple[Line, ...] = ()
        self._mixed = False  # where every line is simulated, the section's head says so once

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        if lines == self._lines:
            return
        if [one.id for one in lines] != [one.id for one in self._lines]:
            self.scroll_to(0)
        self._lines = lines
        self._mixed = len({one.simulated for one in lines}) > 1
        self._follow = next((n for n, one in enumerate(lines) if one.chosen), None)
        self._turn_to_chosen()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_to_chosen()

    def _turn_to_chosen(self) -> None:
        if self._follow is not None:
            self.to_row(self._follow)

    def count(self) -> int:
        return len(self._lines)

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        line = self._lines[index]
        if not line.press.command:
            return ()
        trigger = f"{self.name}.row.{line.id}"
        return (Target(box, line.press.command, line.press.args, trigger),)

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line, theme = self._lines[index], canvas.theme
        inner = box.adjusted(0, theme.px(3), 0, -theme.px(3))
        if line.chosen:
            canvas.selected_surface(inner, edge="bottom")
        elif self.is_pressed(f"{self.name}.row.{line.id}"):
            canvas.surface(inner, "surface.2")
        size = theme.px(MARK_U)
        middle = QPointF(theme.px(10) + size / 2, box.center().y())
        canvas.severity("caution" if line.late else "notice", middle, size, line.number)
        left = theme.px(22) + size
        wide = box.width() * FIGURE_SHARE if line.amount is not None else 0.0
        self._words(canvas, line, left, box.width() - wide - left - theme.px(24), box)
        if line.amount is not None:
            self._figure(canvas, line, QRectF(box.right() - wide, box.top(), wide, box.height()))

    def _words(self, canvas: Canvas, line: Line, left: float, width: float, box: QRectF) -> None:
        head, body = canvas.line_px("lead"), canvas.line_px("body")
        _, lines = canvas.lines(line.title, width, "lead", 700, 2)
        facts = canvas.lines(line.facts, width, "body", None, 1)[1] if line.facts.ko else []
        while len(lines) > 1 and len(lines) * head + len(facts) * body > box.height():
            lines = lines[:1]
        high = len(lines) * head + len(facts) * body
        y = box.center().y() - high / 2
        y = canvas.paragraph(line.title, left, y, width, "lead", weight=700, max_lines=len(lines))
        if facts:
            canvas.text(line.facts, left, y + body * 0.76, "body", "text.2", width=width)

    def _figure(self, canvas: Canvas, line: Line, box: QRectF) -> None:
        theme, figure = canvas.theme, line.amount
        assert figure is not None
        right, room = box.right() - theme.px(12), box.width() - theme.px(12)
        bar = line.share is not None
        tagged = line.simulated and self._mixed
        if tagged and not bar:
            room -= canvas.tag_width() + theme.px(12)
        baseline = box.center().y() + canvas.line_px("figureS") * (0.16 if bar else 0.34)
        value, unit = theme.say(figure.value), theme.say(figure.unit)
        role = self._figure_role(canvas, value, unit, room)
        taken = _figure_px(canvas, value, unit, role)
        canvas.figure(right - taken, baseline, value, unit, role)
        size = theme.font("figureS").pixelSize()
        middle = baseline + size * BAR_BELOW if bar else baseline - size * 0.3
        left = box.left()
        if tagged:
            hang = theme.font("micro").pixelSize() * 0.35  # of the tag's middle over its baseline
            left += canvas.tag(left, middle + hang) + theme.px(8)
        if line.share is not None:
            if unit != "%" and not line.of_largest:
                left += self._share(canvas, line.share, left, middle)
            high = theme.px(BAR_U)
            area = QRectF(left, middle - high / 2, right - left, high)
            paint_bar(canvas, area, line.share, line.plan)

    def _share(self, canvas: Canvas, share: float, left: float, middle: float) -> float:
        """The bar's length as a figure; returns its width."""
        baseline = canvas.middle_baseline(middle, "meta")
        words = f"{share * 100:.0f}%"
        room = canvas.width("100%", "meta")
        canvas.text(words, left + room, baseline, "meta", "text.2", align="right")
        return room + canvas.theme.px(8)

    def _figure_role(self, canvas: Canvas, value: str, unit: str, room: float) -> str:
        """The largest type in which a figure and its unit fit."""
        fitting = (r for r in FIGURE_ROLES if _figure_px(canvas, value, unit, r) <= room)
        return next(fitting, FIGURE_ROLES[-1])


def _figure_px(canvas: Canvas, value: str, unit: str, role: str) -> float:
    gap = canvas.theme.px(2 if unit == "%" else 6) if unit else 0
    wide = canvas.width(value, role) - canvas.bearing(value, role)
    return wide + gap + canvas.width(unit, UNIT_ROLE[role], 500)
