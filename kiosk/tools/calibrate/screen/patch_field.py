"""Patches to judge by eye: gamma, the darkest and the lightest steps."""

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from kiosk.tools.calibrate.screen.field import STOP, Field
from kiosk.tools.calibrate.step import Value
from kiosk.tools.calibrate.steps.patches import GAMMAS, LEVELS, STEPS
from kiosk.ui.component import Target
from kiosk.ui.components.button import draw_button
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

QUESTIONS = {
    "gamma": Text(
        "멀리서 줄무늬와 가장 비슷한 칸을 누르십시오",
        "From afar: press the patch that is most like the stripes",
    ),
    "black": Text(
        "검은 바탕에서 보이는 칸은 몇 개입니까?", "How many patches do you see on the black?"
    ),
    "white": Text(
        "흰 바탕에서 보이는 칸은 몇 개입니까?", "How many patches do you see on the white?"
    ),
}
STRIPE_PX = 2


class PatchField(Field):
    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._answers: dict[str, Value] = {}

    @property
    def asked(self) -> str:
        """gamma, black or white; the last one when all are answered."""
        return next((name for name in QUESTIONS if name not in self._answers), "white")

    def targets(self) -> tuple[Target, ...]:
        places = self._choices()
        values = GAMMAS if self.asked == "gamma" else range(len(places))
        return (
            self.target("stop"),
            *(
                Target(rect, "answer", {"value": float(value)}, f"answer.{value}")
                for value, rect in zip(values, places, strict=True)
            ),
        )

    def _choices(self) -> list[QRectF]:
        count = len(GAMMAS) if self.asked == "gamma" else STEPS + 1
        px, area = self.theme.px, self.area()
        if self.asked == "gamma":
            wide, high = area.width() * 0.14, area.height() * 0.42
            gap, top = px(24), area.height() * 0.36
        else:
            wide, high, gap, top = px(140), px(72), px(16), area.height() * 0.82
        left = area.center().x() - (count * wide + (count - 1) * gap) / 2
        return [QRectF(left + i * (wide + gap), top, wide, high) for i in range(count)]

    def activate(self, target: Target) -> None:
        if target.command == "answer":
            self._answers[self.asked] = float(str(target.args["value"]))
            self.update()
            if len(self._answers) == len(QUESTIONS):
                self.ended.emit(dict(self._answers))
            return
        super().activate(target)

    def paint(self, canvas: Canvas) -> None:
        asked, area = self.asked, self.area()
        if asked == "gamma":
            self.paint_ground(canvas, QUESTIONS[asked])
            for gamma, rect in zip(GAMMAS, self._choices(), strict=True):
                self._gamma(canvas, gamma, rect)
        else:
            dark = asked == "black"
            canvas.painter.fillRect(area, QColor(0, 0, 0) if dark else QColor(255, 255, 255))
            self._steps(canvas, dark)
            # words on a strip of their own: they must be readable on black and white
            strip = QRectF(0, area.height() * 0.68, area.width(), area.height() * 0.32)
            canvas.painter.fillRect(strip, self.theme.color("background"))
            words, y = QUESTIONS[asked], area.height() * 0.76
            canvas.text(words, area.center().x(), y, "tab", align="center")
            for count, rect in enumerate(self._choices()):
                pressed = self.is_pressed(f"answer.{count}")
                draw_button(canvas, rect, f"{count}", pressed=pressed, role="tab")
        self.draw_corner(canvas, "stop", STOP)

    def _gamma(self, canvas: Canvas, gamma: float, rect: QRectF) -> None:
        """Stripes that emit half of the light, around a patch that does so at this gamma."""
        canvas.painter.fillRect(rect, QColor(0, 0, 0))
        y = rect.top()
        while y < rect.bottom():
            stripe = QRectF(rect.left(), y, rect.width(), STRIPE_PX)
            canvas.painter.fillRect(stripe, QColor(255, 255, 255))
            y += 2 * STRIPE_PX
        level = round(255 * 0.5 ** (1 / gamma))
        inner = QRectF(0, 0, rect.width() * 0.55, rect.height() * 0.5)
        inner.moveCenter(rect.center())
        canvas.painter.fillRect(inner, QColor(level, level, level))

    def _steps(self, canvas: Canvas, dark: bool) -> None:
        area = self.area()
        wide, gap = area.width() * 0.12, area.width() * 0.04
        left = area.center().x() - (STEPS * wide + (STEPS - 1) * gap) / 2
        for i in range(STEPS):
            level = LEVELS * (i + 1) if dark else 255 - LEVELS * (i + 1)
            rect = QRectF(left + i * (wide + gap), area.height() * 0.24, wide, area.height() * 0.3)
            canvas.painter.fillRect(rect, QColor(level, level, level))
