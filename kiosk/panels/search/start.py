"""Before anything is typed: examples to press, the panels opened most often, and how much there is
to be found."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from kiosk.core.finder import Found
from kiosk.panels.search.model import KINDS
from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

PAD_U, GAP_U, AIR_U = 24.0, 12.0, 28.0
CELL_U, GUTTER_U = 280.0, 24.0
TRIGGER = "example."
OFTEN = Text("자주 여는 화면", "Opened most often")


class SearchStart(Component):
    """A press on an example writes it: `chosen` tells the words."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._counts: dict[str, int] = {}
        self._examples: tuple[Text, ...] = ()
        self._often: tuple[Found, ...] = ()

    def set_content(
        self, counts: dict[str, int], examples: tuple[Text, ...], often: tuple[Found, ...]
    ) -> None:
        if (counts, examples, often) != (self._counts, self._examples, self._often):
            self._counts, self._examples, self._often = counts, examples, often
            self.update()

    def targets(self) -> tuple[Target, ...]:
        """The examples, then the panels, in as many lines as they need."""
        examples = self._lines(self._examples, 0.0)
        top = self._label_top(examples) + self.measure().line_px("body") + self.theme.px(GAP_U)
        panels = self._lines([one.entry.name for one in self._often], top)
        return (
            *(Target(box, "", {}, f"{TRIGGER}{n}") for n, box in enumerate(examples)),
            *(
                Target(box, one.entry.command, one.entry.args, f"often.{n}")
                for n, (box, one) in enumerate(zip(panels, self._often, strict=True))
            ),
        )

    def _lines(self, names: Sequence[Text], top: float) -> list[QRectF]:
        ruler, high = self.measure(), float(self.theme.px(BUTTON_U))
        gap, x, y, found = self.theme.px(GAP_U), 0.0, top, []
        for name in names:
            wide = ruler.width(name, "action", 600) + 2 * self.theme.px(PAD_U)
            if x and x + wide > self.area().width():
                x, y = 0.0, y + high + gap
            found.append(QRectF(x, y, wide, high))
            x += wide + gap
        return found

    def _label_top(self, examples: Sequence[QRectF]) -> float:
        return (examples[-1].bottom() if examples else 0.0) + self.theme.px(AIR_U)

    def activate(self, target: Target) -> None:
        if target.command:
            super().activate(target)
            return
        example = self._examples[int(target.trigger.removeprefix(TRIGGER))]
        self.chosen.emit(self.theme.say(example))

    def paint(self, canvas: Canvas) -> None:
        foot, targets = 0.0, self.targets()
        names = (*self._examples, *(one.entry.name for one in self._often))
        for target, name in zip(targets, names, strict=True):
            draw_button(canvas, target.rect, name, pressed=self.is_pressed(target.trigger))
            foot = target.rect.bottom()
        if self._often:
            top = self._label_top([target.rect for target in targets[: len(self._examples)]])
            canvas.text(OFTEN, 0, top + canvas.line_px("body") * 0.76, "body", "text.2")
        self._paint_counts(canvas, foot + self.theme.px(AIR_U))

    def _paint_counts(self, canvas: Canvas, top: float) -> None:
        """A cell for each kind, as many as there is room for."""
        area, gutter = self.area(), self.theme.px(GUTTER_U)
        most = max(1, int((area.width() + gutter) / (self.theme.px(CELL_U) + gutter)))
        rows = max(1, -(-len(self._counts) // most))
        columns = max(1, -(-len(self._counts) // rows))
        width = (area.width() + gutter) / columns - gutter
        figure = self.theme.metrics("figure").capHeight()
        high = canvas.line_px("body") + figure + self.theme.px(3 * GAP_U)
        for n, (kind, count) in enumerate(self._counts.items()):
            row, column = divmod(n, columns)
            y = top + row * (high + self.theme.px(GAP_U))
            if y + high > area.height():
                break
            x = column * (width + gutter)
            canvas.rule(x, x + width, y, stroke="hair")
            baseline = y + self.theme.px(GAP_U) + canvas.line_px("body") * 0.76
            canvas.text(KINDS[kind], x, baseline, "body", "text.2", width=width)
            words = f"{count:,}"
            left = x - canvas.bearing(words, "figure")
            canvas.text(words, left, baseline + self.theme.px(GAP_U) + figure, "figure")
