"""Segmented switch: one of two to six choices."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.components.standing_out import draw_standing_out
from kiosk.ui.paint import Canvas
from kiosk.ui.ruler import wrap
from kiosk.ui.theme import Theme

PAD_U = 6
ROLES = ("body", "meta", "micro")


class SegmentedView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The choices and the place (from 0) of the one that holds; -1: none does. `marked` are the
    triggers of those that stand out; None: all are alike."""

    choices: tuple[Action, ...]
    selected: int = 0
    marked: frozenset[str] | None = None


class Segmented(Component):
    """Height 48u or more."""

    def __init__(self, theme: Theme, view: SegmentedView, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._view = view

    def set_view(self, view: SegmentedView) -> None:
        if view != self._view:
            self._view = view
            self.update()

    def targets(self) -> tuple[Target, ...]:
        area = self.area()
        width = area.width() / max(1, len(self._view.choices))
        return tuple(
            choice.target(QRectF(i * width, 0, width, area.height()))
            for i, choice in enumerate(self._view.choices)
        )

    def paint(self, canvas: Canvas) -> None:
        canvas.surface(self.area(), "surface.1")
        role = self._role(canvas)
        for i, target in enumerate(self.targets()):
            chosen = i == self._view.selected
            if chosen:
                canvas.selected_surface(target.rect, edge="bottom")
            elif self.is_pressed(target.trigger):
                canvas.surface(target.rect, "surface.2")
            color = "text.1" if chosen else "text.2" if target.enabled else "text.3"
            if self._view.marked is not None and target.trigger in self._view.marked:
                color = "text.1"
                draw_standing_out(canvas, target.rect)
            label, weight = self._view.choices[i].label, 600 if chosen else 500
            width = self._room()
            high = canvas.paragraph_px(label, width, role, weight=weight, max_lines=2)
            top = target.rect.center().y() - high / 2
            left = target.rect.left() + self.theme.px(PAD_U)
            canvas.paragraph(
                *(label, left, top, width, role, color),
                weight=weight,
                max_lines=2,
                align="center",
            )

    def _room(self) -> float:
        """For the words of one choice."""
        return self.area().width() / max(1, len(self._view.choices)) - 2 * self.theme.px(PAD_U)

    def _role(self, canvas: Canvas) -> str:
        """One type for all choices: the largest in which each has room, in lines of whole words."""
        fitting = (role for role in ROLES if self._fits(canvas, role))
        return next(fitting, ROLES[-1])

    def _fits(self, canvas: Canvas, role: str) -> bool:
        metrics, room = self.theme.metrics(role, 600), self._room()
        for choice in self._view.choices:
            lines = wrap(metrics, self.theme.say(choice.label), room)
            widest = max(metrics.horizontalAdvance(line) for line in lines)
            if widest > room or len(lines) * canvas.line_px(role) > self.area().height():
                return False
        return True
