"""Buttons: a filled surface means "press me"."""

from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.components.action import Action
from kiosk.ui.icons import IconName
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Bilingual, Theme

ButtonKind = Literal["normal", "primary", "secondary"]
BUTTON_U = 56


def draw_button(
    canvas: Canvas,
    rect: QRectF,
    label: Bilingual | str,
    kind: ButtonKind = "normal",
    *,
    pressed: bool = False,
    enabled: bool = True,
    icon: IconName | None = None,
    role: str = "action",
) -> None:
    """A button in any state: primary is the accent, secondary an outline, disabled an outline with
    quiet text."""
    color = "text.1"
    if not enabled:
        canvas.surface(rect, "surface.1")
        canvas.outline(rect, "line.hair")
        color = "text.3"
    elif kind == "primary":
        canvas.surface(rect, "accent.fill")
        color = "accent.on"
        if pressed:
            inset = canvas.theme.px(4)
            canvas.outline(
                rect.adjusted(inset, inset, -inset, -inset), "accent.on", "hair", "small"
            )
    elif pressed:
        canvas.surface(rect, "surface.3")
    elif kind == "secondary":
        canvas.outline(rect, "line.control")
    else:
        canvas.surface(rect, "surface.2")
    # Dark letters on a bright ground look thinner than they are.
    weight = 700 if color == "accent.on" else 600
    _label(canvas, rect, label, color, icon, role, weight)


def _label(
    canvas: Canvas,
    rect: QRectF,
    label: Bilingual | str,
    color: str,
    icon: IconName | None,
    role: str,
    weight: int,
) -> None:
    theme = canvas.theme
    side = theme.px(22) if icon else 0
    gap = theme.px(10) if icon else 0
    room = rect.width() - 2 * theme.px(10) - side - gap
    role = canvas.fitting_role(label, room, role, weight)
    width = min(room, canvas.width(label, role, weight))
    left = rect.center().x() - (width + side + gap) / 2
    if icon:
        canvas.icon(icon, QRectF(left, rect.center().y() - side / 2, side, side), color)
    baseline = canvas.middle_baseline(rect.center().y(), role, weight)
    canvas.text(label, left + side + gap, baseline, role, color, weight=weight, width=room)


class Button(Component):
    """One button, 56u high unless it is given another size."""

    def __init__(
        self,
        theme: Theme,
        action: Action,
        kind: ButtonKind = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._action = action
        self._kind: ButtonKind = kind

    def set_action(self, action: Action, kind: ButtonKind | None = None) -> None:
        """Another label, command or state."""
        if (action, kind or self._kind) != (self._action, self._kind):
            self._action, self._kind = action, kind or self._kind
            self.update()

    def targets(self) -> tuple[Target, ...]:
        return (self._action.target(self.area()),)

    def paint(self, canvas: Canvas) -> None:
        (target,) = self.targets()
        draw_button(
            canvas,
            target.rect,
            self._action.label,
            self._kind,
            pressed=self.is_pressed(target.trigger),
            enabled=self._action.enabled,
            icon=self._action.icon,
        )
