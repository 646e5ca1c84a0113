"""A call, picture in picture: who rings, or the other side's picture with one's own in its corner,
what of the wall is on, and how to end it. Stands over the panel, low on the right, within reach."""

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from kiosk.ui.charts.camera_model import FrameSource
from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import ButtonKind, draw_button
from kiosk.ui.components.call_pictures import CallPictures
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.calls import Call, missing_words
from kiosk.wire.text import Text

WIDE_U, SMALL_U, RING_U, INVITES_U = 600.0, 400.0, 640.0, 720.0
SEVERAL_U, SEVERAL_SMALL_U = 960.0, 600.0
PAD_U = 20.0
BUTTON_U = 68.0
GAP_U = 12.0
LAMP_U = 18.0
LOOK_MS = 33

TAKE = Action(Text("받기", "Take"), "call.answer", {}, "call.take", "phone")
DECLINE = Action(Text("받지 않기", "Decline"), "call.end", {}, "call.decline")
GIVE_UP = Action(Text("그만 걸기", "Give up"), "call.end", {}, "call.end", "close")
END = Action(Text("끊기", "Hang up"), "call.end", {}, "call.end", "close")
SMALLER = Action(Text("작게", "Smaller"), "", {}, "call.size", "grid")
INVITE = Action(Text("초대", "Invite"), "panel.open", {"panel": "pairing"}, "call.invite", "person")
LARGER = Action(Text("크게", "Larger"), "", {}, "call.size", "grid")


