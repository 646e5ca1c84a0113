"""What every component of the wall shares: painting, being pressed, being told the time.

A component declares the places that can be pressed (`targets`). Finger, mouse, a hand in the air
and a test all press the same targets; two hands may press two of them at once.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QHideEvent,
    QInputEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from kiosk.ui.ahead import Ahead
from kiosk.ui.paint import Canvas, Mark
from kiosk.ui.ruler import Ruler
from kiosk.ui.theme import Theme

MOUSE_POINT = -1
SLOP_U = 24.0
"""Some 4 cm on a wall 1.7 m high: who presses with a flat finger at arm's length still taps."""


def event_ms(event: QInputEvent) -> float:
    """When the screen or the mouse saw it, by the system's own clock."""
    return float(event.timestamp())


@dataclass(frozen=True)
class Target:
    """A place that can be pressed and what pressing it asks for.

    `rect` is in the component's square pixels. `trigger` names the place for the audit log
    ("dock.home"). A disabled target is drawn but not pressed.
    """

    rect: QRectF
    command: str
    args: Mapping[str, object] = field(default_factory=dict)
    trigger: str = ""
    enabled: bool = True


class Component(QWidget):
    """Base of the components. Subclasses draw in `paint` and may name `targets`."""

    counts_seconds = False
    """Whether `set_now` is wanted each second (countdowns) and not each minute (ages)."""

    submitted = Signal(str, object, str)
    """command, args, trigger"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._held: dict[int, Target] = {}
        self._began: dict[int, QPointF] = {}
        self._now_ms: int | None = None
        self._ahead = Ahead()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    # ---- what a subclass gives

    def paint(self, canvas: Canvas) -> None:
        """Draws the component inside `area()`."""

    def targets(self) -> tuple[Target, ...]:
        """The places that can be pressed, topmost first."""
        return ()

    @property
    def draggable(self) -> bool:
        """Whether a hand in the air can move what is shown, by `drag_by` and then `let_go`."""
        return False

    def drag_by(self, dx_px: float, dy_px: float) -> None:
        """Follows the hand, in widget pixels."""

    def let_go(self) -> Target | None:
        """The hand opened: what the component asks for because it was moved."""
        return None

    # ---- theme, time, geometry

    @property
    def theme(self) -> Theme:
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Other colours, size or language."""
        self._theme = theme
        self.update()

    @property
    def now_ms(self) -> int | None:
        return self._now_ms

    def set_now(self, now_ms: int) -> None:
        """The time for ages, epoch ms; called about once a minute by whoever keeps the clock."""
        self._now_ms = now_ms

    def area(self) -> QRectF:
        """The component's own rectangle in square pixels."""
        return QRectF(0, 0, self.width() * self._theme.pixel_aspect, self.height())

    def measure(self) -> Ruler:
        """Room that words take in this theme."""
        return Ruler(self._theme)

    def repaint_area(self, rect: QRectF) -> None:
        """Asks for a repaint of a rectangle in square pixels only."""
        self.update(self.device_rect(rect).toAlignedRect())

    def device_targets(self) -> tuple[Target, ...]:
        """`targets` with rectangles in widget pixels."""
        return tuple(
            Target(self.device_rect(t.rect), t.command, t.args, t.trigger, t.enabled)
            for t in self.targets()
        )

    def device_rect(self, rect: QRectF) -> QRectF:
        """A rectangle in square pixels in widget pixels."""
        aspect = self._theme.pixel_aspect
        return QRectF(rect.x() / aspect, rect.y(), rect.width() / aspect, rect.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._ahead.show(self, event):
            painter = QPainter(self)
            self.paint_on(painter, dirty=self._square(event.rect()))
            if self._held:
                self._outline_held(painter)
            painter.end()

    def _outline_held(self, painter: QPainter) -> None:
        """What a finger is on is outlined, whatever else the component shows of it."""
        painter.scale(1 / self._theme.pixel_aspect, 1.0)
        canvas = Canvas(painter, self._theme)
        for held in self._held.values():
            canvas.outline(held.rect, "accent.fill", "selection")

    def _square(self, rect: QRect) -> QRectF:
        """A rectangle in widget pixels in square pixels."""
        aspect = self._theme.pixel_aspect
        return QRectF(rect.x() * aspect, rect.y(), rect.width() * aspect, rect.height())

    def update(self, *args: Any) -> None:
        self._ahead.drop()
        super().update(*args)

    # ---- drawn before it is on the screen

    def parts(self) -> Sequence[QRectF]:
        """What takes some milliseconds to draw, by rectangles (square pixels) that cover all; a
        component that takes longer names several, and draws no more of itself than is asked for."""
        return (self.area(),)

    @property
    def drawn_ahead(self) -> bool:
        """Whether the first paint will show a picture."""
        return self._ahead.ready

    def draw_ahead(self) -> Iterator[None]:
        """Draws the picture that the first paint will show; after each part others may have a
        turn."""
        parts = (self.device_rect(part).toAlignedRect() for part in self.parts())
        return self._ahead.draw(self.size(), parts, self._draw_part)

    def _draw_part(self, picture: QPixmap, part: QRect) -> None:
        painter = QPainter(picture)
        painter.setClipRect(part)
        self.paint_on(painter, dirty=self._square(part))
        painter.end()

    def paint_on(
        self, painter: QPainter, marks: list[Mark] | None = None, dirty: QRectF | None = None
    ) -> None:
        """Draws the component with its corner at the painter's origin; `dirty` is the part that
        is asked for, in square pixels (None: all)."""
        painter.save()
        painter.scale(1 / self._theme.pixel_aspect, 1.0)
        self.paint(Canvas(painter, self._theme, marks, dirty))
        painter.restore()

    # ---- pressing

    def is_pressed(self, trigger: str) -> bool:
        """Whether a finger, the mouse or a hand is down on this target now."""
        return any(held.trigger == trigger for held in self._held.values())

    def target_at(self, position: QPointF) -> Target | None:
        """The enabled target under a position in widget pixels."""
        at = QPointF(position.x() * self._theme.pixel_aspect, position.y())
        return next((t for t in self.targets() if t.enabled and t.rect.contains(at)), None)

    def _press(self, point: int, position: QPointF) -> bool:
        target = self.target_at(position)
        if target is None:
            return False
        self._held[point] = target
        self.repaint_area(target.rect)
        return True

    def _release(self, point: int, position: QPointF) -> bool:
        held = self._held.pop(point, None)
        if held is None:
            return False
        self.repaint_area(held.rect)
        target = self.target_at(position)
        if target is not None and target.trigger == held.trigger:
            self.activate(target)
        return True

    def activate(self, target: Target) -> None:
        """A target was pressed, by a finger, the mouse or a hand in the air."""
        self.submitted.emit(target.command, dict(target.args), target.trigger)

    # ---- fingers; the mouse is one of them

    def takes(self, axis: Literal["x", "y"]) -> bool:
        """Whether what is shown follows a finger along this axis: a flick there is its own."""
        return False

    def slop_px(self) -> int:
        """How far a finger that taps may wander."""
        return self.theme.px(SLOP_U)

    def finger_down(self, point: int, position: QPointF, t_ms: float) -> bool:
        """False when there is nothing for it here."""
        self._began[point] = position
        return self._press(point, position)

    def finger_moved(self, point: int, position: QPointF, t_ms: float) -> None:
        if self.has_slid(point, position):
            self.drop_press(point)

    def finger_up(self, point: int, position: QPointF, t_ms: float) -> bool:
        self._began.pop(point, None)
        return self._release(point, position)

    def fingers_gone(self, t_ms: float) -> None:
        """The system took the fingers away: nothing is pressed."""
        self._began.clear()
        self._held.clear()
        self.update()

    def has_slid(self, point: int, position: QPointF) -> bool:
        """Whether a finger is farther from where it came down than one that taps."""
        began = self._began.get(point)
        return began is not None and math.dist(began.toTuple(), position.toTuple()) > self.slop_px()

    def drop_press(self, point: int) -> None:
        """What this finger is on is not pressed when it leaves."""
        held = self._held.pop(point, None)
        if held is not None:
            self.repaint_area(held.rect)

    def drop_presses(self) -> None:
        """What fingers are on is not pressed when they leave."""
        for point in list(self._held):
            self.drop_press(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        taken = left and self.finger_down(MOUSE_POINT, event.position(), event_ms(event))
        event.setAccepted(taken)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.finger_moved(MOUSE_POINT, event.position(), event_ms(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        taken = left and self.finger_up(MOUSE_POINT, event.position(), event_ms(event))
        event.setAccepted(taken)

    def hideEvent(self, event: QHideEvent) -> None:
        # A finger that is still down on what went away presses nothing any more.
        self._held.clear()
        self._began.clear()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            event.setAccepted(self._touch(event))
            return event.isAccepted()
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> bool:
        t_ms = event_ms(event)
        if event.type() == QEvent.Type.TouchCancel:
            self.fingers_gone(t_ms)
            return True
        for point in event.points():
            if point.state() == QEventPoint.State.Pressed:
                self.finger_down(point.id(), point.position(), t_ms)
            elif point.state() == QEventPoint.State.Updated:
                self.finger_moved(point.id(), point.position(), t_ms)
            elif point.state() == QEventPoint.State.Released:
                self.finger_up(point.id(), point.position(), t_ms)
        # Qt sends a second finger only to a widget that took the first one, wherever that lies.
        return self.takes("y") or bool(self.targets())
