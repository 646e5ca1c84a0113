"""Choice sheet: which of the two? Answered by finger, hand or number."""

import msgspec
from PySide6.QtCore import QRectF

from kiosk.core.state import ChoiceView
from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import draw_button
from kiosk.ui.components.sheet import AskingSheet
from kiosk.ui.paint import Canvas
from kiosk.wire.text import Text

WHICH = Text("어느 쪽입니까?", "Which one?")
BY_NUMBER = Text(
    "화면을 누르거나 “일 번”, “이 번”이라고 말하세요",
    "Press one, or say its number",
)


class ChoiceSheetView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two or three options, numbered from 1 in this order, and the way to take none."""

    heard: str
    options: tuple[Action, ...]
    expires_ms: int
    drop: Action


def choice_sheet_view(asked: ChoiceView) -> ChoiceSheetView:
    """The sheet for the choice that the state holds."""
    return ChoiceSheetView(
        asked.heard,
        tuple(
            Action(
                Text(option.label, option.label), "choice.take", {"number": i}, f"choice.take.{i}"
            )
            for i, option in enumerate(asked.options, 1)
        ),
        asked.expires_ms,
        Action(Text("아무것도 아님", "Neither"), "choice.drop", {}, "choice.drop"),
    )


class ChoiceSheet(AskingSheet[ChoiceSheetView]):
    """Its options side by side; under them the way to take none."""

    width_u = 860.0

    def countdown_rect(self) -> QRectF:
        rect = self.content_rect()
        width = rect.width() / 3
        return QRectF(rect.right() - width, rect.top(), width, self.theme.px(48))

    def _words_px(self) -> float:
        sizes = self.theme.font("title"), self.theme.font("action")
        return sum(font.pixelSize() for font in sizes) * 1.34 + self.theme.px(8)

    def content_px(self) -> float:
        buttons = self.theme.px(88) + self.theme.px(16) + self.theme.px(56)
        return self._words_px() + self.theme.px(24) + buttons

    def targets(self) -> tuple[Target, ...]:
        if self._view is None:
            return ()
        rect, gap = self.content_rect(), self.theme.px(16)
        count = len(self._view.options)
        width = (rect.width() - gap * (count - 1)) / max(1, count)
        top = rect.top() + self._words_px() + self.theme.px(24)
        options = tuple(
            option.target(QRectF(rect.left() + i * (width + gap), top, width, self.theme.px(88)))
            for i, option in enumerate(self._view.options)
        )
        height = self.theme.px(56)
        drop = QRectF(rect.left(), rect.bottom() - height, rect.width(), height)
        return (*options, self._view.drop.target(drop))

    def paint_content(self, canvas: Canvas, rect: QRectF) -> None:
        view = self._view
        if view is None:
            return
        baseline = rect.top() + canvas.line_px("title") * 0.76
        left = self.theme.say(self.left())
        canvas.text(left, rect.right(), baseline, "tab", "text.2", weight=600, align="right")
        which = self.theme.say(WHICH)
        title = f"“{view.heard}”, {which}" if view.heard else which
        room = rect.width() - canvas.width("00초", "tab", 600) - self.theme.px(24)
        canvas.text(title, rect.left(), baseline, "title", width=room)
        baseline += canvas.line_px("action") + self.theme.px(4)
        canvas.text(
            BY_NUMBER, rect.left(), baseline, "action", "text.2", weight=500, width=rect.width()
        )
        for i, (action, target) in enumerate(zip(view.options, self.targets(), strict=False), 1):
            label = self.theme.say(action.label)
            draw_button(
                canvas,
                target.rect,
                Text(f"{i}번  {label}", f"{i}  {label}"),
                pressed=self.is_pressed(target.trigger),
                role="tab",
            )
        drop = self.targets()[-1]
        draw_button(
            canvas,
            drop.rect,
            view.drop.label,
            "secondary",
            pressed=self.is_pressed(drop.trigger),
        )
