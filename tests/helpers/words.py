"""What a piece of the wall writes."""

from PySide6.QtGui import QImage, QPainter

from kiosk.ui.charts.district_map import DistrictMap
from kiosk.ui.charts.map_furniture import paint_furniture
from kiosk.ui.component import Component
from kiosk.ui.paint import Mark


def words_of(piece: Component) -> list[Mark]:
    """What a piece writes, in its own square pixels."""
    marks: list[Mark] = []
    image = QImage(piece.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    if isinstance(piece, DistrictMap):
        if piece.model is not None:
            paint_furniture(painter, piece.theme, piece.model, piece.area(), 50.0, marks)
    else:
        piece.paint_on(painter, marks)
    painter.end()
    return [mark for mark in marks if mark.text and not mark.ink.isEmpty()]
