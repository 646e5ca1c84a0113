"""A finger that flicks across the wall, or rests on something: heard once, whoever else presses."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.core.lookup import thing_in
from kiosk.core.state import ConfirmationView
from kiosk.ui.charts.map_touch import Fingers as MapFingers
from kiosk.ui.component import Component, Target
from kiosk.ui.components.confirm_sheet import confirm_sheet_view
from kiosk.ui.gallery.content_samples import NOW_MS
from kiosk.ui.scrolling import Scrolling
from kiosk.ui.shell import Shell
from kiosk.ui.strokes import HOLD_MS
from kiosk.ui.theme import make_theme
from kiosk.wire.text import Text
from tests.helpers.heart import Heart

FRAME_MS = 16


class Thing(Component):
    """Names an incident; pressed anywhere."""

    def targets(self) -> tuple[Target, ...]:
        return (Target(self.area(), "incident.open", {"incident": "i1"}, "thing"),)


class Plain(Component):
    def targets(self) -> tuple[Target, ...]:
        return (Target(self.area(), "nav.detail", {}, "plain"),)


class Long(Scrolling):
    def most_px(self) -> float:
        return 5000.0


class Panel(QWidget):
    """A thing above, a plain button below it, a list at the right, and much room."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.pieces = [Thing(shell.theme, self), Plain(shell.theme, self), Long(shell.theme, self)]
        for piece, box in zip(
            self.pieces,
            (QRectF(0, 0, 400, 100), QRectF(0, 200, 400, 100), QRectF(1200, 0, 400, 600)),
            strict=True,
        ):
            piece.setGeometry(box.toRect())


class Wall:
    def __init__(self, qtbot: QtBot, device: QPointingDevice, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, dict[str, Any], str]] = []
        self.flicks: list[str] = []
        self.shell = Shell(
            make_theme(1920, 1080),
            lambda command, args, way: self.asked.append((command, args, way)),
        )
        qtbot.addWidget(self.shell)
        self.shell.flicked.connect(self.flicks.append)
        self.shell.resize(1920, 1080)
        self.panel = Panel(self.shell)
        self.shell.set_panel(self.panel)
        self.shell.show()
        qtbot.waitExposed(self.shell)
        self._device, self._down = device, dict[int, QPoint]()
        self.t_ms = 1000.0
        for module in ("component", "strokes"):
            patch.setattr(f"kiosk.ui.{module}.event_ms", lambda _event: self.t_ms)

    def at(self, x: int, y: int) -> QPoint:
        """A place of the panel on the wall."""
        return self.panel.mapTo(self.shell, QPoint(x, y))

    def send(self, act: str, places: dict[int, QPoint]) -> None:
        sequence = QTest.touchEvent(self.shell, self._device, False)
        for finger in self._down.keys() - places.keys():
            sequence.stationary(finger)
        for finger, place in places.items():
            getattr(sequence, act)(finger, place, self.shell)
            self._down[finger] = place
        sequence.commit(True)
        if act == "release":
            for finger in places:
                del self._down[finger]

    def stroke(self, *ways: tuple[QPoint, QPoint], frames: int = 8) -> None:
        """Fingers from place to place, all at once."""
        self.send("press", dict(enumerate(begin for begin, _ in ways)))
        for frame in range(1, frames + 1):
            self.t_ms += FRAME_MS
            share = frame / frames
            self.send(
                "move",
                {n: begin + (end - begin) * share for n, (begin, end) in enumerate(ways)},
            )
        self.t_ms += 1
        self.send("release", dict(enumerate(end for _, end in ways)))

    def rest(self) -> None:
        """As long as a hold takes."""
        assert self.shell.strokes.rest.isActive()
        assert self.shell.strokes.rest.interval() == HOLD_MS
        self.shell.strokes.rest.stop()
        self.shell.strokes.rest.timeout.emit()


