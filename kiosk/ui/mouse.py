"""The mouse pointer shows for a while after a mouse moved, and never otherwise."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

REST_MS = 3000


class RestingMouse:
    """Hides the pointer over a window. Asks where the mouse is instead of listening to it: a touch
    screen must not show a pointer for a finger."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._at = QCursor.pos()
        self._moved_ms: int | None = None
        window.setCursor(Qt.CursorShape.BlankCursor)

    def tick(self, now_ms: int) -> None:
        """About once a second, epoch ms."""
        at = QCursor.pos()
        if at != self._at:
            self._at, self._moved_ms = at, now_ms
            self._window.setCursor(Qt.CursorShape.ArrowCursor)
        elif self._moved_ms is not None and now_ms - self._moved_ms >= REST_MS:
            self._moved_ms = None
            self._window.setCursor(Qt.CursorShape.BlankCursor)
