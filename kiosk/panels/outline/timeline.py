"""Moments on a line of time, true to scale where their words leave room."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.panels.outline.model import Mark, Timeline
from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

DOT_U = 22.0
LANE_U = 64.0
LEFT_U = 150.0


class TimelineView(Component):
    """The line runs down; each moment has its date at the left and its name at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._model = Timeline(())

    def set_model(self, model: Timeline) -> None:
        if model != self._model:
            self._model = model
            self.update()

    def _places(self) -> list[tuple[Mark, QRectF]]:
        """A box for each moment: as far down as its time, but never over the one before."""
        marks = self._model.marks
        if not marks:
            return []
        high = self.area().height()
        lane = min(float(self.theme.px(LANE_U)), high / len(marks))
        first, last = marks[0].t_ms, marks[-1].t_ms
        spare, below = max(0.0, high - lane), 0.0
        found = []
        for index, mark in enumerate(marks):
            share = (mark.t_ms - first) / (last - first) if last > first else 0.0
            latest = high - lane * (len(marks) - index)
            top = min(max(share * spare, below), max(below, latest))
            found.append((mark, QRectF(0, top, self.area().width(), lane)))
            below = top + lane
        return found

    def targets(self) -> tuple[Target, ...]:
        return tuple(
            Target(box, mark.press.command, mark.press.args, f"timeline.{index}")
            for index, (mark, box) in enumerate(self._places())
        )

    def paint(self, canvas: Canvas) -> None:
        theme, places = self.theme, self._places()
        if not places:
            return
        x = float(theme.px(LEFT_U))
        pen = theme.pen("line.control", 2)
        ends = [QPointF(x, places[k][1].center().y()) for k in (0, -1)]
        canvas.polyline(ends, pen)
        for index, (mark, box) in enumerate(places):
            center = QPointF(x, box.center().y())
            words = QRectF(
                x + theme.px(24), box.top(), box.width() - x - theme.px(24), box.height()
            )
            if self.is_pressed(f"timeline.{index}"):
                canvas.surface(words, "surface.2")
            canvas.glyph("dot", center, theme.px(DOT_U), "accent.fill" if mark.chosen else "text.1")
            baseline = canvas.middle_baseline(center.y(), "lead", 600)
            room = x - theme.px(24)
            canvas.text(mark.date, room, baseline, "lead", "text.2", align="right", width=room)
            high = canvas.paragraph_px(mark.title, words.width(), "lead", weight=600, max_lines=2)
            canvas.paragraph(
                *(mark.title, words.left(), center.y() - high / 2, words.width(), "lead"),
                weight=600,
                max_lines=2,
            )
