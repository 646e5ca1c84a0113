"""Voice HUD: how loud it is, what was heard, what came of it."""

import math
from typing import Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.hud import draw_hud_words
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text
from voice.events import TOO_NOISY_DB, ListeningState, NoMatch, NoMatchReason, VoiceStatus

VoiceHudState = Literal["off", "resting", "listening", "heard", "accepted", "refused", "choice"]
NOTHING = Text("", "")
# A voice is shown between a quiet room and full scale.
FLOOR_DB = -60.0
_SHAPE = (0.36, 0.62, 0.46, 0.9, 0.68, 1.0, 0.58, 0.78, 0.4)

NO_MATCH_WORDS: dict[NoMatchReason, Text] = {
    NoMatchReason.SILENCE: Text("들리지 않았습니다", "Nothing was heard"),
    NoMatchReason.UNKNOWN: Text("모르는 말입니다", "I don't know that"),
    NoMatchReason.UNSURE: Text("확실히 듣지 못했습니다", "I did not hear that clearly"),
    NoMatchReason.NO_SUCH_VALUE: Text(
        "그런 날짜나 값은 없습니다", "There is no such date or value"
    ),
    NoMatchReason.NOT_OURS: Text(
        "명령이 아닌 말로 들렸습니다", "That did not sound like a command"
    ),
    NoMatchReason.NOISY: Text("너무 시끄럽습니다", "Too noisy"),
}


class VoiceHudView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`small`, `words`, `more`: the lines beside the bars. `level` 0-1 is the loudness now.
    Pressing the HUD asks for `action` (listen)."""

    state: VoiceHudState = "resting"
    small: Text = Text("음성 쉼", "Voice resting")
    words: Text = Text("눌러서 말하세요", "Press and speak")
    more: Text = NOTHING
    level: float = 0.0
    action: Action | None = None


def level_of(level_db: float) -> float:
    """Loudness in dB below full scale as 0-1 of the bars."""
    return min(1.0, max(0.0, 1.0 - level_db / FLOOR_DB))


def quoted(words: str) -> Text:
    """A sentence in quotes, the same in both languages."""
    return Text(f"“{words}”", f"“{words}”")


def voice_hud_view(status: VoiceStatus, action: Action | None = None) -> VoiceHudView:
    """The HUD while a window is open, resting, or without a microphone."""
    level = level_of(status.level_db)
    if status.state is ListeningState.UNAVAILABLE:
        return VoiceHudView(
            "off",
            Text("음성 쓸 수 없음", "Voice not available"),
            Text("화면을 눌러 주세요", "Please touch the screen"),
        )
    if status.state is ListeningState.RESTING:
        return VoiceHudView(action=action)
    if status.state is ListeningState.DECIDING:
        words = quoted(status.partial) if status.partial else Text("알아보는 중", "Working it out")
        return VoiceHudView("heard", Text("인식", "Heard"), words, action=action)
    partial = status.partial
    words = Text(f"“{partial}…", f"“{partial}…") if partial else Text("말씀하세요", "Please speak")
    left_s = math.ceil(status.seconds_left)
    small = Text(f"듣는 중, {left_s}초", f"Listening, {left_s} s")
    return VoiceHudView("listening", small, words, _noise(status), level, action)


def _noise(status: VoiceStatus) -> Text:
    """How far a voice stands out of the noise; lost sound matters more than that."""
    if status.overflows:
        return Text("소리를 놓쳤습니다", "Some sound was lost")
    if status.snr_db is None:
        return NOTHING
    if status.snr_db < TOO_NOISY_DB:
        return NO_MATCH_WORDS[NoMatchReason.NOISY]
    return Text(f"소음 대비 {status.snr_db:.0f} dB", f"{status.snr_db:.0f} dB above the noise")


def refused_voice_view(answer: NoMatch, action: Action | None = None) -> VoiceHudView:
    """What was heard, why nothing was done, and a phrase that works."""
    heard = Text(f"거절, “{answer.heard}”", f"Refused, “{answer.heard}”")
    more = NOTHING
    if answer.suggestions:
        near = answer.suggestions[0]
        more = Text(f"“{near}”처럼 말해 보세요", f"Try “{near}”")
    small = heard if answer.heard else Text("거절", "Refused")
    return VoiceHudView("refused", small, NO_MATCH_WORDS[answer.reason], more, action=action)


class VoiceHud(Component):
    """Height 84u: bars or a glyph 60u wide, words to the right."""

    def __init__(self, theme: Theme, view: VoiceHudView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    @property
    def view(self) -> VoiceHudView:
        return self._view

    def set_view(self, view: VoiceHudView) -> None:
        """Repaints the bars alone while only the level changes."""
        old, self._view = self._view, view
        if view == old:
            return
        if msgspec.structs.replace(old, level=view.level) == view:
            self.repaint_area(self._picture())
        else:
            self.update()

    def targets(self) -> tuple[Target, ...]:
        return (self._view.action.target(self.area()),) if self._view.action else ()

    def _picture(self) -> QRectF:
        return QRectF(0, 0, self.theme.px(62), self.area().height())

    def paint(self, canvas: Canvas) -> None:
        view, area = self._view, self.area()
        picture = self._picture()
        canvas.rule(0, area.width(), self.theme.px(1))
        self._paint_picture(canvas, picture)
        left = picture.right() + self.theme.px(12)
        partial = view.state == "listening" and view.words.ko.startswith("“")
        draw_hud_words(
            canvas,
            QRectF(left, 0, area.width() - left, area.height()),
            view.small,
            view.words,
            view.more,
            color="text.3" if partial else "text.1",
        )

    def _paint_picture(self, canvas: Canvas, rect: QRectF) -> None:
        state, center, size = self._view.state, rect.center(), self.theme.px(34)
        if state == "accepted":
            canvas.glyph("check", center, size, "accent.fill")
        elif state == "refused":
            canvas.glyph("struck", center, size, "text.1")
        elif state == "listening":
            self._paint_bars(canvas, rect, max(0.12, self._view.level), "accent.fill")
        elif state in ("heard", "choice"):
            self._paint_bars(canvas, rect, 0.5, "text.1")
        else:
            color = "accent.fill" if state == "resting" else "text.3"
            pen = self.theme.pen(color, 4)
            pen.setDashPattern([0.01, 1.8])
            canvas.painter.setPen(pen)
            inset = self.theme.px(4)
            y = center.y()
            canvas.painter.drawLine(
                QPointF(rect.left() + inset, y), QPointF(rect.right() - inset, y)
            )

    def _paint_bars(self, canvas: Canvas, rect: QRectF, level: float, color: str) -> None:
        step = rect.width() / len(_SHAPE)
        tallest = self.theme.px(46)
        width = max(2.0, step * 0.55)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(self.theme.brush(color))
        for i, share in enumerate(_SHAPE):
            height = max(width, tallest * share * level)
            bar = QRectF(rect.left() + i * step, rect.center().y() - height / 2, width, height)
            canvas.painter.drawRoundedRect(bar, width / 2, width / 2)
