"""Icons: stroked paths in a 24 x 24 box, built once."""

import math
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from kiosk.ui.icon_names import IconName

__all__ = ["ICON_BOX", "IconName", "icon_path"]

ICON_BOX = 24.0


def _strokes(*lines: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        path.moveTo(*line[0])
        for x, y in line[1:]:
            path.lineTo(x, y)
    return path


def _with_rects(
    path: QPainterPath, *rects: tuple[float, float, float, float, float]
) -> QPainterPath:
    for x, y, width, height, radius in rects:
        path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


def _with_circles(path: QPainterPath, *circles: tuple[float, float, float]) -> QPainterPath:
    for x, y, radius in circles:
        path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _phone() -> QPainterPath:
    path = QPainterPath(QPointF(6.2, 3.5))
    path.lineTo(9.2, 3.5)
    path.lineTo(10.7, 7.8)
    path.lineTo(8.7, 9.4)
    path.cubicTo(9.9, 11.9, 12.1, 14.1, 14.6, 15.3)
    path.lineTo(16.2, 13.3)
    path.lineTo(20.5, 14.8)
    path.lineTo(20.5, 17.8)
    path.cubicTo(20.5, 19.3, 19.3, 20.5, 17.8, 20.5)
    path.cubicTo(10.3, 20.5, 3.5, 13.7, 3.5, 6.2)
    path.cubicTo(3.5, 4.7, 4.7, 3.5, 6.2, 3.5)
    path.closeSubpath()
    return path


def _hand() -> QPainterPath:
    path = QPainterPath(QPointF(7.5, 13.5))
    for left, top in ((7.5, 6.0), (10.5, 4.0), (13.5, 5.0), (16.5, 7.5)):
        path.lineTo(left, top + 1.5)
        path.arcTo(QRectF(left, top, 3.0, 3.0), 180, -180)
        path.lineTo(left + 3.0, 11.5)
        path.moveTo(left + 3.0, 11.5)
    path.lineTo(19.5, 14.5)
    path.cubicTo(19.5, 18.5, 17.0, 21.0, 13.5, 21.0)
    path.cubicTo(10.0, 21.0, 8.5, 19.5, 7.0, 17.0)
    path.lineTo(4.6, 13.2)
    path.cubicTo(4.2, 12.2, 5.6, 11.2, 6.5, 12.2)
    path.lineTo(7.5, 13.5)
    return path


def _mic() -> QPainterPath:
    path = _with_rects(_strokes([(12, 18), (12, 21)], [(8.5, 21), (15.5, 21)]), (9, 3, 6, 11, 3))
    path.moveTo(5.5, 11)
    path.arcTo(QRectF(5.5, 4.8, 13, 13), 180, 180)
    return path


def _person() -> QPainterPath:
    path = _with_circles(QPainterPath(), (12, 7.5, 3.8))
    path.moveTo(5, 20.5)
    path.arcTo(QRectF(5, 13.5, 14, 14), 180, -180)
    return path


def _help() -> QPainterPath:
    path = _with_circles(QPainterPath(), (12, 12, 9))
    path.moveTo(9.4, 9.6)
    path.cubicTo(9.4, 6.4, 14.6, 6.4, 14.6, 9.6)
    path.cubicTo(14.6, 11.6, 12, 11.8, 12, 14)
    path.moveTo(12, 16.9)
    path.lineTo(12, 17.1)
    return path


def _contrast() -> QPainterPath:
    path = _with_circles(QPainterPath(), (12, 12, 8.5))
    for x in (12.0, 14.5, 17.0):
        reach = math.sqrt(8.5**2 - (x - 12) ** 2)
        path.moveTo(x, 12 - reach)
        path.lineTo(x, 12 + reach)
    return path


@cache
def icon_path(name: IconName) -> QPainterPath:
    """A stroked icon in a 24 x 24 box."""
    drawn: dict[IconName, Callable[[], QPainterPath]] = {
        "home": lambda: _strokes(
            [(4, 11), (12, 4), (20, 11)],
            [(6, 9.5), (6, 20), (10, 20), (10, 14.5), (14, 14.5), (14, 20), (18, 20), (18, 9.5)],
        ),
        "back": lambda: _strokes([(20, 12), (4.5, 12)], [(11, 5.5), (4.5, 12), (11, 18.5)]),
        "next": lambda: _strokes([(9, 5.5), (15.5, 12), (9, 18.5)]),
        "check": lambda: _strokes([(4.5, 12.5), (10, 18), (19.5, 7)]),
        "close": lambda: _strokes([(6, 6), (18, 18)], [(18, 6), (6, 18)]),
        "clock": lambda: _with_circles(_strokes([(12, 7), (12, 12.3), (15.6, 14.4)]), (12, 12, 9)),
        "search": lambda: _with_circles(_strokes([(15.6, 15.6), (20.5, 20.5)]), (10.5, 10.5, 6.8)),
        "mic": _mic,
        "hand": _hand,
        "phone": _phone,
        "video": lambda: _with_rects(
            _strokes([(15.5, 11), (21, 7.5), (21, 16.5), (15.5, 13)]), (3, 6.5, 12.5, 11, 2)
        ),
        "send": lambda: _strokes(
            [(20.5, 3.5), (3.5, 10.5), (10.8, 13.2), (13.5, 20.5), (20.5, 3.5)],
            [(10.8, 13.2), (20.5, 3.5)],
        ),
        "download": lambda: _strokes(
            [(12, 4), (12, 15)], [(7, 10.5), (12, 15.5), (17, 10.5)], [(5, 20), (19, 20)]
        ),
        "print": lambda: _with_rects(
            _strokes(
                [(7, 9), (7, 3.5), (17, 3.5), (17, 9)],
                [(7, 17), (4, 17), (4, 9), (20, 9), (20, 17), (17, 17)],
            ),
            (7, 14, 10, 6.5, 0.5),
        ),
        "lock": lambda: _with_rects(
            _strokes(
                [(8, 10.5), (8, 7.5), (9.5, 4.8), (12, 4), (14.5, 4.8), (16, 7.5), (16, 10.5)]
            ),
            (5, 10.5, 14, 10, 2),
        ),
        "map": lambda: _strokes(
            [
                (9, 4),
                (3.5, 6.5),
                (3.5, 20),
                (9, 17.5),
                (15, 20),
                (20.5, 17.5),
                (20.5, 4),
                (15, 6.5),
                (9, 4),
                (9, 17.5),
            ],
            [(15, 6.5), (15, 20)],
        ),
        "qr": lambda: _with_rects(
            _strokes(
                [(14, 14), (14, 17)],
                [(17, 14), (20, 14), (20, 17)],
                [(14, 20), (17, 20), (17, 17.5)],
            ),
            (4, 4, 6, 6, 0.5),
            (14, 4, 6, 6, 0.5),
            (4, 14, 6, 6, 0.5),
        ),
        "tablet": lambda: _with_rects(_strokes([(11, 18), (13, 18)]), (5, 3, 14, 18, 2)),
        "document": lambda: _strokes(
            [
                (14, 3.5),
                (6, 3.5),
                (6, 20.5),
                (18, 20.5),
                (18, 7.5),
                (14, 3.5),
                (14, 7.5),
                (18, 7.5),
            ],
            [(9, 12), (15, 12)],
            [(9, 16), (15, 16)],
        ),
        "pause": lambda: _strokes([(9, 5), (9, 19)], [(15, 5), (15, 19)]),
        "play": lambda: _strokes([(8, 5), (18.5, 12), (8, 19), (8, 5)]),
        "grid": lambda: _with_rects(
            QPainterPath(),
            (4, 4, 6.5, 6.5, 0.5),
            (13.5, 4, 6.5, 6.5, 0.5),
            (4, 13.5, 6.5, 6.5, 0.5),
            (13.5, 13.5, 6.5, 6.5, 0.5),
        ),
        "contrast": _contrast,
        "help": _help,
        "person": _person,
        "system": lambda: _strokes(
            [(3, 12.5), (8, 12.5), (10.5, 6), (14, 18.5), (16.5, 12.5), (21, 12.5)]
        ),
    }
    return drawn[name]()
