"""How the map gets from one view to another: a picture of it grows or shrinks into the new one."""

import math

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation
from PySide6.QtGui import QPixmap, QTransform

STILL = 0.02  # a smaller difference of scale, or of a picture's width, is no journey


class MapFlight(QVariantAnimation):
    """Moves `picture` from one place in the widget to another; both only scale and shift."""

    def __init__(
        self,
        picture: QPixmap,
        begin: QTransform,
        end: QTransform,
        duration_ms: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.picture = picture
        self._begin, self._end = begin, end
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setDuration(duration_ms)
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)

    def place(self) -> QTransform:
        """Where the picture is now."""
        return between(self._begin, self._end, float(self.currentValue() or 0.0))


def between(begin: QTransform, end: QTransform, share: float) -> QTransform:
    """A place on the way (0..1): the scale changes evenly, around the point that stays."""
    ratio = end.m22() / begin.m22()
    grown = ratio**share
    way = (grown - 1) / (ratio - 1) if abs(ratio - 1) > STILL else share
    dx = begin.dx() + (end.dx() - begin.dx()) * way
    dy = begin.dy() + (end.dy() - begin.dy()) * way
    return QTransform(begin.m11() * grown, 0, 0, begin.m22() * grown, dx, dy)


def is_journey(step: QTransform, width_px: int) -> bool:
    """Whether what is seen changes enough to show the way."""
    shift = math.hypot(step.dx(), step.dy())
    return abs(step.m22() - 1) > STILL or shift > STILL * width_px
