"""One complaint in the citizen's words, and the answers that it got."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.panels.complaints.model import Opened
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.ruler import wrap
from kiosk.ui.theme import Theme

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
        answers = [self.theme.say(answer) for answer in opened.answers[:ANSWERS]]
        kept = sum(canvas.paragraph_px(answer, width, "action") + gap for answer in answers)
        line = canvas.line_px("action")
        lines = wrap(self.theme.metrics("action"), opened.description, width)
        most = max(0, int((room - y - kept - gap) / line))
        if len(lines) > most > 0:  # an answer is worth more than the end of a long complaint
            last = canvas.whole_words(" ".join(lines[most - 1 :]), width, "action")
            lines = [*lines[: most - 1], last]
        for words in lines[:most] if opened.description else ():
            canvas.text(words, 0, y + line * 0.76, "action")
            y += line
        y += gap
        for answer in answers:
            if y + canvas.paragraph_px(answer, width, "action") > room:
                break
            y = canvas.paragraph(answer, 0, y, width, "action", "text.2") + gap
