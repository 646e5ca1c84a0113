"""Toast: what came of it, in one sentence, for four seconds."""

import msgspec
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.ruler import Ruler
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

TOAST_MS = 4000


class ToastView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`done` draws a check, otherwise a struck ring; `reason` is the second line: why not, and the
    way out."""

    words: Text
    done: bool = True
    reason: Text = Text("", "")


class Toast(Component):
    """Never in the way of a finger: presses go through it."""

    def __init__(
        self, theme: Theme, view: ToastView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def view(self) -> ToastView | None:
        return self._view

    def show_view(self, view: ToastView | None) -> None:
        self._view = view
        self.setVisible(view is not None)
        self.update()

    def _widths(self) -> tuple[float, float]:
        """Room beside the words, and the most that words may take."""
        px = self.theme.px
        return px(24) + px(34) + px(18) + px(28), px(820)

    def _words_px(self, ruler: Ruler, width: float) -> float:
        if self._view is None:
            return 0.0
        words, reason = self._view.words, self._view.reason
        height = ruler.paragraph_px(words, width, "lead", weight=600, max_lines=2)
        return height + (ruler.paragraph_px(reason, width, max_lines=2) if reason.ko else 0.0)

    def preferred_size(self, most_px: int) -> QSize:
        """Size in widget pixels for these words, at most `most_px` wide."""
        if self._view is None:
            return QSize(0, 0)
        canvas = self.measure()
        around, most = self._widths()
        most = min(most, most_px * self.theme.pixel_aspect - around)
        words = canvas.width(self._view.words, "lead", 600)
        reason = canvas.width(self._view.reason, "body")
        width = min(max(words, reason) + self.theme.px(2), most)
        height = self._words_px(canvas, width) + 2 * self.theme.px(18)
        return QSize(round((width + around) / self.theme.pixel_aspect), round(height))

    def paint(self, canvas: Canvas) -> None:
        view, area = self._view, self.area()
        if view is None:
            return
        px = self.theme.px
        canvas.surface(area, "surface.2")
        glyph, color = ("check", "accent.fill") if view.done else ("struck", "text.1")
        center = QPointF(px(24) + px(34) / 2, area.center().y())
        canvas.glyph("check" if glyph == "check" else "struck", center, px(34), color)
        left = px(24) + px(34) + px(18)
        width = area.width() - left - px(26)
        top = area.center().y() - self._words_px(canvas, width) / 2
        bottom = canvas.paragraph(view.words, left, top, width, "lead", weight=600, max_lines=2)
        if view.reason.ko:
            canvas.paragraph(view.reason, left, bottom, width, "body", "text.2", max_lines=2)
