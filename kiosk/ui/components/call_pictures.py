"""The pictures of a call: who is seen where, and what stands there when nobody is seen."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kiosk.ui.charts.camera_model import FrameSource, NoFrames, Picture
from kiosk.ui.paint import Canvas
from kiosk.ui.theme import Theme
from kiosk.wire.calls import NOTHING, Call
from kiosk.wire.shared import TABLET_CAMERA, WALL_CAMERA, party_camera
from kiosk.wire.text import Text

SHAPE = 9 / 16
OWN_SHARE = 0.24
GAP_U, PAD_U, BETWEEN_U = 12.0, 20.0, 4.0
GRIDS: dict[int, tuple[int, int]] = {1: (1, 1), 2: (2, 1), 3: (2, 2), 4: (2, 2), 5: (3, 2)}
"""Tablets in the call -> columns and rows; where a place is free, one's own picture has it."""
OWN_PLACE = frozenset({3, 5})


class Tile(msgspec.Struct, frozen=True):
    """A place for the pictures of one: `ring` is where they come from, `name` who it is where that
    is not said elsewhere; `waits` is what is said while nothing is to be seen."""

    ring: str
    rect: QRectF
    name: Text = NOTHING
    shown: bool = True
    waits: Text = NOTHING
    muted: bool = False


