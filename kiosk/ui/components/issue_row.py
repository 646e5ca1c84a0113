"""Issue row: what needs a look, its severity, since when, and the one thing to do about it."""

from typing import Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.ages import age_words
from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import Severity
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

SEVERITY_WORDS: dict[Severity, Text] = {
    "notice": Text("관심", "Notice"),
    "caution": Text("주의", "Caution"),
    "warning": Text("경계", "Warning"),
    "critical": Text("심각", "Critical"),
}


class IssueRowView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`number` is the same in list, map and speech. `since_ms` (epoch) gives the elapsed time.

    `order` is a second button beside the first, where somebody can be told to act. `state` new
    draws a rule at the left until the owner says open; `assigned_to` names who has it.
    """

    number: int
    severity: Severity
    headline: Text
    facts: Text
    since_ms: int
    action: Action
    state: Literal["new", "open", "assigned"] = "open"
    assigned_to: Text | None = None
    order: Action | None = None
    primary: bool = False


class IssueRow(Component):
    """Height 82u; the row is pressed anywhere."""

    def __init__(self, theme: Theme, view: IssueRowView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    def set_view(self, view: IssueRowView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def set_now(self, now_ms: int) -> None:
        before = self._elapsed()
        super().set_now(now_ms)
        if self._elapsed() != before:
            self.update()

    def targets(self) -> tuple[Target, ...]:
        whole = self._view.action.target(self.area())
        if self._view.order is None:
            return (whole,)
        return (self._view.order.target(self._order_rect()), whole)

    def _order_rect(self) -> QRectF:
        """The button at the very end; no width when there is none."""
        if self._view.order is None:
            return QRectF(self.area().width(), 0, 0, 0)
        label = self.measure().width(self._view.order.label, "action", 600)
        width, height = max(self.theme.px(80), label + self.theme.px(24)), self.theme.px(BUTTON_U)
        top = self.area().height() / 2 - height / 2
        return QRectF(self.area().width() - width, top, width, height)

    def _elapsed(self) -> Text:
        if self.now_ms is None:
            return Text("", "")
        return age_words(self.now_ms - self._view.since_ms)

    def paint(self, canvas: Canvas) -> None:
        theme, view, area = self.theme, self._view, self.area()
        middle = area.height() / 2
        canvas.rule(0, area.width(), area.height() - theme.px(1), stroke="rowRule")
        if view.state == "new":
            canvas.painter.fillRect(
                QRectF(0, theme.px(6), theme.px(4), area.height() - theme.px(12)),
                theme.color("text.1"),
            )
        size = theme.px(32)
        canvas.severity(view.severity, QPointF(theme.px(10) + size / 2, middle), size, view.number)
        word_left = theme.px(10) + size + theme.px(10)
        words = SEVERITY_WORDS[view.severity]
        word_width = max(canvas.width(w, "action", 600) for w in SEVERITY_WORDS.values())
        right = self._paint_end(canvas, middle)
        left = word_left + word_width + theme.px(24)
        if right - left < theme.px(280):
            left = word_left
        else:
            canvas.text(
                words,
                word_left,
                canvas.middle_baseline(middle, "action", 600),
                "action",
                f"severity.{view.severity}.word",
                weight=600,
            )
        self._paint_words(canvas, left, right - left, middle)

    def _paint_words(self, canvas: Canvas, left: float, width: float, middle: float) -> None:
        lead, body = canvas.line_px("lead"), canvas.line_px("body")
        if lead + body > self.area().height() - self.theme.px(6):
            baseline = canvas.middle_baseline(middle, "lead")
            canvas.text(self._view.headline, left, baseline, "lead", width=width)
            return
        top = middle - (lead + body) / 2
        canvas.text(self._view.headline, left, top + lead * 0.78, "lead", width=width)
        canvas.text(self._view.facts, left, top + lead + body * 0.74, "body", "text.2", width=width)

    def _paint_end(self, canvas: Canvas, middle: float) -> float:
        """Elapsed time and button; returns where the words must end."""
        theme, view = self.theme, self._view
        width = max(theme.px(120), canvas.width(view.action.label, "action", 600) + theme.px(32))
        height = theme.px(BUTTON_U)
        end = self._order_rect().left()
        if view.order is not None:
            order = self._order_rect()
            pressed = self.is_pressed(view.order.trigger)
            draw_button(canvas, order, view.order.label, "secondary", pressed=pressed)
            end -= theme.px(8)
        rect = QRectF(end - width, middle - height / 2, width, height)
        target = self.targets()[-1]
        draw_button(
            canvas,
            rect,
            view.action.label,
            "primary" if view.primary else "normal",
            pressed=self.is_pressed(target.trigger),
            enabled=view.action.enabled,
        )
        right = rect.left() - theme.px(16)
        elapsed = self._elapsed()
        lines = [elapsed] if view.state != "assigned" else [elapsed, view.assigned_to or elapsed]
        taken = max(canvas.width(line, "meta") for line in lines)
        top = middle - canvas.line_px("meta") * len(lines) / 2
        for i, line in enumerate(lines):
            baseline = top + canvas.line_px("meta") * (i + 0.76)
            canvas.text(line, right, baseline, "meta", "text.2", align="right")
        return right - taken - theme.px(16)
