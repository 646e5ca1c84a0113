"""Which widget and target lie under a point of the wall: for hands in the air and for scripts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target


@runtime_checkable
class Pressable(Protocol):
    """A widget of a panel that is no Component but names its targets, in widget pixels."""

    def targets(self) -> tuple[Target, ...]: ...


@dataclass(frozen=True)
class Hit:
    """A target of a widget; `rect` is its rectangle in pixels of the wall."""

    widget: QWidget
    target: Target
    rect: QRectF

    def middle(self) -> QPoint:
        return self.rect.center().toPoint()


def device_targets(widget: QWidget) -> tuple[Target, ...]:
    """The targets of a widget with rectangles in its own pixels."""
    if isinstance(widget, Component):
        return widget.device_targets()
    return tuple(widget.targets()) if isinstance(widget, Pressable) else ()


def _hit(wall: QWidget, widget: QWidget, target: Target) -> Hit:
    corner = widget.mapTo(wall, QPoint(0, 0))
    return Hit(widget, target, target.rect.translated(QPointF(corner)))


def hit_at(wall: QWidget, at: QPoint) -> Hit | None:
    """The enabled target under a point, from the topmost widget there up to its parents."""
    widget = wall.childAt(at)
    while widget is not None and widget is not wall:
        position = QPointF(widget.mapFrom(wall, at))
        if isinstance(widget, Component):
            found = widget.target_at(position)
            if found is not None:
                rect = QRectF(widget.device_rect(found.rect))
                target = Target(rect, found.command, found.args, found.trigger, found.enabled)
                return _hit(wall, widget, target)
        else:
            for target in device_targets(widget):
                if target.enabled and target.rect.contains(position):
                    return _hit(wall, widget, target)
        widget = widget.parentWidget()
    return None


def all_hits(wall: QWidget, command: str | None = None) -> Iterator[Hit]:
    """Every enabled target that a finger could press now: visible, and not under a sheet.

    With `command` only those that ask for it: whether one can be reached is the dear question.
    """
    for widget in wall.findChildren(QWidget):
        if widget.isVisibleTo(wall):
            for target in device_targets(widget):
                if not target.enabled or command not in (None, target.command):
                    continue
                hit = _hit(wall, widget, target)
                if _reachable(wall, hit):
                    yield hit


def _reachable(wall: QWidget, hit: Hit) -> bool:
    top = wall.childAt(hit.middle())
    return top is not None and (top is hit.widget or hit.widget.isAncestorOf(top))


def find_hit(
    wall: QWidget, command: str, args: Mapping[str, object] | None = None, place: str = ""
) -> Hit | None:
    """The first pressable target that asks for this command, and for these args if given; with
    `place`, the one of this name."""
    for hit in all_hits(wall, None if place else command):
        if place and hit.target.trigger == place:
            return hit
        if not place and (not args or dict(hit.target.args) == dict(args)):
            return hit
    return None
