"""Confirm sheet: a question, why it is asked, how long it waits, and two answers."""

from typing import Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF

from kiosk.core.state import ConfirmationView
from kiosk.ui.component import Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import draw_button
from kiosk.ui.components.sheet import AskingSheet
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Glyph
from kiosk.wire.text import Text

EXPIRED = Text("확인이 없어 하지 않았습니다", "Not done: nobody confirmed")
DONE = Text("실행했습니다", "Done")


class ConfirmSheetView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`expires_ms` (epoch) is when the question goes away by itself."""

    question: Text
    why: Text
    expires_ms: int
    accept: Action
    cancel: Action
    state: Literal["waiting", "done", "expired"] = "waiting"


def confirm_sheet_view(asked: ConfirmationView) -> ConfirmSheetView:
    """The sheet for the question that the dispatcher holds."""
    args = {"nonce": asked.nonce}
    return ConfirmSheetView(
        asked.question,
        asked.why,
        asked.expires_ms,
        Action(asked.verb, "confirm.accept", args, "confirm.accept", "check"),
        Action(Text("취소", "Cancel"), "confirm.cancel", args, "confirm.cancel"),
    )


class ConfirmSheet(AskingSheet[ConfirmSheetView]):
    """The question over the two answers, or how it ended."""

    # ---- geometry

    def _button_px(self) -> float:
        return float(max(self.theme.px(68), self.theme.touch_min_px()))

    def _countdown_px(self) -> float:
        return self.theme.metrics("tab", 600).horizontalAdvance("00분 00초")

    def countdown_rect(self) -> QRectF:
        rect = self.content_rect()
        width = self._countdown_px()
        return QRectF(rect.right() - width, rect.top(), width, self.theme.px(48))

    def _words(self) -> tuple[Text, Text]:
        assert self._view is not None
        if self._view.state == "expired":
            return EXPIRED, self._view.question
        if self._view.state == "done":
            return DONE, self._view.question
        return self._view.question, self._view.why

    def _text_heights(self) -> tuple[float, float]:
        question, why = (self.theme.say(words) for words in self._words())
        most = self.theme.px(self.width_u) - 2 * self.theme.px(self.pad_u)
        width = min(float(most), self.area().width() - 4 * self.theme.px(self.pad_u))
        first = self.text_px(question, "title", width - self._countdown_px(), 700, 2)
        return first, self.text_px(why, "action", width, 500, 3) if why else 0.0

    def content_px(self) -> float:
        if self._view is None:
            return 0.0
        question, why = self._text_heights()
        buttons = self.theme.px(28) + self._button_px() if self._view.state == "waiting" else 0
        return question + self.theme.px(12) + why + buttons

    def targets(self) -> tuple[Target, ...]:
        if self._view is None or self._view.state != "waiting":
            return ()
        rect, gap = self.content_rect(), self.theme.px(16)
        height = self._button_px()
        wide = (rect.width() - gap) * 0.6
        top = rect.bottom() - height
        return (
            self._view.accept.target(QRectF(rect.left(), top, wide, height)),
            self._view.cancel.target(
                QRectF(rect.left() + wide + gap, top, rect.width() - wide - gap, height)
            ),
        )

    # ---- drawing

    def paint_content(self, canvas: Canvas, rect: QRectF) -> None:
        view = self._view
        if view is None:
            return
        question, why = self._words()
        width = rect.width() - self._countdown_px()
        left = rect.left()
        if view.state != "waiting":
            size = self.theme.px(34)
            glyph: Glyph = "check" if view.state == "done" else "struck"
            color = "accent.fill" if view.state == "done" else "text.1"
            canvas.glyph(glyph, QPointF(left + size / 2, rect.top() + size * 0.65), size, color)
            left += size * 1.5
        bottom = canvas.paragraph(
            question, left, rect.top(), width - (left - rect.left()), "title", max_lines=2
        )
        canvas.paragraph(
            why,
            left,
            bottom + self.theme.px(12),
            rect.right() - left,
            "action",
            "text.2",
            weight=500,
            max_lines=3,
        )
        if view.state == "waiting":
            self._paint_waiting(canvas, view, rect)

    def _paint_waiting(self, canvas: Canvas, view: ConfirmSheetView, rect: QRectF) -> None:
        baseline = rect.top() + canvas.line_px("title") * 0.76
        canvas.text(self.left(), rect.right(), baseline, "tab", "text.2", weight=600, align="right")
        accept, cancel = self.targets()
        draw_button(
            canvas,
            accept.rect,
            view.accept.label,
            "primary",
            pressed=self.is_pressed(accept.trigger),
            icon="check",
            role="lead",
        )
        draw_button(
            canvas,
            cancel.rect,
            view.cancel.label,
            pressed=self.is_pressed(cancel.trigger),
            role="lead",
        )
