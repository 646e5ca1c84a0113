"""System health: each process, how it is, why, and how often it was started again."""

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.button import BUTTON_U, draw_button
from kiosk.ui.components.lamps import LAMP_WORDS
from kiosk.ui.paint import Canvas
from kiosk.ui.shapes import LampKind
from kiosk.ui.theme import Theme
from kiosk.wire.text import Text

RESTARTS = Text("다시 시작", "restarts")


class ProcessRowView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name` is what it does for a person ("음성 인식"), `process` its technical name."""

    name: Text
    process: str
    kind: LampKind
    reason: Text = Text("", "")
    restarts: int = 0
    restart: Action | None = None


class SystemHealthView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rows: tuple[ProcessRowView, ...] = ()


class SystemHealth(Component):
    """A list; each row 76u high where there is room, never under 60u."""

    def __init__(self, theme: Theme, view: SystemHealthView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    def set_view(self, view: SystemHealthView) -> None:
        """Repaints the rows that changed."""
        old, self._view = self._view, view
        if len(old.rows) != len(view.rows):
            self.update()
            return
        for i, (before, after) in enumerate(zip(old.rows, view.rows, strict=True)):
            if before != after:
                self.repaint_area(self._row_rect(i))

    def _row_px(self) -> float:
        px = self.theme.px
        share = self.area().height() / max(1, len(self._view.rows))
        return max(px(60), min(px(76) * max(1.0, self.theme.type_factor), share))

    def _row_rect(self, i: int) -> QRectF:
        return QRectF(0, i * self._row_px(), self.area().width(), self._row_px())

    def _button_rect(self, i: int) -> QRectF:
        row, height = self._row_rect(i), self.theme.px(BUTTON_U - 4)
        width = self.theme.px(160)
        return QRectF(row.right() - width, row.center().y() - height / 2, width, height)

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            row.restart.target(self._button_rect(i))
            for i, row in enumerate(self._view.rows)
            if row.restart is not None
        )

    def paint(self, canvas: Canvas) -> None:
        buttons = any(row.restart for row in self._view.rows)
        for i, row in enumerate(self._view.rows):
            self._paint_row(canvas, row, i, self.theme.px(176) if buttons else 0)

    def _paint_row(self, canvas: Canvas, row: ProcessRowView, i: int, end: float) -> None:
        px, rect = self.theme.px, self._row_rect(i)
        middle = rect.center().y()
        canvas.lamp(row.kind, QPointF(px(14), middle), px(20))
        left = px(40)
        name_width = rect.width() * 0.26
        lead, meta = canvas.line_px("lead"), canvas.line_px("meta")
        top = middle - (lead + meta) / 2
        canvas.text(row.name, left, top + lead * 0.78, "lead", width=name_width - px(16))
        canvas.text(row.process, left, top + lead + meta * 0.76, "meta", "text.3")
        x = left + name_width
        baseline = canvas.middle_baseline(middle)
        canvas.text(LAMP_WORDS[row.kind], x, baseline, weight=600)
        x += max(canvas.width(word, "body", 600) for word in LAMP_WORDS.values()) + px(24)
        right = rect.right() - end - px(8)
        if row.restarts:
            count = self._restart_words(row.restarts)
            right -= canvas.text(count, right, baseline, "body", "text.2", align="right") + px(24)
        role, lines = canvas.lines(row.reason, right - x, "body", None, 2)
        y = middle - canvas.line_px(role) * len(lines) / 2
        canvas.paragraph(row.reason, x, y, right - x, "body", "text.2", max_lines=2)
        if row.restart is not None:
            target = row.restart.target(self._button_rect(i))
            draw_button(
                canvas,
                target.rect,
                row.restart.label,
                pressed=self.is_pressed(target.trigger),
                enabled=target.enabled,
            )
        canvas.rule(0, rect.width(), rect.bottom() - px(1), stroke="rowRule")

    def _restart_words(self, restarts: int) -> Text:
        return Text(f"{RESTARTS.ko} {restarts}번", f"{restarts} {RESTARTS.en}")
