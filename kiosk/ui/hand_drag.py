"""A closed hand in the air moves what a finger would drag."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component


class HandDrag:
    """One drag at a time, from where the hand closed to where it opens. Places are 0-1 of the
    wall; what is dragged follows them as it follows a finger."""

    def __init__(self, wall: QWidget, submit: Callable[[str, dict[str, Any], str], object]) -> None:
        self._wall = wall
        self._submit = submit
        self._held: Component | None = None
        self._at = QPointF()

    def begin(self, x: float, y: float) -> bool:
        """Takes hold of what can be moved; False when nothing on the wall can."""
        known = self._wall.findChildren(Component)
        movable = [c for c in known if c.draggable and c.isVisibleTo(self._wall)]
        self._at = self._pixel(x, y)
        self._held = min(movable, key=self._far, default=None)
        return self._held is not None

    def _far(self, one: Component) -> tuple[bool, bool]:
        """What lies under the hand comes before what does not, a map before a list."""
        under = one.rect().contains(one.mapFrom(self._wall, self._at).toPoint())
        return not under, not one.takes("x")

    def move(self, x: float, y: float) -> None:
        if self._held is not None:
            step = self._pixel(x, y) - self._at
            self._at += step
            self._held.drag_by(step.x(), step.y())

    def end(self, act: str) -> None:
        """The hand opened: what it moved stays there ("gesture:ACT", once for the whole drag)."""
        held, self._held = self._held, None
        asked = held.let_go() if held is not None else None
        if asked is not None:
            self._submit(asked.command, dict(asked.args), f"gesture:{act}")

    def _pixel(self, x: float, y: float) -> QPointF:
        return QPointF(x * (self._wall.width() - 1), y * (self._wall.height() - 1))
