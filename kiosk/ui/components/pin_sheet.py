"""PIN sheet: who asks to be let in presses their digits. They stay in it until all are there."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.core.pins import LEAST, MOST
from kiosk.core.state import PinView
from kiosk.ui.component import Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.components.sheet import AskingSheet
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

KEYS = "123456789"
ERASE = Text("지우기", "Erase")
DONE = Text("확인", "Enter")
CANCEL = Text("취소", "Cancel")
KEY_U, GAP_U, DOT_U = 72.0, 12.0, 18.0


class PinSheet(AskingSheet[PinView]):
    """Twelve keys, dots for what was pressed, and the way out."""

    width_u = 560.0

    def __init__(
        self, theme: Theme, view: PinView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, view, parent)
        self._digits = ""

    def show_view(self, view: PinView | None) -> None:
        if view != self._view:
            self._digits = ""
        super().show_view(view)

    def activate(self, target: Target) -> None:
        """A digit is nobody's business; all together are submitted, and forgotten here."""
        name = target.trigger.removeprefix("pin.")
        if name.isdigit():
            self._digits = (self._digits + name)[:MOST]
        elif name == "erase":
            self._digits = self._digits[:-1]
        elif self._view is not None:
            args = {"profile": self._view.profile, "pin": self._digits}
            self._digits = ""
            shown = target.args if name == "cancel" else args
            self.submitted.emit(target.command, dict(shown), target.trigger)
        self.update()

    def countdown_rect(self) -> QRectF:
        rect = self.content_rect()
        return QRectF(rect.center().x(), rect.top(), rect.width() / 2, self.theme.px(48))

    def _head_px(self) -> float:
        return self.theme.px(132)

    def content_px(self) -> float:
        px = self.theme.px
        return self._head_px() + 4 * (px(KEY_U) + px(GAP_U)) + px(56)

    def targets(self) -> tuple[Target, ...]:
        if self._view is None:
            return ()
        px, rect = self.theme.px, self.content_rect()
        wide = (rect.width() - 2 * px(GAP_U)) / 3

        def place(row: int, column: int) -> QRectF:
            left = rect.left() + column * (wide + px(GAP_U))
            top = rect.top() + self._head_px() + row * (px(KEY_U) + px(GAP_U))
            return QRectF(left, top, wide, px(KEY_U))

        keys = [Target(place(i // 3, i % 3), "", {}, f"pin.{key}") for i, key in enumerate(KEYS)]
        erase = Target(place(3, 0), "", {}, "pin.erase", enabled=bool(self._digits))
        ready = len(self._digits) >= LEAST
        done = Target(place(3, 2), "profile.enter", {}, "pin.enter", enabled=ready)
        foot = QRectF(rect.left(), rect.bottom() - px(56), rect.width(), px(56))
        cancel = Target(foot, "profile.cancel", {}, "pin.cancel")
        return (*keys, erase, Target(place(3, 1), "", {}, "pin.0"), done, cancel)

    def paint_content(self, canvas: Canvas, rect: QRectF) -> None:
        view, px = self._view, self.theme.px
        if view is None:
            return
        baseline = rect.top() + canvas.line_px("title") * 0.76
        taken = canvas.text(self.left(), rect.right(), baseline, "tab", "text.2", align="right")
        room = rect.width() - taken - px(20)
        title = Text(f"{view.name.ko} PIN", f"PIN: {view.name.en}")
        canvas.text(title, rect.left(), baseline, "title", width=room)
        self._paint_dots(canvas, rect)
        words = {"pin.erase": ERASE, "pin.enter": DONE, "pin.cancel": CANCEL}
        for target in self.targets():
            name = target.trigger
            label = words.get(name) or name.removeprefix("pin.")
            draw_button(
                canvas,
                target.rect,
                label,
                "primary" if name == "pin.enter" else "secondary" if name in words else "normal",
                pressed=self.is_pressed(name),
                enabled=target.enabled,
                role="title" if name not in words else "action",
            )

    def _paint_dots(self, canvas: Canvas, rect: QRectF) -> None:
        px = self.theme.px
        middle = rect.top() + self._head_px() - px(44)
        if not self._digits and self._view is not None and self._view.note is not None:
            baseline = canvas.middle_baseline(middle, "body")
            canvas.text(
                *(self._view.note, rect.left(), baseline, "body", "severity.warning.word"),
                width=rect.width(),
            )
            return
        step = px(DOT_U * 2)
        left = rect.center().x() - step * (MOST - 1) / 2
        for index in range(MOST):
            size = px(DOT_U if index < len(self._digits) else DOT_U / 3)
            color = "text.1" if index < len(self._digits) else "text.3"
            box = QRectF(left + index * step - size / 2, middle - size / 2, size, size)
            canvas.painter.setBrush(self.theme.color(color))
            canvas.painter.setPen(self.theme.color(color))
            canvas.painter.drawEllipse(box)
