"""A picture for each step: where to stand, what to hold. Drawn, so that it is sharp at any size.

Drawings live in a box 100 wide and 65 high, seen from the side: the wall at the left, the floor
below.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from gestures.events import GestureKind
from kiosk.ui.hand_drawing import draw_gesture
from kiosk.ui.paint import Canvas

WIDE, HIGH = 100.0, 65.0
FLOOR, WALL = 56.0, 8.0
LINE = 0.7
PERSON_HIGH = 34.0


class Sketch:
    """A canvas in units of the box."""

    def __init__(self, canvas: Canvas, rect: QRectF) -> None:
        self.canvas = canvas
        self._scale = min(rect.width() / WIDE, rect.height() / HIGH)
        self._left = rect.center().x() - WIDE * self._scale / 2
        self._top = rect.center().y() - HIGH * self._scale / 2

    def at(self, x: float, y: float) -> QPointF:
        return QPointF(self._left + x * self._scale, self._top + y * self._scale)

    def box(self, x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(self.at(x, y), self.at(x + width, y + height))

    def line(self, *points: tuple[float, float], color: str = "text.2", wide: float = LINE) -> None:
        path = QPainterPath(self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(self.at(*point))
        self.stroke(path, color, wide)

    def stroke(self, path: QPainterPath, color: str, wide: float = LINE) -> None:
        pen = self.canvas.theme.pen(color, wide * self._scale / self.canvas.theme.unit_px)
        self.canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.canvas.painter.setPen(pen)
        self.canvas.painter.drawPath(path)

    def fill(self, rect: QRectF, color: str) -> None:
        self.canvas.painter.fillRect(rect, self.canvas.theme.color(color))

    def disc(self, x: float, y: float, radius: float, color: str, filled: bool = True) -> None:
        path = QPainterPath()
        path.addEllipse(self.at(x, y), radius * self._scale, radius * self._scale)
        if filled:
            self.canvas.painter.fillPath(path, self.canvas.theme.brush(color))
        else:
            self.stroke(path, color)

    def arc(self, x: float, y: float, radius: float, begin: float, span: float, color: str) -> None:
        """Degrees, counter-clockwise from the right."""
        box = self.box(x - radius, y - radius, 2 * radius, 2 * radius)
        path = QPainterPath()
        path.arcMoveTo(box, begin)
        path.arcTo(box, begin, span)
        self.stroke(path, color)

    def words(self, text: str, x: float, y: float) -> None:
        self.canvas.text(text, self.at(x, y).x(), self.at(x, y).y(), "lead", align="center")

    # ---- things

    def room(self) -> None:
        self.line((2, FLOOR), (98, FLOOR), color="line.control")
        self.fill(self.box(WALL - 2.4, 16, 2.4, 32), "surface.3")
        self.line((WALL, 16), (WALL, 48), color="accent.fill", wide=1.0)

    def camera(self, sees: float = 0.0) -> None:
        """sees: how far its view is drawn; 0 none."""
        if sees:
            path = QPainterPath(self.at(WALL + 2, 13))
            path.lineTo(self.at(sees, 13 - (sees - WALL) * 0.16))
            path.lineTo(self.at(sees, min(FLOOR, 13 + (sees - WALL) * 0.62)))
            path.closeSubpath()
            self.canvas.painter.fillPath(path, self.canvas.theme.brush("accent.dim"))
        self.fill(self.box(WALL - 3, 11, 4, 4), "text.2")
        self.disc(WALL + 1.2, 13, 1.3, "text.1")

    def person(self, x: float, high: float = PERSON_HIGH, color: str = "text.2") -> None:
        part = high / PERSON_HIGH
        top = FLOOR - high
        self.disc(x, top + 3.6 * part, 3.4 * part, color)
        body = QPainterPath()
        body.addRoundedRect(
            self.box(x - 4 * part, top + 8 * part, 8 * part, 14 * part),
            3 * part * self._scale,
            3 * part * self._scale,
        )
        self.canvas.painter.fillPath(body, self.canvas.theme.brush(color))
        for foot in (-2.0, 2.0):
            self.line(
                (x + foot * part, top + 20 * part), (x + foot * part, FLOOR), color=color, wide=2.2
            )

    def arm(self, x: float, to: tuple[float, float]) -> None:
        self.line((x - 1, FLOOR - PERSON_HIGH + 11), to, color="text.2", wide=2.0)

    def board(self, x: float, y: float, side: float = 3.0, lean: float = 0.0) -> None:
        """Seen slantwise: 5 by 4 squares."""
        for row in range(4):
            for column in range(5):
                color = "text.1" if (row + column) % 2 else "surface.3"
                corner = QPainterPath()
                left, top = x + column * side + row * lean, y + row * side
                corner.moveTo(self.at(left, top))
                corner.lineTo(self.at(left + side, top))
                corner.lineTo(self.at(left + side + lean, top + side))
                corner.lineTo(self.at(left + lean, top + side))
                self.canvas.painter.fillPath(corner, self.canvas.theme.brush(color))

    def tape(self, x1: float, x2: float, words: str) -> None:
        y = FLOOR + 3.2
        self.line((x1, y), (x2, y), color="accent.fill")
        for x in (x1, x2):
            self.line((x, y - 1.2), (x, y + 1.2), color="accent.fill")
        self.words(words, (x1 + x2) / 2, y + 5.2)

    def sound(self, x: float, y: float, begin: float, span: float, color: str = "text.2") -> None:
        for radius in (3.0, 5.5, 8.0):
            self.arc(x, y, radius, begin, span, color)

    def microphone(self, x: float, y: float) -> None:
        self.disc(x, y, 2.2, "accent.fill")
        self.line((x, y + 2), (x, y + 6), color="accent.fill", wide=1.2)
        self.line((x - 3, y + 6), (x + 3, y + 6), color="accent.fill", wide=1.2)

    def hand(self, kind: GestureKind, x: float, y: float, side: float) -> None:
        draw_gesture(self.canvas, kind, self.box(x, y, side, side), "text.1", "surface.1")

    def screen(self) -> QRectF:
        """The wall from the front."""
        rect = self.box(12, 6, 76, 44)
        self.fill(rect, "background")
        self.canvas.outline(rect, "line.control", 2.0)
        self.line((50, 50), (50, FLOOR), color="line.control", wide=2.0)
        self.line((38, FLOOR), (62, FLOOR), color="line.control", wide=1.4)
        return rect


def camera_device(s: Sketch) -> None:
    s.screen()
    s.fill(s.box(45, 2.4, 10, 4), "text.2")
    s.disc(50, 4.4, 1.5, "background")
    for i, words in enumerate(("4K", "1080p", "720p")):
        s.words(words, 28 + 22 * i, 31)
        s.disc(28 + 22 * i, 37, 1.4, "accent.fill" if i == 1 else "text.3", filled=i == 1)


def lens(s: Sketch) -> None:
    s.room()
    s.camera(62)
    s.person(78)
    s.arm(78, (60, 26))
    s.board(44, 18, lean=0.8)
    s.arc(52, 24, 13, 60, 60, "accent.fill")
    s.arc(52, 24, 13, 240, 60, "accent.fill")


def mounting(s: Sketch) -> None:
    s.room()
    s.camera(60)
    s.person(74)
    s.arm(74, (62, 28))
    s.board(48, 24)
    s.line((55, 36), (55, FLOOR), color="accent.fill")
    s.tape(WALL, 55, "2 m")


def light(s: Sketch) -> None:
    s.room()
    s.camera()
    s.person(52)
    s.tape(WALL, 52, "2 m")
    for x in (30.0, 70.0):
        s.disc(x, 6, 2.4, "severity.caution.word")
        for dx in (-3.0, 0.0, 3.0):
            s.line((x + dx, 9.5), (x + dx * 1.8, 13), color="severity.caution.word")
    s.canvas.outline(s.box(88, 14, 9, 24), "line.control", 2.0)
    for row in range(5):
        s.line((88.5, 17 + 4 * row), (96.5, 17 + 4 * row), color="line.control")


def reach(s: Sketch) -> None:
    s.room()
    s.camera(96)
    for i, words in enumerate(("1.5", "2", "3", "4 m")):
        x = 34 + i * 18
        s.line((x, FLOOR - 1), (x, FLOOR + 1), color="accent.fill", wide=1.2)
        s.words(words, x, FLOOR + 5)
    s.person(52)
    s.arm(52, (44, 24))
    s.hand(GestureKind.PALM_HOLD, 36, 14, 11)


def passing(s: Sketch) -> None:
    s.room()
    s.camera(56)
    s.line((40, FLOOR), (40, 14), color="line.control")
    s.person(82, 28, "text.3")
    s.line((70, 46), (94, 46), color="accent.fill")
    s.line((91, 44), (94, 46), (91, 48), color="accent.fill")
    s.line((73, 44), (70, 46), (73, 48), color="accent.fill")
    s.tape(WALL, 82, "5 m")


def latency(s: Sketch) -> None:
    s.room()
    s.camera()
    s.fill(s.box(WALL, 18, 1.6, 28), "text.1")
    s.person(64)
    s.arm(64, (42, 22))
    s.line((38, 12), (42, 30), color="text.1", wide=1.6)
    for y in (26.0, 32.0):
        s.line((WALL + 3, y), (38, 20), (WALL + 4, 14), color="severity.caution.word")


def microphone_device(s: Sketch) -> None:
    s.room()
    s.microphone(30, 44)
    s.line((24, 50), (40, 50), color="line.control", wide=1.4)
    s.line((26, 50), (26, FLOOR), color="line.control")
    s.line((38, 50), (38, FLOOR), color="line.control")
    s.person(68)
    s.sound(63, 26, 150, 60, "text.3")
    s.line((52, 20), (63, 32), color="severity.critical.word", wide=1.2)
    s.canvas.outline(s.box(84, 6, 12, 5), "line.control", 2.0)
    for i in range(3):
        s.line((86 + 4 * i, 13), (85 + 4 * i, 17), color="text.3")


def level(s: Sketch) -> None:
    s.room()
    s.microphone(22, 40)
    for x, color in ((46.0, "text.2"), (66.0, "text.3"), (86.0, "text.3")):
        s.person(x, color=color)
    s.sound(41, 26, 150, 60, "accent.fill")


def echo(s: Sketch) -> None:
    s.room()
    s.canvas.outline(s.box(14, 18, 7, 12), "text.2", 3.0)
    s.disc(17.5, 25.5, 2.2, "text.2")
    s.sound(22, 24, -40, 80, "accent.fill")
    s.line((96, 8), (96, FLOOR), color="line.control", wide=1.4)
    s.line((34, 24), (95, 18), (36, 40), color="text.3")
    s.microphone(34, 42)


def spoken(s: Sketch) -> None:
    s.room()
    s.microphone(22, 40)
    s.person(50)
    s.sound(45, 26, 150, 60, "accent.fill")
    s.canvas.outline(s.box(64, 14, 28, 32), "line.control", 2.0)
    for i in range(6):
        s.line((68, 19 + 4.4 * i), (84 - 3 * (i % 3), 19 + 4.4 * i), color="text.2")


def talk(s: Sketch) -> None:
    s.room()
    s.microphone(22, 40)
    s.person(52)
    s.person(78)
    s.sound(57, 26, -30, 60, "accent.fill")
    s.sound(73, 26, 150, 60, "text.3")


def touch(s: Sketch) -> None:
    s.screen()
    for x in (16.0, 50.0, 84.0):
        for y in (9.0, 28.0, 47.0):
            color = "accent.fill" if (x, y) == (50.0, 28.0) else "text.3"
            s.line((x - 2, y), (x + 2, y), color=color)
            s.line((x, y - 2), (x, y + 2), color=color)
    s.hand(GestureKind.POINT, 48, 27, 20)


def wiping(s: Sketch) -> None:
    s.screen()
    s.fill(s.box(13, 7, 74, 16), "accent.dim")
    s.fill(s.box(13, 23, 40, 8), "accent.dim")
    s.line((14, 11), (84, 11), (84, 19), (14, 19), (14, 27), (52, 27), color="accent.fill")
    s.hand(GestureKind.POINT, 50, 26, 20)


def ghosts(s: Sketch) -> None:
    s.screen()
    for x, y in ((30.0, 18.0), (66.0, 38.0)):
        s.disc(x, y, 3, "text.3", filled=False)
    s.line((40, 20), (60, 36), color="severity.critical.word", wide=1.2)
    s.line((60, 20), (40, 36), color="severity.critical.word", wide=1.2)


def patches(s: Sketch) -> None:
    s.screen()
    for i, part in enumerate(("surface.1", "surface.2", "surface.3", "text.3", "text.2")):
        s.fill(s.box(18 + 13 * i, 12, 11, 15), part)
    for row in range(8):
        s.line((18, 32 + row * 1.8), (82, 32 + row * 1.8), color="text.2", wide=0.8)


def distances(s: Sketch) -> None:
    s.screen()
    s.canvas.outline(s.box(36, 14, 28, 28), "text.1", 3.0)
    s.line((36, 45), (64, 45), color="accent.fill")
    s.line((33, 14), (33, 42), color="accent.fill")
    s.words("mm", 50, 31)


PICTURES: Mapping[str, Callable[[Sketch], None]] = {
    "camera-device": camera_device,
    "lens": lens,
    "mounting": mounting,
    "light": light,
    "reach": reach,
    "passing": passing,
    "latency": latency,
    "microphone-device": microphone_device,
    "level": level,
    "echo": echo,
    "spoken": spoken,
    "talk": talk,
    "touch": touch,
    "wiping": wiping,
    "ghosts": ghosts,
    "patches": patches,
    "distances": distances,
}


def draw_picture(canvas: Canvas, step: str, rect: QRectF) -> None:
    """The picture of a step, as large as fits in `rect`; an empty one where a step has none."""
    canvas.painter.save()
    canvas.surface(rect, "surface.1")
    inset = canvas.theme.px(16)
    drawn = PICTURES.get(step)
    if drawn is not None:
        drawn(Sketch(canvas, rect.adjusted(inset, inset, -inset, -inset)))
    canvas.painter.restore()
