"""Finding a source by hand: keys with Korean initials, or letters, and the words so far."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Language, Text

KEYS: dict[Language, str] = {
    "ko": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
KEY_HIGH_U = 56.0
GAP_U = 8.0
WIDE_U = 1200.0
LONGEST = 12
ERASE, CLEAR = "sources.find.erase", "sources.find.clear"
WORDS = {ERASE: Text("지움", "Del"), CLEAR: Text("모두", "All")}


class FindBar(Component):
    """Two rows of keys where the wall is narrow, else one. `changed` tells the words."""

    changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.words = ""

    @staticmethod
    def height_u(width_u: float) -> float:
        return KEY_HIGH_U if width_u > WIDE_U else 2 * KEY_HIGH_U + GAP_U

    def targets(self) -> tuple[Target, ...]:
        theme, area = self.theme, self.area()
        triggers = [*(f"sources.find.{key}" for key in KEYS[theme.language]), ERASE, CLEAR]
        gap, high = theme.px(GAP_U), theme.px(KEY_HIGH_U)
        per_row = len(triggers) if area.height() < 1.5 * high else -(-len(triggers) // 2)
        wide = (area.width() - gap * (per_row - 1)) / per_row
        found = []
        for index, trigger in enumerate(triggers):
            row, column = divmod(index, per_row)
            rect = QRectF(column * (wide + gap), row * (high + gap), wide, high)
            enabled = bool(self.words) if trigger in WORDS else len(self.words) < LONGEST
            found.append(Target(rect, "", {}, trigger, enabled))
        return tuple(found)

    def activate(self, target: Target) -> None:
        if target.trigger == CLEAR:
            self.words = ""
        elif target.trigger == ERASE:
            self.words = self.words[:-1]
        else:
            self.words += target.trigger.removeprefix("sources.find.")
        self.update()
        self.changed.emit(self.words)

    def paint(self, canvas: Canvas) -> None:
        for target in self.targets():
            label = WORDS.get(target.trigger, target.trigger.removeprefix("sources.find.").upper())
            draw_button(
                canvas,
                target.rect,
                label,
                pressed=self.is_pressed(target.trigger),
                enabled=target.enabled,
            )
