"""Gesture HUD: the real hand in a ring, and what it means now."""

from typing import Literal

import msgspec
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtWidgets import QWidget

from gestures.events import EngageState, GestureStatus, Refusal
from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.hud import draw_hud_words
from kiosk.ui.gesture_words import GESTURE_WORDS
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

GestureHudState = Literal["off", "searching", "resting", "engaged", "dwell", "refused"]
NOTHING = Text("", "")

REFUSAL_WORDS: dict[Refusal, tuple[Text, Text]] = {
    Refusal.NOT_ENGAGED: (
        Text("아직 조작 중이 아닙니다", "Not in control yet"),
        Text("손바닥을 먼저 보여 주세요", "Show your palm first"),
    ),
    Refusal.TOO_SHORT: (
        Text("너무 짧았습니다", "That was too short"),
        Text("조금 더 유지해 주세요", "Hold it a little longer"),
    ),
    Refusal.MOVING: (
        Text("손이 움직였습니다", "The hand was moving"),
        Text("멈추고 다시 해 주세요", "Keep it still and try again"),
    ),
    Refusal.TOO_SMALL: (
        Text("손이 너무 멉니다", "The hand is too far away"),
        Text("한 걸음 다가와 주세요", "Please come a step closer"),
    ),
    Refusal.UNSURE: (
        Text("확실하지 않습니다", "Not sure what that was"),
        Text("손을 크게 펴서 다시 해 주세요", "Open the hand and try again"),
    ),
    Refusal.RETURN_STROKE: (
        Text("되돌아오는 동작입니다", "That was the hand coming back"),
        Text("한 방향으로 쓸어 주세요", "Swipe one way only"),
    ),
    Refusal.TOO_SOON: (
        Text("너무 빨랐습니다", "That was too soon"),
        Text("잠시 뒤에 다시 해 주세요", "Try again in a moment"),
    ),
    Refusal.BUSY: (
        Text("손이 계속 움직입니다", "The hands keep moving"),
        Text("손을 잠시 멈추고 다시 해 주세요", "Rest the hand a moment, then try again"),
    ),
}
# Joints of the hand in the order of MediaPipe's 21 landmarks.
BONES = (
    *((0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (6, 7), (7, 8), (5, 9), (9, 10), (10, 11)),
    *((11, 12), (9, 13), (13, 14), (14, 15), (15, 16), (13, 17), (0, 17), (17, 18), (18, 19)),
    (19, 20),
)
_INDEX_TIP = 8


class GestureHudView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`skeleton` is 21 (x, y) in a unit box (mirrored), or empty; `progress` 0-1 of a hold or
    dwell. `small`, `words` and `more` are the lines beside the ring. Pressing the HUD asks for
    `action`, if there is one."""

    state: GestureHudState = "searching"
    small: Text = Text("손 찾는 중", "Looking for a hand")
    words: Text = Text("손바닥을 보여 주세요", "Show your palm")
    more: Text = NOTHING
    skeleton: tuple[tuple[float, float], ...] = ()
    progress: float = 0.0
    action: Action | None = None


def gesture_hud_view(status: GestureStatus, meaning: Text | None = None) -> GestureHudView:
    """The HUD for what the camera sees; `meaning` is what the gesture would do now ("비교 보기"),
    told after the gesture's own name."""
    side = {"left": Text("왼손", "Left hand"), "right": Text("오른손", "Right hand")}.get(
        status.side or "", Text("손", "Hand")
    )
    if status.refused is not None:
        reason, way_out = REFUSAL_WORDS[status.refused]
        refused = Text("손짓 거절", "Gesture refused")
        return GestureHudView("refused", refused, reason, way_out, status.skeleton)
    if status.state is EngageState.SEARCHING:
        return GestureHudView()
    if status.state is EngageState.RESTING:
        return GestureHudView(
            "resting",
            Text(f"{side.ko} 보임", f"{side.en} seen"),
            Text("손바닥을 펴면 시작합니다", "Open palm to start"),
            skeleton=status.skeleton,
            progress=status.progress,
        )
    words = GESTURE_WORDS[status.candidate] if status.candidate else Text("손짓하세요", "Go ahead")
    if meaning is not None:
        words = Text(f"{words.ko}: {meaning.ko}", f"{words.en}: {meaning.en}")
    return GestureHudView(
        "dwell" if 0.0 < status.progress < 1.0 else "engaged",
        Text(f"{side.ko} 조작 중", f"{side.en} in control"),
        words,
        skeleton=status.skeleton,
        progress=status.progress,
    )


class GestureHud(Component):
    """Height 84u: ring of 80u, words to its right."""

    def __init__(self, theme: Theme, view: GestureHudView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    @property
    def view(self) -> GestureHudView:
        return self._view

    def set_view(self, view: GestureHudView) -> None:
        """Repaints the ring alone while only hand or progress change."""
        old, self._view = self._view, view
        if view == old:
            return
        if (view.small, view.words, view.more) == (old.small, old.words, old.more):
            self.repaint_area(self._ring_rect())
        else:
            self.update()

    def targets(self) -> tuple[Target, ...]:
        return (self._view.action.target(self.area()),) if self._view.action else ()

    def _ring_rect(self) -> QRectF:
        side = min(self.theme.px(84), self.area().height() - self.theme.px(3))
        return QRectF(0, self.area().height() - side, side, side)

    def paint(self, canvas: Canvas) -> None:
        theme, view, area = self.theme, self._view, self.area()
        ring = self._ring_rect()
        left = ring.right() + theme.px(12)
        canvas.rule(0, area.width(), theme.px(1))
        self._paint_ring(canvas, ring)
        draw_hud_words(
            canvas,
            QRectF(left, 0, area.width() - left, area.height()),
            view.small,
            view.words,
            view.more,
        )

    def _paint_ring(self, canvas: Canvas, rect: QRectF) -> None:
        theme, view = self.theme, self._view
        center, radius = rect.center(), rect.width() / 2 - theme.px(4)
        canvas.painter.setPen(theme.pen("surface.1", 1))
        canvas.painter.setBrush(theme.brush("surface.1"))
        canvas.painter.drawEllipse(center, radius, radius)
        if view.state == "searching":
            canvas.dashed_ring(center, radius, "text.3")
        elif view.state == "engaged":
            canvas.ring(center, radius, "accent.fill")
        elif view.state == "refused":
            canvas.ring(center, radius, "text.3")
        else:
            canvas.ring(center, radius, "surface.3")
            canvas.ring(center, radius, "accent.fill", self._shown_progress())
        if view.skeleton:
            self._paint_hand(canvas, center, radius)
        else:
            half = theme.px(8)
            y = center.y()
            canvas.rule(center.x() - half, center.x() + half, y, "text.3", 2.5)

    def _shown_progress(self) -> float:
        progress = self._view.progress
        return int(progress * 4) / 4 if self.theme.reduced_motion else progress

    def _paint_hand(self, canvas: Canvas, center: QPointF, radius: float) -> None:
        box = radius * 1.16
        left, top = center.x() - box / 2, center.y() - box / 2
        joints = [QPointF(left + x * box, top + y * box) for x, y in self._view.skeleton]
        canvas.painter.setPen(self.theme.pen("text.1", 1.8))
        canvas.painter.drawLines([QLineF(joints[a], joints[b]) for a, b in BONES])
        for i, joint in enumerate(joints):
            if i != _INDEX_TIP:
                canvas.dot(joint, 2.0, "text.1")
        canvas.dot(joints[_INDEX_TIP], 3.6, "accent.fill")
