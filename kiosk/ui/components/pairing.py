"""Pieces of the pairing view: QR code, steps, check code, countdown."""

from functools import lru_cache

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.ages import left_words, seconds_left
from kiosk.ui.component import Component
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

# Modules of quiet zone around a QR code (ISO/IEC 18004, 7.3.8 and 9.1).
QUIET_MODULES = 4


@lru_cache(maxsize=4)
def qr_modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code, level Q, without a quiet zone."""
    import segno  # only the pairing view needs it: kept away from the first paint

    return tuple(
        tuple(bool(module) for module in row) for row in segno.make(content, error="q").matrix
    )


class QrCode(Component):
    """A square code, dark on white in every theme; empty content draws an empty field."""

    def __init__(self, theme: Theme, content: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._content = content

    def set_content(self, content: str) -> None:
        if content != self._content:
            self._content = content
            self.update()

    def paint(self, canvas: Canvas) -> None:
        area = self.area()
        side = min(area.width(), area.height())
        field = QRectF(0, 0, side, side)
        if not self._content:
            canvas.surface(field, "surface.1")
            return
        canvas.surface(field, "qr.light")
        rows = qr_modules(self._content)
        module = side // (len(rows) + 2 * QUIET_MODULES)
        start = (side - module * len(rows)) / 2
        canvas.painter.setRenderHint(canvas.painter.RenderHint.Antialiasing, False)
        dark = self.theme.color("qr.dark")
        for y, row in enumerate(rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    at = QRectF(
                        round(start) + x * module, round(start) + y * module, module, module
                    )
                    canvas.painter.fillRect(at, dark)


class CheckCodeView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`code` as on the tablet ("482 913"); `waiting` says who waits; `expires_ms` (epoch) and
    `total_ms` give the bar."""

    code: str
    waiting: Text
    expires_ms: int
    total_ms: int


class CheckCode(Component):
    """The number to compare, 152u high, over its countdown bar."""

    counts_seconds = True

    def __init__(self, theme: Theme, view: CheckCodeView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    def set_view(self, view: CheckCodeView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def set_now(self, now_ms: int) -> None:
        """Counts down; repaints the bar alone."""
        super().set_now(now_ms)
        area = self.area()
        top = self._bar_top()
        self.repaint_area(QRectF(0, top, area.width(), area.height() - top))

    def _bar_top(self) -> float:
        return self.theme.px(28) + self.theme.font("checkCode", scaled=False).pixelSize() * 1.15

    def paint(self, canvas: Canvas) -> None:
        px, view, area = self.theme.px, self._view, self.area()
        canvas.text(Text("확인 번호", "Check code"), 0, px(20), "body", "text.2")
        baseline = self._bar_top() - px(30)
        canvas.unscaled_text(view.code, 0, baseline, "checkCode", "text.1", area.width())
        left_s = seconds_left(view.expires_ms, self.now_ms)
        share = min(1.0, left_s * 1000 / max(1, view.total_ms))
        top = self._bar_top()
        canvas.painter.fillRect(QRectF(0, top, area.width(), px(7)), self.theme.color("surface.2"))
        canvas.painter.fillRect(
            QRectF(0, top, area.width() * share, px(7)), self.theme.color("accent.fill")
        )
        baseline = top + px(14) + canvas.line_px("body")
        left = left_words(left_s) if left_s else Text("시간이 지났습니다", "Expired")
        taken = canvas.text(left, area.width(), baseline, "body", weight=600, align="right")
        room = area.width() - taken - px(20)
        canvas.text(view.waiting, 0, baseline, "body", "text.2", width=room)


class PairingSteps(Component):
    """Numbered sentences, one line each."""

    def __init__(
        self, theme: Theme, steps: tuple[Text, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._steps = steps
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paint(self, canvas: Canvas) -> None:
        px, area = self.theme.px, self.area()
        height = area.height() / max(1, len(self._steps))
        for i, step in enumerate(self._steps):
            middle = height * (i + 0.5)
            baseline = canvas.middle_baseline(middle, "title")
            canvas.text(str(i + 1), 0, baseline, "title", "text.3", weight=600)
            baseline = canvas.middle_baseline(middle, "action")
            canvas.text(step, px(44), baseline, "action", weight=500, width=area.width() - px(44))
            canvas.rule(0, area.width(), height * (i + 1) - px(1), stroke="rowRule")
