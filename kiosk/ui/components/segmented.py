"""Segmented switch: one of two to six choices."""

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme


class SegmentedView(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The choices and the place (from 0) of the one that holds; -1: none does."""

    choices: tuple[Action, ...]
    selected: int = 0


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
        theme = self.theme
        canvas.surface(self.area(), "surface.1")
        for i, target in enumerate(self.targets()):
            chosen = i == self._view.selected
            if chosen:
                canvas.selected_surface(target.rect, edge="bottom")
            elif self.is_pressed(target.trigger):
                canvas.surface(target.rect, "surface.2")
            color = "text.1" if chosen else "text.2" if target.enabled else "text.3"
            label, weight = self._view.choices[i].label, 600 if chosen else 500
            width = target.rect.width() - 2 * theme.px(6)
            long = canvas.width(label, "body", weight) > width
            role = "meta" if long else "body"
            high = canvas.paragraph_px(label, width, role, weight=weight, max_lines=2)
            top = target.rect.center().y() - high / 2
            left = target.rect.left() + theme.px(6)
            canvas.paragraph(
                *(label, left, top, width, role, color),
                weight=weight,
                max_lines=2,
                align="center",
            )