class CallPictures:
    """Keeps the newest picture of each; `paint` draws them into a box of the call."""

    def __init__(self, theme: Callable[[], Theme], to_device: Callable[[QRectF], QRectF]) -> None:
        """`theme()` is the one of now, `to_device` turns a rectangle into one of device pixels."""
        self.frames: FrameSource = NoFrames()
        self._theme = theme
        self._to_device = to_device
        self._pictures: dict[str, Picture] = {}

    def clear(self) -> None:
        self._pictures.clear()

    def look(self, call: Call, box: QRectF) -> list[QRectF]:
        """Takes new pictures from the source; where there is something new to be painted."""
        tiles = [*self.tiles(call, box), Tile(WALL_CAMERA, self.own_rect(call, box))]
        wanted = {tile.ring for tile in tiles}
        self._pictures = {ring: p for ring, p in self._pictures.items() if ring in wanted}
        changed = []
        for tile in tiles:
            given = self._pictures.get(tile.ring)
            picture = self.frames.latest(tile.ring, given.sequence if given is not None else 0)
            if picture is not None:
                self._pictures[tile.ring] = picture
                changed.append(tile.rect)
        return changed

    # ---- where

    def tiles(self, call: Call, box: QRectF) -> list[Tile]:
        """The other side, or all of them in a call of several, as they came."""
        talks = call.phase == "talking"
        if not call.others:
            shown = call.tablet.camera and talks
            return [Tile(TABLET_CAMERA, box, NOTHING, shown, _waits(call, call.tablet.camera))]
        columns, _ = GRIDS[len(call.parties)]
        return [
            Tile(
                ring=party_camera(party.device),
                rect=self._place(call, box, number % columns, number // columns),
                name=party.name,
                shown=party.sends.camera and party.device in call.live,
                waits=_waits(call, party.sends.camera),
                muted=not party.sends.microphone,
            )
            for number, party in enumerate(call.parties)
        ]

    def own_rect(self, call: Call, box: QRectF) -> QRectF:
        if len(call.parties) in OWN_PLACE:
            columns, rows = GRIDS[len(call.parties)]
            return self._place(call, box, columns - 1, rows - 1)
        gap = self._theme().px(GAP_U)
        wide = self._place(call, box, 0, 0).width() * OWN_SHARE
        return QRectF(box.right() - wide - gap, box.top() + gap, wide, wide * SHAPE)

    def place_size(self, call: Call, box: QRectF) -> QRectF:
        """A place of the other side's picture."""
        return self._place(call, box, 0, 0)

    def high(self, call: Call, wide: float) -> float:
        """How high all of them are together, by their width."""
        columns, rows = GRIDS[max(1, len(call.parties))]
        return round(wide / columns * SHAPE) * rows

    def _place(self, call: Call, box: QRectF, column: int, row: int) -> QRectF:
        columns, rows = GRIDS[max(1, len(call.parties))]
        if (columns, rows) == (1, 1):
            return box
        wide, high, edge = (
            box.width() / columns,
            box.height() / rows,
            self._theme().px(BETWEEN_U) / 2,
        )
        place = QRectF(box.left() + column * wide, box.top() + row * high, wide, high)
        return place.adjusted(edge, edge, -edge, -edge)

    # ---- drawing

    def paint(self, canvas: Canvas, call: Call, box: QRectF) -> None:
        canvas.painter.fillRect(box, self._theme().color("camera.captionBar"))
        for tile in self.tiles(call, box):
            if tile.shown and tile.ring in self._pictures:
                self._paint(canvas.painter, tile.ring, tile.rect)
            else:
                self._paint_nobody(canvas, tile)
            if tile.name.ko:
                self._paint_name(canvas, tile)
        if call.wall.camera and WALL_CAMERA in self._pictures:
            own = self.own_rect(call, box)
            canvas.painter.fillRect(own, self._theme().color("camera.captionBar"))
            self._paint(canvas.painter, WALL_CAMERA, own, mirrored=True)
            canvas.outline(own, "camera.captionState", 2)

    def _paint(self, painter: QPainter, ring: str, box: QRectF, *, mirrored: bool = False) -> None:
        picture = self._pictures[ring]
        self._draw(painter, picture, box, mirrored)
        if not picture.is_whole():
            own = picture.own()
            if own is not None:
                self._pictures[ring] = own
                self._draw(painter, own, box, mirrored)

    def _draw(self, painter: QPainter, picture: Picture, box: QRectF, mirrored: bool) -> None:
        """The whole picture within the box, in device pixels: as it is where its size fits."""
        image, into = picture.image, self._to_device(box)
        scale = min(into.width() / image.width(), into.height() / image.height())
        wide, high = image.width() * scale, image.height() * scale
        place = QRectF(into.center().x() - wide / 2, into.center().y() - high / 2, wide, high)
        painter.save()
        painter.scale(self._theme().pixel_aspect, 1.0)
        painter.setClipRect(into)
        if mirrored:
            # As in a mirror: whoever moves to the right sees oneself move to the right.
            painter.translate(place.center().x() * 2, 0)
            painter.scale(-1.0, 1.0)
        if abs(scale - 1) < 0.01:
            painter.drawImage(place.topLeft().toPoint(), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        painter.restore()

    def _paint_nobody(self, canvas: Canvas, tile: Tile) -> None:
        side, middle = self._theme().px(64), tile.rect.center()
        icon = QRectF(middle.x() - side / 2, middle.y() - side * 0.8, side, side)
        canvas.icon("person", icon, "camera.captionState")
        room = tile.rect.width() - 2 * self._theme().px(PAD_U)
        text = partial(canvas.text, role="body", color="camera.captionText")
        text(tile.waits, middle.x(), middle.y() + side * 0.65, align="center", width=room)

    def _paint_name(self, canvas: Canvas, tile: Tile) -> None:
        """On a bar below the picture's lower edge, and that its microphone is off."""
        pad, line = self._theme().px(GAP_U), canvas.line_px("body")
        words = (
            Text(f"{tile.name.ko}, 마이크 꺼짐", f"{tile.name.en}, muted")
            if tile.muted
            else tile.name
        )
        room = tile.rect.width() - 2 * pad
        wide = min(room, canvas.width(words, "body", 600)) + 2 * pad
        bar = QRectF(tile.rect.left(), tile.rect.bottom() - line, wide, line)
        canvas.painter.fillRect(bar, self._theme().color("camera.captionBar"))
        baseline = canvas.middle_baseline(bar.center().y(), "body", 600)
        canvas.text(
            words, bar.left() + pad, baseline, "body", "camera.captionText", weight=600, width=room
        )


def _waits(call: Call, camera: bool) -> Text:
    if call.phase == "lost":
        return _LOST
    return _WAITS if camera else _HIDDEN


_WAITS = Text("상대 화면을 기다립니다", "Waiting for their picture")
_HIDDEN = Text("상대가 카메라를 껐습니다", "Their camera is off")
_LOST = Text("연결이 끊겼습니다. 다시 잇는 중", "Cut off. Connecting again")
