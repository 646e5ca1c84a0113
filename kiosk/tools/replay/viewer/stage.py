"""The hands of one moment as lines between their joints, as in a mirror."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gestures.events import Hand, Point2
from gestures.trace import Moment
from kiosk.tools.replay.words import NOTHING, STATES, kind_words
from kiosk.ui.components.gesture_hud import BONES, REFUSAL_WORDS
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme

MARGIN_U = 20.0
LINE_U = 26.0
NEAR = 0.4  # of the room is for the hand that counts, drawn large


class HandStage(QWidget):
    """Draws what the first version sees; below it, what each version makes of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._moments: tuple[Moment, ...] = ()
        self._names: tuple[str, ...] = ()

    def show_moments(self, moments: tuple[Moment, ...], names: tuple[str, ...]) -> None:
        self._moments, self._names = moments, names
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas = Canvas(painter, self.theme)
        painter.fillRect(self.rect(), self.theme.color("surface.1"))
        if self._moments:
            self._draw(canvas)
        else:
            middle = self.rect().center()
            canvas.text(NOTHING, middle.x(), middle.y(), "body", "text.3", align="center")
        painter.end()

    def _draw(self, canvas: Canvas) -> None:
        margin, line = self.theme.px(MARGIN_U), self.theme.px(LINE_U)
        foot = line * len(self._moments) + margin
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -foot - margin)
        first = self._moments[0]
        if first.status.skeleton:
            near = QRectF(room.right() - room.width() * NEAR, room.top(), 0, room.height())
            near.setRight(room.right())
            self._bones(canvas, first.status.skeleton, _fitted(near, 1.0), own=True)
        room.setRight(room.right() - room.width() * NEAR - margin)
        picture = _fitted(room, first.frame.aspect)
        canvas.painter.setPen(QPen(self.theme.color("line.hair"), self.theme.stroke(1.0)))
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        canvas.painter.drawRect(picture)
        for hand in first.frame.hands:
            self._hand(canvas, hand, picture, first)
        for index, moment in enumerate(self._moments):
            baseline = self.height() - foot + line * (index + 0.6)
            self._words(canvas, moment, index, baseline)

    def _hand(self, canvas: Canvas, hand: Hand, picture: QRectF, moment: Moment) -> None:
        places = [(1.0 - x, y) for x, y, _ in hand.lm]
        self._bones(canvas, places, picture, own=hand.side == moment.status.side)

    def _bones(self, canvas: Canvas, places: Sequence[Point2], box: QRectF, *, own: bool) -> None:
        """places: 0..1 of the box."""
        points = [
            QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in places
        ]
        color = self.theme.color("accent.fill" if own else "text.3")
        canvas.painter.setPen(
            QPen(
                color,
                self.theme.stroke(3.0 if own else 2.0),
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
            )
        )
        for start, end in BONES:
            canvas.painter.drawLine(points[start], points[end])
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(color)
        radius = self.theme.stroke(3.5)
        for point in points:
            canvas.painter.drawEllipse(point, radius, radius)

    def _words(self, canvas: Canvas, moment: Moment, index: int, baseline: float) -> None:
        """State, the shape that is being formed and how far, and what is refused."""
        status, margin = moment.status, self.theme.px(MARGIN_U)
        parts = [self.theme.say(STATES[status.state])]
        if status.candidate is not None:
            formed = self.theme.say(kind_words(status.candidate.value))
            parts.append(f"{formed} {status.progress * 100:.0f} %")
        if status.refused is not None:
            parts.append(self.theme.say(REFUSAL_WORDS[status.refused][0]))
        name = f"{self._names[index]}: " if len(self._moments) > 1 else ""
        width = self.width() - 2 * margin
        canvas.text(name + " · ".join(parts), margin, baseline, "body", width=width, elide=True)


def _fitted(room: QRectF, aspect: float) -> QRectF:
    """As large as fits, of the picture's proportions."""
    width = min(room.width(), room.height() * aspect)
    height = width / aspect
    left = room.center().x() - width / 2
    return QRectF(left, room.center().y() - height / 2, width, height)
