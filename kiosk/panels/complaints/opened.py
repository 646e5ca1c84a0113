"""One complaint in the citizen's words, and the answers that it got."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.complaints.model import Opened
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

LETTERS = 160
ANSWERS = 2


class OpenedComplaint(Component):
    """Title, words, facts, the newest answers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._opened: Opened | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_opened(self, opened: Opened | None) -> None:
        if opened != self._opened:
            self._opened = opened
            self.update()

    def paint(self, canvas: Canvas) -> None:
        opened, area = self._opened, self.area()
        if opened is None:
            return
        gap = self.theme.px(6)
        width, room = area.width(), area.height()
        y = canvas.paragraph(opened.title, 0, 0, width, "tab", weight=700, max_lines=2) + gap
        y = canvas.paragraph(opened.facts, 0, y, width, "action", "text.2", max_lines=2) + gap
        words = opened.description
        if len(words) > LETTERS:
            words = f"{words[: LETTERS - 1]}…"
        blocks = [(words, "text.1")] if words else []
        blocks += [(self.theme.say(a), "text.2") for a in opened.answers[:ANSWERS]]
        for block, color in blocks:
            high = self.measure().paragraph_px(block, width, "action")
            if y + high > room:
                break
            y = canvas.paragraph(block, 0, y, width, "action", color) + gap
