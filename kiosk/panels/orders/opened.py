"""One order in full."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.pack.clock import local_time
from kiosk.panels.chain_drawing import CHAIN_U, paint_chain
from kiosk.panels.orders.model import OrderLine
from kiosk.ui.charts.map_model import Press
from kiosk.ui.component import Component, Target
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.orders import SeenLine, SeenView
from kiosk.wire.text import Text

OPEN = Text("대상 열기", "Open what it is about")
CALL = Text("영상 통화", "Video call")
ANSWER = Text("답변", "Answer")


class OpenedOrder(Component):
    """All its words, its steps, whom and about what."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._line: OrderLine | None = None

    def set_line(self, line: OrderLine | None) -> None:
        if line != self._line:
            self._line = line
            self.update()

    def _buttons(self) -> tuple[tuple[Text, Press, str], ...]:
        """Label, what it asks for, and the name of its place."""
        line = self._line
        if line is None:
            return ()
        both = ((OPEN, line.press, "orders.open.about"), (CALL, line.call, "orders.open.call"))
        return tuple((label, press, name) for label, press, name in both if press is not None)

    def targets(self) -> tuple[Target, ...]:
        width, high, gap = self.theme.px(260), self.theme.px(BUTTON_U), self.theme.px(16)
        top = self.area().height() - high
        return tuple(
            Target(QRectF(n * (width + gap), top, width, high), press.command, press.args, name)
            for n, (_, press, name) in enumerate(self._buttons())
        )

    def _paint_view(self, canvas: Canvas, view: SeenView, top: float) -> None:
        """What was looked at, as far as there is room for whole lines of it."""
        area, at = self.area(), local_time(view.t_ms)
        foot = area.height() - self.theme.px(BUTTON_U + 20)
        when = f"{at.month}/{at.day} {at:%H:%M}"
        head = Text(
            f"함께 보낸 화면: {view.title.ko}, {when}", f"Sent with it: {view.title.en}, {when}"
        )
        top = canvas.paragraph(head, 0, top, area.width(), "lead", "text.2")
        for each in view.lines:
            words = _seen(each)
            high = canvas.paragraph_px(words, area.width(), "lead", max_lines=1)
            if top + high > foot:
                break
            top = canvas.paragraph(words, 0, top, area.width(), "lead", max_lines=1)

    def paint(self, canvas: Canvas) -> None:
        line, area = self._line, self.area()
        if line is None:
            return
        gap = self.theme.px(20)
        taken = canvas.text(
            line.to, 0, canvas.line_px("tab"), "tab", weight=600, width=area.width()
        )
        if line.simulated:
            canvas.tag(taken + gap, canvas.line_px("tab"))
        top = canvas.paragraph(
            line.text, 0, canvas.line_px("tab") + gap, area.width(), "title", weight=700
        )
        facts = [words for words in (line.subject, line.given) if words.ko]
        both = Text(", ".join(f.ko for f in facts), ", ".join(f.en for f in facts))
        top = canvas.paragraph(both, 0, top + gap / 2, area.width(), "lead", "text.2")
        chain = QRectF(0, top + 2 * gap, area.width(), self.theme.px(CHAIN_U))
        paint_chain(canvas, chain, line.steps)
        top = chain.bottom() + 2 * gap
        if line.note.ko:
            weight = 700 if line.trouble else 500
            top = canvas.paragraph(line.note, 0, top, area.width(), "lead", weight=weight) + gap
        if line.answer:
            top = canvas.paragraph(ANSWER, 0, top, area.width(), "lead", "text.2")
            top = canvas.paragraph(line.answer, 0, top, area.width(), "tab", weight=600) + gap
        if line.view is not None:
            self._paint_view(canvas, line.view, top)
        for target, (label, _, _) in zip(self.targets(), self._buttons(), strict=True):
            pressed = self.is_pressed(target.trigger)
            draw_button(canvas, target.rect, label, pressed=pressed)


def _seen(line: SeenLine) -> Text:
    """A line of the view with how old it was, and that it was made up if so."""
    mark = Text("모의", "simulated") if line.simulated else Text("", "")
    ko = ", ".join(part for part in (line.value.ko, line.age.ko, mark.ko) if part)
    en = ", ".join(part for part in (line.value.en, line.age.en, mark.en) if part)
    return Text(f"{line.label.ko}: {ko}", f"{line.label.en}: {en}")
