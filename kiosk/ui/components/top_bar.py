"""Top bar: where one is, whether the figures are real, how the machine is, what time it is."""

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.lamps import (
    LAMP_WORDS,
    LampView,
    PlacedLamp,
    draw_lamps,
    fit_lamps,
    lamps_width,
)
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Severity
from kiosk.ui.theme import Theme
from kiosk.ui.times import clock_words, date_words, weekday_words
from kiosk.wire.text import Text

__all__ = ["LAMP_WORDS", "LampView", "TopBar", "TopBarView"]


CRUMB_GAP_U = 22


class TopBarView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`note` stands after a hatched tag (the demo city); `offline` replaces it in plain text.
    Pressing the lamps asks for `system`. `crumbs` say where in the city one is, the widest first;
    all but the last lead back."""

    title: Text
    subtitle: Text = Text("", "")
    note: Text = Text("", "")
    offline: Text = Text("", "")
    lamps: tuple[LampView, ...] = ()
    severity: Severity | None = None
    system: Action | None = None
    crumbs: tuple[Action, ...] = ()


class TopBar(Component):
    """Height 60u. The clock alone is repainted by `set_clock`."""

    def __init__(self, theme: Theme, view: TopBarView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view
        self._covered = False
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

    def set_now(self, now_ms: int) -> None:
        super().set_now(now_ms)
        self.set_clock(now_ms)

    def targets(self) -> tuple[Target, ...]:
        way_back = tuple(
            crumb.target(rect) for crumb, rect in self._placed_crumbs() if self._leads_back(crumb)
        )
        if self._view.system is None or not self._view.lamps:
            return way_back
        right = self.clock_rect().left() - self.theme.px(12)
        left = right - lamps_width(self.measure(), self._shown_lamps(right))
        lamps = self._view.system.target(QRectF(left, 0, right - left, self.area().height()))
        return (*way_back, lamps)

    def _leads_back(self, crumb: Action) -> bool:
        return crumb is not self._view.crumbs[-1]

    def _placed_crumbs(self) -> list[tuple[Action, QRectF]]:
        """Each crumb that is shown, and its place."""
        left, placed = self._title_width() + self.theme.px(16), []
        for crumb in self._shown_crumbs():
            width = self._crumb_px(crumb)
            placed.append((crumb, QRectF(left, 0, width, self.area().height())))
            left += width + self.theme.px(CRUMB_GAP_U)
        return placed

    def _shown_crumbs(self) -> tuple[Action, ...]:
        """Where room is scarce the widest areas go first, for the lamps can be pressed too."""
        right = self.clock_rect().left() - self.theme.px(12)
        crumbs = self._view.crumbs
        while crumbs:
            room = self._lamps_room(right, crumbs)
            lamps = lamps_width(self.measure(), self._fitting_lamps(room))
            if room >= 0 and (lamps >= self.theme.touch_min_px() or not self._view.lamps):
                break
            crumbs = crumbs[1:]
        return crumbs

    def _crumb_px(self, crumb: Action) -> float:
        return max(self.theme.px(46), self.measure().width(crumb.label, "body", 600))

    def _after_crumbs(self) -> float:
        """Where the title and the crumbs end."""
        placed = self._placed_crumbs()
        if placed:
            return placed[-1][1].right() + self.theme.px(16)
        return self._title_width() + self.theme.px(16)

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

    def _shown_lamps(self, right: float) -> list[PlacedLamp]:
        return self._fitting_lamps(self._lamps_room(right, self._shown_crumbs()))

    def _fitting_lamps(self, room: float) -> list[PlacedLamp]:
        return fit_lamps(self.measure(), self._view.lamps, room)

    def _lamps_room(self, right: float, crumbs: tuple[Action, ...]) -> float:
        """What title, crumbs and the words about old figures leave."""
        words = sum(self._crumb_px(crumb) + self.theme.px(CRUMB_GAP_U) for crumb in crumbs)
        words += self._title_width() + self._offline_px()
        return right - words - self.theme.px(40)

    def _offline_px(self) -> float:
        """Room that must stay for the words that say that the figures are old."""
        if not self._view.offline.ko:
            return 0.0
        return self.measure().width(self._view.offline, "meta", 600) + self.theme.px(16)

    def _title_width(self) -> float:
        mark = self.theme.px(48) if self._view.severity else 0
        return mark + self.theme.metrics("title").horizontalAdvance(
            self.theme.say(self._view.title)
        )

    def cover_note(self, covered: bool) -> None:
        """Something stands in the note's room: no half of a sentence shows beside it."""
        if covered != self._covered:
            self._covered = covered
            self.update()

    def note_rect(self) -> QRectF:
        """Between title and lamps: room that a passing word may cover without cutting others."""
        right = self.clock_rect().left() - self.theme.px(12)
        right -= lamps_width(self.measure(), self._shown_lamps(right)) + self.theme.px(24)
        left = self._after_crumbs()
        subtitle = self.measure().width(self._view.subtitle, "body")
        if left + subtitle < right - self._offline_px():
            left += subtitle + self.theme.px(28)
        return QRectF(left, 0, max(0.0, right - left), self.area().height())

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
        shown = self._shown_lamps(right)
        left = right - lamps_width(canvas, shown)
        draw_lamps(canvas, shown, left, middle)
        return left

    def _paint_words(self, canvas: Canvas, right: float, middle: float) -> None:
        theme, view = self.theme, self._view
        x = 0.0
        if view.severity is not None:
            size = theme.px(34)
            canvas.severity(view.severity, QPointF(size / 2, middle), size)
            x += theme.px(48)
        baseline = canvas.middle_baseline(middle, "title")
        canvas.text(view.title, x, baseline, "title", width=max(1.0, right - x - theme.px(24)))
        self._paint_crumbs(canvas, baseline)
        x = self._after_crumbs()
        end = right - theme.px(24) - self._offline_px()
        if x + canvas.width(view.subtitle, "body") < end:
            x += canvas.text(view.subtitle, x, baseline, "body", "text.3") + theme.px(28)
        self._paint_note(canvas, x, right - theme.px(24) - x, baseline)

    def _paint_crumbs(self, canvas: Canvas, baseline: float) -> None:
        size = self.theme.px(CRUMB_GAP_U * 0.7)
        for index, (crumb, rect) in enumerate(self._placed_crumbs()):
            if index:
                edge = rect.left() - self.theme.px(CRUMB_GAP_U) / 2 - size / 2
                box = QRectF(edge, rect.center().y() - size / 2 + self.theme.px(3), size, size)
                canvas.icon("next", box, "text.3")
            back = self._leads_back(crumb)
            color = "text.2" if back else "text.1" if index else "text.3"
            weight = 600 if index and not back else 500
            canvas.text(crumb.label, rect.left(), baseline, "body", color, weight=weight)

    def _paint_note(self, canvas: Canvas, x: float, room: float, baseline: float) -> None:
        view, gap = self._view, self.theme.px(10)
        if self._covered:
            return
        if view.offline.ko:
            canvas.text(view.offline, x, baseline, "meta", weight=600, width=max(1.0, room))
        elif view.note.ko:
            tag = canvas.tag_width()
            if tag > room:
                return
            canvas.tag(x, baseline)
            if tag + gap + canvas.width(view.note, "meta") <= room:
                canvas.text(view.note, x + tag + gap, baseline, "meta", "text.2")
