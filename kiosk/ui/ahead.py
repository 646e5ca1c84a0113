"""A widget drawn on a picture before it is on the screen, a part at a time."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import clear_picture


class Ahead:
    """The picture of one widget. Its first paint shows the picture and lets it go; so does
    whatever changes the widget before."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._begun: QPixmap | None = None

    def draw(
        self, size: QSize, parts: Iterable[QRect], paint: Callable[[QPixmap, QRect], None]
    ) -> Iterator[None]:
        """`paint` draws one part; what looks at the screen's events is let in between two."""
        picture = clear_picture(size)
        self._picture, self._begun = None, picture
        for part in parts:
            paint(picture, part)
            yield
            if self._begun is not picture:
                return
        self._picture, self._begun = picture, None

    def show(self, widget: QWidget, event: QPaintEvent) -> bool:
        """Paints the picture; False when there is none of this size."""
        picture, self._picture = self._picture, None
        if picture is None or picture.size() != widget.size():
            return False
        painter = QPainter(widget)
        painter.drawPixmap(event.rect().topLeft(), picture, event.rect())
        painter.end()
        return True

    @property
    def ready(self) -> bool:
        return self._picture is not None

    def drop(self) -> None:
        """The widget has changed."""
        self._picture = self._begun = None
