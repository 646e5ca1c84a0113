"""Fingers on the camera in full: pinch, two taps, drag, flick; what is asked of the decoder."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.charts.camera_model import CameraTileModel, Picture
from kiosk.ui.charts.camera_stage import CameraStage
from kiosk.ui.theme import Theme, make_theme
from kiosk.wire.messages import WHOLE, Region
from kiosk.wire.text import Text
from tests.helpers.panel_city import NOW_MS

MIDDLE = QPoint(480, 270)
RED, BLUE = QColor(200, 30, 30), QColor(30, 30, 200)


def model(**changes: Any) -> CameraTileModel:
    given: dict[str, Any] = {
        "camera": "bridge",
        "number": 8,
        "name": Text("한강대교", "Hangang Bridge"),
        "state": "live",
        "stream_px": (1920, 1080),
    }
    return CameraTileModel(**(given | changes))


def picture(colour: QColor, sequence: int, region: Region = WHOLE) -> Picture:
    image = QImage(960, 540, QImage.Format.Format_RGB32)
    image.fill(colour)
    return Picture(image, NOW_MS, sequence, region)


class Wall:
    """A stage, a finger, and what was asked for."""

    def __init__(self, qtbot: QtBot, theme: Theme, finger: QPointingDevice) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.stage = CameraStage(theme, model())
        qtbot.addWidget(self.stage)
        self.stage.resize(968, 584)
        self.stage.show()
        self.stage.set_now(NOW_MS)
        self.stage.set_picture(picture(RED, 1))
        self.stage.submitted.connect(lambda c, a, _t: self.asked.append((c, a)))
        self._finger = finger
        QApplication.processEvents()

    def touch(self, act: Callable[[Any], Any]) -> None:
        sequence = QTest.touchEvent(self.stage, self._finger)
        act(sequence)
        sequence.commit()

    def tap(self, at: QPoint = MIDDLE) -> None:
        self.touch(lambda s: s.press(1, at, self.stage))
        self.touch(lambda s: s.release(1, at, self.stage))

    def drag(self, begin: QPoint, *way: QPoint) -> None:
        self.touch(lambda s: s.press(1, begin, self.stage))
        for at in way:
            sequence = QTest.touchEvent(self.stage, self._finger)
            sequence.move(1, at, self.stage)
            sequence.commit()
        self.touch(lambda s: s.release(1, way[-1], self.stage))

    def pinch(self, before_px: int, after_px: int) -> None:
        def both(act: str, apart: int) -> None:
            left, right = MIDDLE - QPoint(apart, 0), MIDDLE + QPoint(apart, 0)
            self.touch(
                lambda s: getattr(getattr(s, act)(1, left, self.stage), act)(2, right, self.stage)
            )

        both("press", before_px)
        both("move", (before_px + after_px) // 2)
        both("move", after_px)
        both("release", after_px)

    def colour_at(self, x: int, y: int) -> QColor:
        return QColor(self.stage.grab().toImage().pixel(x, y))


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def wall(qtbot: QtBot, qapp: QApplication, finger: QPointingDevice) -> Wall:
    return Wall(qtbot, make_theme(1920, 1080), finger)


@pytest.mark.parametrize("less_px", [0, 4, 8])
def test_a_grey_picture_a_little_too_small_fills_its_place(wall: Wall, less_px: int) -> None:
    """A strip of another grey would stand beside it."""
    image = QImage(960 - less_px, 540 - less_px, QImage.Format.Format_RGB32)
    image.fill(RED)
    wall.stage.set_picture(Picture(image, NOW_MS, 2))
    wall.stage.set_model(model(state="stale", frame_t_ms=NOW_MS))
    place = wall.stage.stage().toRect().adjusted(1, 1, -1, -1)
    middle = place.top() + place.height() // 4  # beside the words
    assert wall.colour_at(place.right(), middle) == wall.colour_at(place.left() + 60, middle)
    low = place.bottom() - 1
    assert wall.colour_at(place.left() + 60, low) == wall.colour_at(place.left() + 60, middle)


def test_two_fingers_zoom_where_they_are_and_ask_once_when_they_leave(wall: Wall) -> None:
    wall.pinch(60, 180)
    ((command, args),) = wall.asked
    assert command == "cctv.view"
    assert args["zoom"] == pytest.approx(3.0, rel=0.1)
    assert args["x"] == pytest.approx(0.5, abs=0.02)
    assert wall.stage.view[0] == args["zoom"], "the picture moved without waiting for an answer"


def test_two_quick_taps_zoom_and_two_more_show_all_of_it(wall: Wall) -> None:
    wall.tap()
    assert wall.asked == [], "one tap may be the first of two"
    wall.tap()
    ((_, args),) = wall.asked
    assert args["zoom"] == 2.5
    wall.tap()
    wall.tap()
    assert wall.asked[-1] == ("cctv.view", {"zoom": 1.0, "x": 0.5, "y": 0.5})


def test_two_taps_at_different_places_are_two_taps(wall: Wall) -> None:
    wall.tap(QPoint(100, 100))
    wall.tap(QPoint(700, 400))
    assert wall.asked == []


def test_a_finger_moves_what_is_zoomed_and_stays_inside(wall: Wall) -> None:
    wall.stage.set_view(4.0, 0.5, 0.5)
    wall.drag(MIDDLE, MIDDLE + QPoint(30, 0), MIDDLE + QPoint(270, 0))
    ((command, args),) = wall.asked
    assert command == "cctv.view"
    assert args["x"] == pytest.approx(0.5 - 240 / 960 / 4, abs=0.01)
    for _ in range(6):
        wall.drag(MIDDLE, MIDDLE + QPoint(30, 0), MIDDLE + QPoint(450, 0))
    assert wall.asked[-1][1]["x"] == pytest.approx(0.125)


def test_a_flick_is_the_wall_s_while_all_of_the_picture_is_seen(wall: Wall) -> None:
    wall.drag(MIDDLE, MIDDLE + QPoint(75, 0), MIDDLE + QPoint(300, 0))
    assert wall.asked == []
    taken = [wall.stage.takes("x")]
    wall.stage.set_view(2.0, 0.5, 0.5)
    taken.append(wall.stage.takes("x"))
    assert taken == [False, True]


def test_fingers_that_are_taken_away_leave_the_picture_as_it_was_told(wall: Wall) -> None:
    wall.stage.set_view(2.0, 0.5, 0.5)
    wall.touch(lambda s: s.press(1, MIDDLE, wall.stage))
    wall.touch(lambda s: s.move(1, MIDDLE + QPoint(100, 0), wall.stage))
    wall.stage.fingers_lost()
    assert wall.stage.view == (2.0, 0.5, 0.5)
    assert wall.asked == []
    wall.touch(lambda s: s.release(1, MIDDLE, wall.stage))


def test_a_hand_in_the_air_moves_what_is_zoomed_only(wall: Wall) -> None:
    could = [wall.stage.draggable]
    wall.stage.set_view(2.0, 0.5, 0.5)
    could.append(wall.stage.draggable)
    assert could == [False, True]
    wall.stage.drag_by(96, 0)
    target = wall.stage.let_go()
    assert target is not None
    assert target.args["x"] == pytest.approx(0.45)


def test_a_touch_ends_a_tour_before_anything_else(wall: Wall) -> None:
    wall.stage.when_touched = "cctv.tour_stop"
    wall.tap()
    assert wall.asked == [("cctv.tour_stop", {})]


def test_the_decoder_is_asked_for_the_part_that_is_seen(wall: Wall) -> None:
    whole = wall.stage.wanted()
    assert (whole.purpose, whole.region) == ("full", WHOLE)
    assert whole.width_px / whole.height_px == pytest.approx(16 / 9, rel=0.01)
    wall.stage.set_view(4.0, 0.5, 0.25)
    part = wall.stage.wanted()
    assert part.region == Region(0.375, 0.125, 0.25, 0.25)
    assert (part.width_px, part.height_px) == (whole.width_px, whole.height_px)


def test_a_part_that_came_fills_the_stage_and_what_lies_around_it_is_grey(wall: Wall) -> None:
    wall.stage.set_view(4.0, 0.5, 0.5)
    wall.stage.set_picture(picture(BLUE, 2, Region(0.375, 0.375, 0.25, 0.25)))
    assert wall.colour_at(300, 200) == BLUE
    wall.stage.set_view(2.0, 0.5, 0.5)
    assert wall.colour_at(480, 270) == BLUE
    around = wall.colour_at(60, 60)
    assert around.saturation() < 40, "it was seen before and is older than the part"


def test_the_overview_says_where_one_is(wall: Wall) -> None:
    stage = wall.stage
    stage.set_view(4.0, 0.25, 0.75)
    box: QRectF = stage.overview(stage.stage())
    painted = stage.grab().toImage()
    accent = stage.theme.color("accent.fill")
    left, top = box.left() + box.width() / 8, box.top() + box.height() * 5 / 8
    edge = [
        QColor(painted.pixel(round(left) + dx, round(top + box.height() / 8)))
        for dx in range(-2, 5)
    ]
    assert accent in edge


def test_another_camera_is_seen_whole_and_inherits_nothing(wall: Wall) -> None:
    wall.stage.set_view(4.0, 0.25, 0.75)
    wall.stage.set_model(model(camera="plaza"))
    assert wall.stage.view == (1.0, 0.5, 0.5)
    assert wall.stage.seen == 0
    assert wall.colour_at(480, 100) != RED
