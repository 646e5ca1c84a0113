"""Top bar: where one is, whether the figures are real, how the machine is, what time it is."""

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import LampKind, Severity
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words, date_words, weekday_words
from kiosk.wire.text import Text

LAMP_WORDS: dict[LampKind, Text] = {
    "use": Text("사용 중", "in use"),
    "running": Text("정상", "running"),
    "degraded": Text("일부 동작", "partly"),
    "failed": Text("멈춤", "failed"),
    "stopped": Text("쉼", "resting"),
}
_URGENCY: dict[LampKind, int] = {"failed": 0, "degraded": 1, "use": 2, "stopped": 3, "running": 4}


class LampView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the machine; `reason` replaces the word of its state ("14건 대기")."""

    name: Text
    kind: LampKind
    reason: Text = Text("", "")

    @property
    def word(self) -> Text:
        return self.reason if self.reason.ko else LAMP_WORDS[self.kind]


class TopBarView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`note` stands after a hatched tag (the demo city); `offline` replaces it in plain text.
    Pressing the lamps asks for `system`."""

    title: Text
    subtitle: Text = Text("", "")
    note: Text = Text("", "")
    offline: Text = Text("", "")
    lamps: tuple[LampView, ...] = ()
    severity: Severity | None = None
    system: Action | None = None


class TopBar(Component):
    """Height 60u. The clock alone is repainted by `set_clock`."""

    def __init__(self, theme: Theme, view: TopBarView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view
        self._clock_ms: int | None = None

    @property
    def view(self) -> TopBarView:
        return self._view

    def set_view(self, view: TopBarView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def set_clock(self, now_ms: int) -> None:
        """The time, epoch ms; repaints the clock when its words change."""
        before = self._clock_ms
        self._clock_ms = now_ms
        if before is None or clock_words(before) != clock_words(now_ms):
            self.repaint_area(self.clock_rect())

    def targets(self) -> tuple[Target, ...]:
        if self._view.system is None or not self._view.lamps:
            return ()
        right = self.clock_rect().left() - self.theme.px(12)
        left = right - self._lamps_width(self._shown_lamps(right))
        return (self._view.system.target(QRectF(left, 0, right - left, self.area().height())),)

    # ---- geometry

    def _clock_width(self) -> float:
        return self.theme.metrics("clock").horizontalAdvance("00:00")

    def _date_lines(self) -> tuple[str, str]:
        now = self._clock_ms or 0
        return self.theme.say(date_words(now)), self.theme.say(weekday_words(now))

    def clock_rect(self) -> QRectF:
        """Date and clock, at the right end."""
        metrics = self.theme.metrics("meta")
        longest = self.theme.say(Text("2026년 12월 30일", "30 December 2026"))
        width = self._clock_width() + self.theme.px(20) + metrics.horizontalAdvance(longest)
        area = self.area()
        return QRectF(area.width() - width, 0, width, area.height())

    def _lamp_width(self, lamp: LampView) -> float:
        name = self.theme.metrics("micro").horizontalAdvance(self.theme.say(lamp.name))
        word = self.theme.metrics("meta", 600).horizontalAdvance(self.theme.say(lamp.word))
        return self.theme.px(27) + max(name, word)

    def _lamps_width(self, lamps: list[LampView]) -> float:
        return sum(self._lamp_width(lamp) + self.theme.px(26) for lamp in lamps)

    def _shown_lamps(self, right: float) -> list[LampView]:
        """All lamps in order; where they do not fit, well ones are left out before ill ones."""
        room = right - self._title_width() - self.theme.px(40)
        shown = list(self._view.lamps)
        by_urgency = sorted(shown, key=lambda lamp: -_URGENCY[lamp.kind])
        for lamp in by_urgency:
            if self._lamps_width(shown) <= room:
                break
            shown.remove(lamp)
        return shown

    def _title_width(self) -> float:
        mark = self.theme.px(48) if self._view.severity else 0
        return mark + self.theme.metrics("title").horizontalAdvance(
            self.theme.say(self._view.title)
        )

    # ---- drawing

    def paint(self, canvas: Canvas) -> None:
        area = self.area()
        middle = area.height() / 2
        self._paint_clock(canvas, middle)
        right = self.clock_rect().left() - self.theme.px(12)
        left = self._paint_lamps(canvas, right, middle)
        self._paint_words(canvas, left, middle)

    def _paint_clock(self, canvas: Canvas, middle: float) -> None:
        if self._clock_ms is None:
            return
        right = self.area().width()
        baseline = canvas.middle_baseline(middle, "clock")
        canvas.text(clock_words(self._clock_ms), right, baseline, "clock", align="right")
        right -= self._clock_width() + self.theme.px(20)
        line = canvas.line_px("meta")
        for i, words in enumerate(self._date_lines()):
            baseline = middle + line * (i - 1 + 0.76)
            canvas.text(words, right, baseline, "meta", "text.2", align="right")

    def _paint_lamps(self, canvas: Canvas, right: float, middle: float) -> float:
        theme = self.theme
        shown = self._shown_lamps(right)
        left = right - self._lamps_width(shown)
        x = left
        for lamp in shown:
            canvas.lamp(lamp.kind, QPointF(x + theme.px(8), middle), theme.px(18))
            micro, meta = canvas.line_px("micro"), canvas.line_px("meta")
            top = middle - (micro + meta) / 2
            words = x + theme.px(27)
            canvas.text(lamp.name, words, top + micro * 0.76, "micro", "text.3")
            canvas.text(lamp.word, words, top + micro + meta * 0.74, "meta", weight=600)
            x += self._lamp_width(lamp) + theme.px(26)
        return left

    def _paint_words(self, canvas: Canvas, right: float, middle: float) -> None:
        theme, view = self.theme, self._view
        x = 0.0
        if view.severity is not None:
            size = theme.px(34)
            canvas.severity(view.severity, QPointF(size / 2, middle), size)
            x += theme.px(48)
        baseline = canvas.middle_baseline(middle, "title")
        x += canvas.text(view.title, x, baseline, "title", width=max(1.0, right - x - theme.px(24)))
        x += theme.px(16)
        if x + canvas.width(view.subtitle, "body") < right - theme.px(24):
            x += canvas.text(view.subtitle, x, baseline, "body", "text.3") + theme.px(28)
        self._paint_note(canvas, x, right - theme.px(24) - x, baseline)

    def _paint_note(self, canvas: Canvas, x: float, room: float, baseline: float) -> None:
        view, gap = self._view, self.theme.px(10)
        if view.offline.ko:
            canvas.text(view.offline, x, baseline, "meta", weight=600, width=max(1.0, room))
        elif view.note.ko:
            tag = canvas.tag_width()
            if tag > room:
                return
            canvas.tag(x, baseline)
            if tag + gap + canvas.width(view.note, "meta") <= room:
                canvas.text(view.note, x + tag + gap, baseline, "meta", "text.2")
