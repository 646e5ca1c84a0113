"""Draws the hand of a gesture: strokes for fingers, parted by the ground's colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from gestures.events import GestureKind
from kiosk.ui.hand_poses import (
    FIGURES,
    PALM,
    PALM_ROUND,
    WIDTHS,
    Arrow,
    Hand,
    Point,
    finger,
    placed,
)
from kiosk.ui.paint import Canvas

PARTING = 0.03  # of the picture's side, around each finger
ARROW = 0.045
HEAD = 0.1


def draw_gesture(
    canvas: Canvas,
    kind: GestureKind,
    rect: QRectF,
    color: str = "text.1",
    ground: str = "background",
) -> None:
    """The hand or hands of a gesture and the way that they go, in the middle of `rect`."""
    side = min(rect.width(), rect.height())
    canvas.painter.save()
    canvas.painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    figure = FIGURES[kind]
    for hand in figure.hands:
        _draw_hand(canvas, hand, side, color, ground)
    for arrow in figure.arrows:
        _draw_arrow(canvas, arrow, side)
    canvas.painter.restore()


def _draw_hand(canvas: Canvas, hand: Hand, side: float, color: str, ground: str) -> None:
    palm = _path(hand, PALM, side)
    palm.closeSubpath()
    canvas.painter.setBrush(canvas.theme.brush(color))
    canvas.painter.setPen(_pen(canvas, color, 2 * PALM_ROUND * hand.scale * side))
    canvas.painter.drawPath(palm)
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    for index in (4, 3, 2, 1, 0):
        path = _path(hand, finger(hand.pose, index), side)
        width = WIDTHS[index] * hand.scale * side
        canvas.painter.setPen(_pen(canvas, ground, width + PARTING * hand.scale * side))
        canvas.painter.drawPath(path)
        canvas.painter.setPen(_pen(canvas, color, width))
        canvas.painter.drawPath(path)


def _draw_arrow(canvas: Canvas, arrow: Arrow, side: float) -> None:
    start, end = (QPointF(x * side, y * side) for x, y in (arrow.start, arrow.end))
    along = (end - start) / ((end - start).manhattanLength() or 1.0) * HEAD * side
    across = QPointF(-along.y(), along.x())
    path = QPainterPath(start)
    path.lineTo(end)
    path.moveTo(end - along + across * 0.8)
    path.lineTo(end)
    path.lineTo(end - along - across * 0.8)
    canvas.painter.setPen(_pen(canvas, "accent.fill", ARROW * side))
    canvas.painter.drawPath(path)


def _path(hand: Hand, points: tuple[Point, ...], side: float) -> QPainterPath:
    shown = [QPointF(x * side, y * side) for x, y in (placed(hand, point) for point in points)]
    path = QPainterPath(shown[0])
    for point in shown[1:]:
        path.lineTo(point)
    return path


def _pen(canvas: Canvas, color: str, width: float) -> QPen:
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(canvas.theme.color(color), width, Qt.PenStyle.SolidLine, round_cap, round_join)
