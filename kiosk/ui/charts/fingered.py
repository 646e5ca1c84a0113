"""Components that fingers move and pinch: touches and the mouse as points, and taps in pairs."""

import math

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEventPoint, QGuiApplication, QMouseEvent, QTouchEvent

from kiosk.ui.charts.map_touch import Position
from kiosk.ui.component import MOUSE_POINT


class Fingered:
    """Stands before Component among the bases of such a class."""

    def fingers_at(self, points: dict[int, Position]) -> None:
        """Where all fingers are that are down now, in widget pixels."""

    def fingers_left(self, t_ms: int) -> None:
        """The last one was lifted."""

    def fingers_lost(self) -> None:
        """Something else has taken them: what they were about does not count."""

    def _touch(self, event: QTouchEvent) -> bool:
        down = {
            point.id(): (point.position().x(), point.position().y())
            for point in event.points()
            if point.state() != QEventPoint.State.Released
        }
        if event.type() == QEvent.Type.TouchCancel:
            self.fingers_lost()
        elif event.type() == QEvent.Type.TouchEnd or not down:
            self.fingers_left(int(event.timestamp()))
        else:
            self.fingers_at(down)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.fingers_at({MOUSE_POINT: (event.position().x(), event.position().y())})

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.fingers_at({MOUSE_POINT: (event.position().x(), event.position().y())})

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.fingers_left(int(event.timestamp()))


class TapPair:
    """Whether a tap is the second of two at one place, within the time of the desktop."""

    def __init__(self) -> None:
        self._first: tuple[int, Position] | None = None

    def tap(self, t_ms: int, at: Position, reach_px: float) -> bool:
        before, self._first = self._first, (t_ms, at)
        if before is None or math.dist(before[1], at) >= reach_px:
            return False
        if t_ms - before[0] >= QGuiApplication.styleHints().mouseDoubleClickInterval():
            return False
        self._first = None
        return True

    def forget(self) -> None:
        self._first = None
