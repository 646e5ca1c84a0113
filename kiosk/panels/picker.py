"""A choice among many in a grid of buttons. Choosing is the panel's own matter."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

GAP_U = 10.0
CELL_U = 60.0


class Picker(Component):
    """`value` is what is chosen, empty at first; `name` begins the triggers."""

    def __init__(
        self, theme: Theme, name: str, columns: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._columns = columns
        self._choices: tuple[tuple[str, Text], ...] = ()
        self.value = ""

    def set_choices(self, choices: tuple[tuple[str, Text], ...], value: str) -> None:
        """Other choices, and what is chosen of them."""
        self._choices, self.value = choices, value
        self.update()

    def choose(self, value: str) -> None:
        self.value = value
        self.update()

    def height_u(self) -> float:
        """Room for all of them."""
        rows = -(-len(self._choices) // self._columns)
        return max(0.0, rows * (CELL_U + GAP_U) - GAP_U)

    def targets(self) -> tuple[Target, ...]:
        gap, high = self.theme.px(GAP_U), self.theme.px(CELL_U)
        width = (self.area().width() - gap * (self._columns - 1)) / self._columns
        found = []
        for index, (value, _) in enumerate(self._choices):
            row, column = divmod(index, self._columns)
            box = QRectF(column * (width + gap), row * (high + gap), width, high)
            found.append(Target(box, "", {}, f"{self._name}.{value or 'none'}"))
        return tuple(found)

    def activate(self, target: Target) -> None:
        triggers = [t.trigger for t in self.targets()]
        self.choose(self._choices[triggers.index(target.trigger)][0])
        self.submitted.emit("", {}, target.trigger)

    def paint(self, canvas: Canvas) -> None:
        """All in one type; a name that is too long for a line stands in two."""
        pad = self.theme.px(8)
        width = min((t.rect.width() for t in self.targets()), default=1.0) - 2 * pad
        role = self._role(canvas, width)
        for (value, label), target in zip(self._choices, self.targets(), strict=True):
            chosen, box = value == self.value, target.rect
            if chosen:
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

    def _role(self, canvas: Canvas, width: float) -> str:
        """The largest type in which every choice fits."""
        labels = [label for _, label in self._choices]
        high = self.theme.px(CELL_U - 4)

        def fits(role: str) -> bool:
            found = [canvas.lines(label, width, role, 600, 2) for label in labels]
            return all(r == role and len(rows) * canvas.line_px(r) <= high for r, rows in found)

        return next((role for role in ("action", "body", "meta") if fits(role)), "micro")