@pytest.fixture(scope="module")
def device(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def wall(qtbot: QtBot, device: QPointingDevice, monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(qtbot, device, monkeypatch)


@pytest.mark.parametrize(
    ("by", "towards"),
    [((-400, 10), "left"), ((400, 0), "right"), ((20, -300), "up"), ((0, 300), "down")],
)
def test_a_flick_across_the_panel_is_told_by_its_way(
    wall: Wall, by: tuple[int, int], towards: str
) -> None:
    begin = wall.at(700, 400)
    wall.stroke((begin, begin + QPoint(*by)))
    assert wall.flicks == [towards]
    assert wall.asked == []


def test_a_flick_may_begin_on_a_button_which_is_then_not_pressed(wall: Wall) -> None:
    wall.stroke((wall.at(380, 50), wall.at(80, 50)))
    assert wall.flicks == ["left"]
    assert wall.asked == []


def test_what_is_slow_short_or_crooked_is_no_flick(wall: Wall) -> None:
    begin = wall.at(700, 400)
    wall.stroke((begin, begin + QPoint(-400, 0)), frames=60)
    wall.stroke((begin, begin + QPoint(-80, 0)))
    wall.stroke((begin, begin + QPoint(-300, 280)))
    assert wall.flicks == []


def test_a_list_keeps_its_own_flicks_and_lets_the_others_through(wall: Wall) -> None:
    begin = wall.at(1500, 500)
    wall.stroke((begin, begin + QPoint(0, -400)))
    assert wall.flicks == []
    wall.stroke((begin, begin + QPoint(-350, 0)))
    assert wall.flicks == ["left"]


def test_nothing_is_flicked_through_a_sheet(wall: Wall) -> None:
    begin = wall.at(700, 400)
    words = Text("끌까요?", "Turn off?")
    question = ConfirmationView("n", words, words, words, NOW_MS + 8000)
    wall.shell.ask(confirm_sheet_view(question))
    wall.stroke((begin, begin + QPoint(-400, 0)))
    assert wall.flicks == []


def test_two_fingers_of_a_hand_flick_nothing_two_people_do(wall: Wall) -> None:
    one, other = wall.at(500, 400), wall.at(700, 400)
    wall.stroke((one, one + QPoint(-300, 0)), (other, other + QPoint(300, 0)))
    assert wall.flicks == []
    far = wall.at(1150, 750)
    wall.stroke((wall.at(450, 400), wall.at(120, 400)), (far, far + QPoint(0, 0)))
    assert wall.flicks == ["left"]


def test_resting_on_a_thing_begins_an_order_about_it_and_opens_nothing(wall: Wall) -> None:
    wall.send("press", {1: wall.at(100, 50)})
    assert wall.panel.pieces[0].is_pressed("thing")
    wall.rest()
    assert wall.asked == [
        ("order.compose", {"about": "incidents/i1"}, "touch:thing.hold"),
    ]
    assert not wall.panel.pieces[0].is_pressed("thing")
    wall.send("release", {1: wall.at(100, 50)})
    assert len(wall.asked) == 1


def test_resting_on_what_is_no_thing_is_a_slow_press(wall: Wall) -> None:
    wall.send("press", {1: wall.at(100, 250)})
    wall.rest()
    wall.send("release", {1: wall.at(100, 250)})
    assert [command for command, _, _ in wall.asked] == ["nav.detail"]


def test_a_finger_that_moves_away_rests_on_nothing(wall: Wall) -> None:
    wall.send("press", {1: wall.at(100, 50)})
    wall.send("move", {1: wall.at(140, 50)})
    assert not wall.shell.strokes.rest.isActive()
    wall.send("release", {1: wall.at(140, 50)})
    assert wall.asked == []


def test_a_map_that_was_rested_on_takes_no_tap() -> None:
    fingers = MapFingers(12)
    fingers.update({1: (10.0, 10.0)})
    fingers.no_tap()
    assert fingers.release() is None


def test_a_finger_flicks_what_the_hand_swipes() -> None:
    heart = Heart()
    assert heart.intake.flick("left") is not None
    assert heart.records[-1].command == "panel.next"
    assert heart.records[-1].trigger == "flick_left"
    assert heart.records[-1].source.value == "touch"


def test_things_are_known_by_their_arguments() -> None:
    assert thing_in({"incident": "i", "more": 1}) == "incidents/i"
    assert thing_in({"panel": "home"}) is None
