"""What the two HUDs share: up to three lines of words beside a picture."""

from PySide6.QtCore import QRectF

from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Bilingual


def draw_hud_words(
    canvas: Canvas,
    rect: QRectF,
    small: Bilingual,
    words: Bilingual,
    more: Bilingual,
    *,
    color: str = "text.1",
) -> None:
    """A quiet line, the line that counts, a way out. What does not fit is left out from the
    outside in: first `more`, then `small`; `words` may take two lines."""
    room = rect.height()
    role, lines = canvas.lines(words, rect.width(), "body", 600, 2)
    needed = canvas.line_px(role) * len(lines)
    meta = canvas.line_px("meta")
    with_small = bool(small.ko) and needed + meta <= room
    needed += meta * with_small
    with_more = bool(more.ko) and needed + meta <= room
    needed += meta * with_more
    y = rect.center().y() - needed / 2
    if with_small:
        canvas.text(small, rect.left(), y + meta * 0.76, "meta", "text.3", width=rect.width())
        y += meta
    y = canvas.paragraph(
        words, rect.left(), y, rect.width(), "body", color, weight=600, max_lines=2
    )
    if with_more:
        canvas.text(more, rect.left(), y + meta * 0.76, "meta", "text.2", width=rect.width())
