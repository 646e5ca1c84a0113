"""Pictures are drawn where the video process puts them, and never one that it has written over."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.charts.camera_model import CameraTileModel, Picture, Shared
from kiosk.ui.charts.camera_tile import CameraTile
from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.theme import make_theme
from kiosk.wire.rings import SLOTS, RingWriter, ring_path
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS

SIZE_PX = (320, 180)
RED, GREEN, BLUE = QColor(200, 10, 10), QColor(10, 200, 10), QColor(10, 10, 200)


class Camera:
    """A writer of pictures of one colour, and what the wall sees of them."""

    def __init__(self, folder: Path) -> None:
        self.frames = RingFrames(folder)
        self.ring = ring_path(folder, "a")
        self.writer = RingWriter(self.ring, *SIZE_PX)
        self._count = 0

    def write(self, color: QColor) -> None:
        self._count += 1
        pixels = bytes((color.blue(), color.green(), color.red(), 255)) * (SIZE_PX[0] * SIZE_PX[1])
        self.writer.write(pixels, NOW_MS + self._count)

    def see(self) -> Picture:
        picture = self.frames.latest("a", 0)
        assert picture is not None
        return picture


@pytest.fixture
def camera(tmp_path: Path, qapp: QApplication) -> Iterator[Camera]:
    made = Camera(tmp_path)
    yield made
    made.frames.close()
    made.writer.close()


def color_of(image: QImage) -> QColor:
    return QColor(image.pixel(image.width() // 2, image.height() // 3))


def test_a_picture_is_the_writer_s_own_memory_until_it_comes_round(camera: Camera) -> None:
    camera.write(RED)
    picture = camera.see()
    for _ in range(SLOTS - 1):
        camera.write(GREEN)
        assert picture.is_whole()
        assert color_of(picture.image) == RED
    camera.write(BLUE)
    assert not picture.is_whole()


def test_what_is_kept_is_this_picture_or_where_it_is_lost_a_newer_one(camera: Camera) -> None:
    camera.write(RED)
    picture = camera.see()
    kept = picture.own()
    for color in (GREEN, GREEN, GREEN, BLUE):
        camera.write(color)
    newer = picture.own()
    assert kept is not None
    assert newer is not None
    assert (color_of(kept.image), kept.sequence, kept.t_ms) == (RED, 1, NOW_MS + 1)
    assert (color_of(newer.image), newer.sequence, newer.t_ms) == (BLUE, 5, NOW_MS + 5)
    assert kept.own() is kept


def test_a_picture_outlives_its_ring(camera: Camera) -> None:
    camera.write(RED)
    picture = camera.see()
    camera.writer.close(remove=True)
    camera.frames.close()
    kept = picture.own()
    assert kept is not None
    assert (color_of(picture.image), color_of(kept.image)) == (RED, RED)
    camera.writer = RingWriter(camera.ring, *SIZE_PX)


def test_of_a_picture_that_was_written_over_and_whose_ring_is_gone_nothing_is_left(
    camera: Camera,
) -> None:
    camera.write(RED)
    picture = camera.see()
    for _ in range(SLOTS):
        camera.write(GREEN)
    camera.writer.close(remove=True)
    assert picture.own() is None
    camera.writer = RingWriter(camera.ring, *SIZE_PX)


@pytest.fixture
def tile(qtbot: QtBot) -> CameraTile:
    model = CameraTileModel("a", 1, Text("가", "A"), "live")
    made = CameraTile(make_theme(1920, 1080), model)
    qtbot.addWidget(made)
    made.resize(328, 240)
    made.show()
    made.set_now(NOW_MS)
    return made


def test_what_was_written_over_while_it_was_drawn_is_drawn_anew_and_never_seen(
    camera: Camera, tile: CameraTile
) -> None:
    camera.write(RED)
    picture = camera.see()
    tile.set_picture(picture)
    for _ in range(SLOTS):
        camera.write(GREEN)
    assert not picture.is_whole()
    camera.write(BLUE)
    assert color_of(tile.grab().toImage()) == BLUE
    assert tile.seen == camera.see().sequence


def test_a_writer_that_comes_in_between_is_noticed_after_drawing(
    camera: Camera, tile: CameraTile
) -> None:
    camera.write(RED)
    picture = camera.see()
    shared = picture.shared
    assert shared is not None
    calls: list[bool] = []

    def writes_first(is_whole: Callable[[], bool]) -> bool:
        if not calls:
            for color in (GREEN, GREEN, GREEN, BLUE):
                camera.write(color)
        calls.append(is_whole())
        return calls[-1]

    slow = Shared(shared.pixels, lambda: writes_first(shared.is_whole), shared.newest)
    tile.set_picture(replace(picture, shared=slow))
    assert color_of(tile.grab().toImage()) == BLUE
    assert calls[0] is False


def test_nothing_of_a_lost_picture_is_shown_when_there_is_no_newer_one(
    camera: Camera, tile: CameraTile
) -> None:
    camera.write(RED)
    tile.set_picture(camera.see())
    for _ in range(SLOTS):
        camera.write(GREEN)
    camera.writer.close(remove=True)
    shown = color_of(tile.grab().toImage())
    assert shown not in (RED, GREEN)
    assert tile.frame_t_ms is None
    camera.writer = RingWriter(camera.ring, *SIZE_PX)


@pytest.mark.parametrize("less_px", [0, 1, 3, 5])
def test_a_picture_a_little_too_small_leaves_nothing_unpainted(
    tile: CameraTile, less_px: int
) -> None:
    wanted = tile.wanted()
    image = QImage(
        wanted.width_px - less_px, wanted.height_px - less_px, QImage.Format.Format_RGB32
    )
    image.fill(GREEN)
    tile.set_picture(Picture(image, NOW_MS, 1))
    seen = QImage(tile.size(), QImage.Format.Format_RGB32)
    seen.fill(RED)
    tile.render(seen, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    colors = {seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())}
    assert GREEN.rgb() in colors
    assert RED.rgb() not in colors
