"""The list of orders: what and to whom at the left, how far it is at the right."""

from PySide6.QtCore import QPointF, QRectF

from kiosk.panels.chain_drawing import CHAIN_U, paint_chain
from kiosk.panels.lined import Lined
from kiosk.panels.orders.model import OrderLine
from kiosk.panels.paging import PagedRows
from kiosk.ui.component import Target
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

WORDS_SHARE = 0.46
SUBJECT = Text("대상", "About")


class OrderTable(Lined[OrderLine], PagedRows):
    """A row opens its order; the button in it opens what the order is about."""

    name = "orders"
    row_u = 118.0

    def row_targets(self, box: QRectF, index: int) -> tuple[Target, ...]:
        line = self._lines[index]
        whole = Target(box, "order.show", {"order": line.id}, f"orders.row.{line.id}")
        if line.writing:
            return ()
        if line.press is None:
            return (whole,)
        press, trigger = line.press, f"orders.about.{line.id}"
        return (Target(self._button(box), press.command, press.args, trigger), whole)

    def _button(self, box: QRectF) -> QRectF:
        width, high = self.theme.px(96), self.theme.px(BUTTON_U)
        right = box.width() * WORDS_SHARE
        return QRectF(right - width, box.center().y() - high / 2, width, high)

    def paint_row(self, canvas: Canvas, box: QRectF, index: int) -> None:
        line = self._lines[index]
        right = box.width() * WORDS_SHARE - self.theme.px(20)
        if line.press is not None and not line.writing:
            button = self._button(box)
            pressed = self.is_pressed(f"orders.about.{line.id}")
            draw_button(canvas, button, SUBJECT, pressed=pressed)
            right = button.left() - self.theme.px(20)
        paint_words(canvas, box, right, line)
        left = box.width() * WORDS_SHARE + self.theme.px(12)
        top = box.center().y() - self.theme.px(CHAIN_U) / 2
        room = QRectF(left, top, box.width() - left, self.theme.px(CHAIN_U))
        paint_chain(canvas, room, line.steps)


def paint_words(canvas: Canvas, box: QRectF, right: float, line: OrderLine) -> None:
    """What is ordered, of whom and about what, and by whom or what the matter is with it."""
    theme = canvas.theme
    head, line_px = canvas.line_px("tab"), canvas.line_px("action")
    y = box.center().y() - (head + 2 * line_px) / 2 + head * 0.76
    canvas.text(_beginning(canvas, line.text, right), 0, y, "tab", weight=700, width=right)
    y += line_px * 1.04
    taken = canvas.text(line.to, 0, y, "action", weight=600, width=right)
    gap = theme.px(12)
    room = right - taken - gap
    if line.simulated and room > canvas.tag_width():
        taken += canvas.tag(taken + gap, y) + gap
        room = right - taken - gap
    if line.subject.ko and canvas.width(line.subject, "micro") <= room:
        canvas.text(line.subject, taken + gap, y, "action", "text.2", width=room)
    y += line_px
    x = 0.0
    if line.trouble:
        size = theme.px(15)
        canvas.lamp("degraded", QPointF(size / 2, y - size * 0.35), size)
        x = size * 1.5
    words = line.note if line.note.ko else line.given
    if line.note.ko and not line.trouble:
        words = Text(f"{line.note.ko}, {line.given.ko}", f"{line.note.en}, {line.given.en}")
    color, weight = ("text.1", 600) if line.trouble else ("text.2", None)
    canvas.text(words, x, y, "action", color, weight=weight, width=right - x)


def _beginning(canvas: Canvas, text: str, room: float) -> str:
    """As many whole words of an order as a line has room for; opened, it shows all."""
    words = text.split(" ")
    kept = len(words)
    while kept > 1 and canvas.width(_cut(words, kept), "tab", 700) > room:
        kept -= 1
    return _cut(words, kept)


def _cut(words: list[str], kept: int) -> str:
    return " ".join(words[:kept]) + ("…" if kept < len(words) else "")