class CallBoxView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The call that is shown; `invites`: more can be called to it."""

    call: Call
    invites: bool = False


class CallBox(Component):
    """Shown by `show_view`, hidden by `show_view(None)`. Wants pictures only while an accepted call
    is on the screen."""

    counts_seconds = True

    size_changed = Signal()
    """The person made it larger or smaller: its pictures are wanted in another size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view: CallBoxView | None = None
        self._pictures = CallPictures(lambda: self.theme, self.device_rect)
        self._small = False
        # Qt then paints nothing of the panel under it, however often the picture changes.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    @property
    def view(self) -> CallBoxView | None:
        return self._view

    def set_frames(self, frames: FrameSource) -> None:
        self._pictures.frames = frames

    def show_view(self, view: CallBoxView | None) -> None:
        if view is None or self._view is None or view.call.id != self._view.call.id:
            self._pictures.clear()
            self._small = False
        before, self._view = self._view, view
        self.setVisible(view is not None)
        self.update()
        if _several(before) != _several(view):
            self.size_changed.emit()

    def set_now(self, now_ms: int) -> None:
        before = self._now_ms
        super().set_now(now_ms)
        if self._view is not None and (before is None or before // 1000 != now_ms // 1000):
            self.repaint_area(self._words_rect())

    # ---- geometry

    @property
    def _talks(self) -> bool:
        return self._view is not None and self._view.call.accepted

    def preferred_size(self) -> QSize:
        """Width and height in widget pixels."""
        px = self.theme.px
        wide = px(self._wide_u)
        high = self._picture_px(wide) + self._words_px() + self._lamps_px() + self._buttons_px()
        return QSize(round((wide + 2 * px(3)) / self.theme.pixel_aspect), round(high + 2 * px(3)))

    @property
    def _wide_u(self) -> float:
        if self._view is None or not self._talks:
            return RING_U
        if self._view.call.others:
            return SEVERAL_SMALL_U if self._small else SEVERAL_U
        return SMALL_U if self._small else INVITES_U if self._view.invites else WIDE_U

    def picture_px(self) -> tuple[int, int]:
        """Size of the place of the other side's picture, of each in a call of several, in device
        pixels; (0, 0) without one."""
        if self._view is None or not self._talks:
            return 0, 0
        place = self._pictures.place_size(self._view.call, self._picture_rect())
        box = self.device_rect(place)
        return round(box.width()), round(box.height())

    def _picture_px(self, wide: float) -> float:
        if self._view is None or not self._talks:
            return 0
        return self._pictures.high(self._view.call, wide)

    def _words_px(self) -> float:
        lead, body = (self.measure().line_px(role) for role in ("lead", "body"))
        return lead + 2 * body + self.theme.px(PAD_U)

    def _lamps_px(self) -> float:
        return self.measure().line_px("body") + self.theme.px(8) if self._talks else 0.0

    def _button_px(self) -> float:
        return float(max(self.theme.px(BUTTON_U), self.theme.touch_min_px()))

    def _buttons_px(self) -> float:
        return self._button_px() + 2 * self.theme.px(PAD_U) * 0.8

    def _inner(self) -> QRectF:
        edge = self.theme.px(3)
        return self.area().adjusted(edge, edge, -edge, -edge)

    def _picture_rect(self) -> QRectF:
        inner = self._inner()
        return QRectF(inner.left(), inner.top(), inner.width(), self._picture_px(inner.width()))

    def _words_rect(self) -> QRectF:
        inner, top = self._inner(), self._picture_rect().bottom()
        pad = self.theme.px(PAD_U)
        return QRectF(inner.left() + pad, top, inner.width() - 2 * pad, self._words_px())

    def _lamps_rect(self) -> QRectF:
        words = self._words_rect()
        return QRectF(words.left(), words.bottom(), words.width(), self._lamps_px())

    # ---- pressing

    def buttons(self) -> tuple[tuple[Action, ButtonKind], ...]:
        if self._view is None:
            return ()
        call = self._view.call
        if call.phase == "asking":
            return ((TAKE, "primary"), (DECLINE, "normal"))
        if call.phase == "ringing":
            return ((GIVE_UP, "normal"),)
        own: list[tuple[Action, ButtonKind]] = [
            (_microphone(call.wall.microphone), "normal"),
            (_camera(call.wall.camera), "normal"),
            (LARGER if self._small else SMALLER, "normal"),
        ]
        if self._view.invites and not (self._small and not call.others):
            own.append((INVITE, "normal"))
        return (*own, (END, "primary"))

    def targets(self) -> tuple[Target, ...]:
        buttons = self.buttons()
        if not buttons:
            return ()
        inner, gap, pad = self._inner(), self.theme.px(GAP_U), self.theme.px(PAD_U)
        room = inner.width() - 2 * pad - gap * (len(buttons) - 1)
        wide, high = room / len(buttons), self._button_px()
        top = inner.bottom() - pad * 0.8 - high
        return tuple(
            action.target(QRectF(inner.left() + pad + n * (wide + gap), top, wide, high))
            for n, (action, _) in enumerate(buttons)
        )

    def activate(self, target: Target) -> None:
        if target.trigger == "call.size":
            self._small = not self._small
            self.size_changed.emit()
        else:
            super().activate(target)

    # ---- pictures

    @property
    def wants_pictures(self) -> bool:
        """Whether `look` is to be called some thirty times a second."""
        return self._talks and not self.isHidden()

    def look(self) -> None:
        """Takes new pictures from the source."""
        if self._view is not None:
            for place in self._pictures.look(self._view.call, self._picture_rect()):
                self.repaint_area(place)

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        if self._view is None:
            return
        call, area = self._view.call, self.area()
        canvas.painter.fillRect(area, self.theme.color("background"))
        if self._talks and canvas.wants(self._picture_rect()):
            self._pictures.paint(canvas, call, self._picture_rect())
        if canvas.wants(self._words_rect()):
            self._paint_words(canvas, call)
        if self._talks and canvas.wants(self._lamps_rect()):
            self._paint_lamps(canvas, call)
        for target, (action, kind) in zip(self.targets(), self.buttons(), strict=True):
            if canvas.wants(target.rect):
                pressed = self.is_pressed(target.trigger)
                draw_button(
                    canvas, target.rect, action.label, kind, pressed=pressed, icon=action.icon
                )
        canvas.outline(area, "accent.fill", 3)

    def _paint_words(self, canvas: Canvas, call: Call) -> None:
        rect = self._words_rect()
        lead, body = canvas.line_px("lead"), canvas.line_px("body")
        top = rect.top() + self.theme.px(PAD_U) * 0.6
        state = self._state_words(call)
        taken = canvas.width(state, "body", 600) + self.theme.px(GAP_U)
        canvas.text(
            _title(call),
            rect.left(),
            top + lead * 0.76,
            "lead",
            weight=700,
            width=rect.width() - taken,
        )
        canvas.text(
            state, rect.right(), top + lead * 0.76, "body", "text.2", weight=600, align="right"
        )
        facts = _facts(call)
        top += lead
        for line in facts[:2]:
            canvas.text(line, rect.left(), top + body * 0.8, "body", "text.2", width=rect.width())
            top += body

    def _state_words(self, call: Call) -> Text:
        if call.phase == "talking" and self.now_ms is not None:
            seconds = max(0, (self.now_ms - call.begun_ms) // 1000)
            time = f"{seconds // 60}:{seconds % 60:02}"
            return Text(f"통화 중 {time}", f"In a call {time}")
        return _PHASES[call.phase]

    def _paint_lamps(self, canvas: Canvas, call: Call) -> None:
        rect, px = self._lamps_rect(), self.theme.px
        middle, left = rect.center().y(), rect.left()
        camera = call.wall.camera and "camera" not in call.missing
        microphone = call.wall.microphone and "microphone" not in call.missing
        for on, words in ((camera, _CAMERA), (microphone, _MICROPHONE)):
            canvas.lamp(
                "use" if on else "stopped", QPointF(left + px(LAMP_U) / 2, middle), px(LAMP_U)
            )
            left += px(LAMP_U) + px(8)
            baseline = canvas.middle_baseline(middle, "body", 600 if on else None)
            color = "text.1" if on else "text.2"
            weight = 600 if on else None
            left += canvas.text(_lit(words, on), left, baseline, "body", color, weight=weight)
            left += px(28)


_CAMERA = Text("카메라", "Camera")
_MICROPHONE = Text("마이크", "Microphone")
_PHASES = {
    "ringing": Text("부르는 중", "Ringing"),
    "asking": Text("영상 통화가 왔습니다", "Calls the wall"),
    "connecting": Text("잇는 중", "Connecting"),
    "talking": Text("통화 중", "In a call"),
    "lost": Text("끊김", "Cut off"),
}
_CONSENT = Text(
    "받으면 이 벽의 카메라와 마이크가 켜집니다",
    "Taking it turns on this wall's camera and microphone",
)
_WAITING = Text("상대가 받기를 기다립니다", "Waiting for somebody to take it")
_MUTED = Text("상대가 마이크를 껐습니다", "Their microphone is off")


def _microphone(on: bool) -> Action:
    label = Text("음소거", "Mute") if on else Text("소리 켜기", "Unmute")
    return Action(label, "call.microphone", {"on": not on}, "call.microphone", "mic")


def _camera(on: bool) -> Action:
    label = Text("숨기기", "Hide") if on else Text("보이기", "Show")
    return Action(label, "call.camera", {"on": not on}, "call.camera", "video")


def _lit(what: Text, on: bool) -> Text:
    return Text(f"{what.ko} {'켜짐' if on else '꺼짐'}", f"{what.en} {'on' if on else 'off'}")


def _several(view: CallBoxView | None) -> int:
    """How many pictures there are, in a call of several."""
    return len(view.call.parties) if view is not None and view.call.others else 0


def _title(call: Call) -> Text:
    """Who is at the other end."""
    if not call.others:
        return call.name
    count = len(call.parties)
    return Text(f"영상 회의, 태블릿 {count}대", f"Conference of {count} tablets")


def _facts(call: Call) -> list[Text]:
    """What more there is to say, the weightiest first."""
    found = [missing_words(call.missing), call.about]
    if call.phase == "asking":
        found.append(_CONSENT)
    elif call.phase == "ringing":
        found.append(_WAITING)
    if call.accepted and call.rings:
        count = len(call.rings)
        found.insert(0, Text(f"부르는 중: 태블릿 {count}대", f"Ringing {count} more tablets"))
    elif call.phase == "talking" and not call.others and not call.tablet.microphone:
        found.insert(1, _MUTED)
    return [words for words in found if words.ko]
