"""What is higher than its room: it follows a finger, glides, stops at a touch, shows its ends."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QVariantAnimation
from PySide6.QtGui import QHideEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.component import Component, Target
from kiosk.ui.paint import Canvas
from kiosk.ui.scroll import Glide, Scroll
from kiosk.ui.theme import Theme

CUE_MOST_U = 14.0
CUE_SHARE = 0.12  # of how far a finger pulls beyond an end


class Scrolling(Component):
    """A subclass says how high its content is, in what room it lies, and paints it at `offset`.

    The first finger that moves up or down leads; others press what they are on meanwhile.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._scroll = Scroll()
        self._glide: Glide | None = None
        self._leader: int | None = None
        self.gliding = QVariantAnimation(self)
        self.gliding.setStartValue(0.0)
        self.gliding.valueChanged.connect(self._glide_on)
        self.gliding.finished.connect(self._rest)

    # ---- what a subclass gives

    def room(self) -> QRectF:
        """Where the content is seen, square pixels."""
        return self.area()

    def most_px(self) -> float:
        """The largest offset: how much higher the content is than its room."""
        return 0.0

    def step_px(self) -> float:
        """Height of a row, at which the content rests; 0: anywhere."""
        return 0.0

    # ---- where it is

    @property
    def offset(self) -> float:
        """Pixels of the content above its room."""
        if not self.moving:
            self._measure()
            if self._scroll.offset_px > self._scroll.most_px:
                self._scroll.move_to(self._scroll.most_px)
        return self._scroll.offset_px

    @property
    def moving(self) -> bool:
        """Whether a finger moves it, or it glides."""
        return self._leader is not None or self._glide is not None

    def scroll_to(self, offset_px: float) -> None:
        """At once; what glides stops."""
        self._stop()
        self._measure()
        self._scroll.move_to(offset_px)
        self.update()

    def _measure(self) -> None:
        self._scroll.most_px = max(0.0, self.most_px())
        self._scroll.step_px = self.step_px()
        self._scroll.room_px = max(1.0, self.room().height())

    # ---- fingers

    def takes(self, axis: Literal["x", "y"]) -> bool:
        return axis == "y" and self.most_px() > 0

    def finger_down(self, point: int, position: QPointF, t_ms: float) -> bool:
        if self._glide is None:
            return super().finger_down(point, position, t_ms) or self.takes("y")
        # What glides is stopped by a touch, which then presses nothing.
        super().finger_down(point, position, t_ms)
        self.drop_press(point)
        self._stop()
        self._lead(point, t_ms, position)
        return True

    def finger_moved(self, point: int, position: QPointF, t_ms: float) -> None:
        if self._leader is None and self.takes("y") and self._drags(point, position):
            self._lead(point, t_ms, position)
        elif point == self._leader:
            self._scroll.follow(t_ms, position.y(), stretches=not self.theme.reduced_motion)
            self._repaint()
        super().finger_moved(point, position, t_ms)

    def finger_up(self, point: int, position: QPointF, t_ms: float) -> bool:
        if point == self._leader:
            self._leader = None
            self._let_go(t_ms)
        return super().finger_up(point, position, t_ms)

    def fingers_gone(self, t_ms: float) -> None:
        if self._leader is not None:
            self._leader = None
            self._let_go(t_ms)
        super().fingers_gone(t_ms)

    def _lead(self, point: int, t_ms: float, position: QPointF) -> None:
        self._measure()
        self._leader = point
        self._scroll.hold(t_ms, position.y())

    def _drags(self, point: int, position: QPointF) -> bool:
        """Whether a finger that came down in the room has slid up or down."""
        began = self._began.get(point)
        if began is None or not self.has_slid(point, position):
            return False
        way = position - began
        aspect = self.theme.pixel_aspect
        return abs(way.y()) >= abs(way.x() * aspect) and self.room().contains(
            QPointF(began.x() * aspect, began.y())
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        rows = -event.angleDelta().y() / 120
        self.scroll_to(self.offset + rows * (self.step_px() or self.theme.px(80)))
        event.accept()

    # ---- a hand in the air

    @property
    def draggable(self) -> bool:
        return self.most_px() > 0

    def drag_by(self, dx_px: float, dy_px: float) -> None:
        self.scroll_to(self.offset - dy_px)

    def let_go(self) -> Target | None:
        self._let_go(0.0)
        return None

    # ---- gliding

    def _let_go(self, t_ms: float) -> None:
        self._measure()
        glide = self._scroll.let_go(t_ms)
        if self.theme.reduced_motion or not glide.duration_ms:
            self._scroll.move_to(glide.end_px)
            self._rest()
            return
        self._glide = glide
        self.gliding.setEndValue(float(glide.duration_ms))
        self.gliding.setDuration(glide.duration_ms)
        self.gliding.start()

    def _glide_on(self, t_ms: float) -> None:
        if self._glide is not None:
            self._scroll.show(self._glide.at(t_ms))
            self._repaint()

    def _repaint(self) -> None:
        """The content is the same, and lies elsewhere: what a subclass keeps of it still holds."""
        self._ahead.drop()
        QWidget.update(self)

    def _rest(self) -> None:
        if self._glide is not None:
            self._scroll.move_to(self._glide.end_px)
        self._glide = None
        self.rested()
        self.update()

    def _stop(self) -> None:
        """Where it is now."""
        if self._glide is not None:
            self._glide = None
            self.gliding.stop()

    def rested(self) -> None:
        """It moves no more."""

    def hideEvent(self, event: QHideEvent) -> None:
        if self._glide is not None:
            self.gliding.stop()
            self._rest()
        self._leader = None
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stop()
        self.rested()

    # ---- drawing

    def paint_ends(self, canvas: Canvas) -> None:
        """The end that a finger pulls beyond."""
        beyond = self._scroll.beyond_px
        if not beyond:
            return
        room = self.room()
        high = min(float(canvas.theme.px(CUE_MOST_U)), max(2.0, abs(beyond) * CUE_SHARE))
        top = room.top() if beyond < 0 else room.bottom() - high
        bar = QRectF(room.left(), top, room.width(), high)
        canvas.painter.fillRect(bar, canvas.theme.color("accent.fill"))
