"""The installers' walk by touch: pressed like a finger would, its measurements handed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.clock import ManualClock
from kiosk.settings import Settings
from kiosk.tools.calibrate.measuring.touches import COLUMNS, ROWS, crosses
from kiosk.tools.calibrate.messages import Ask, Measured, Progress, Said, Unmeasured
from kiosk.tools.calibrate.screen.flash_field import FlashField
from kiosk.tools.calibrate.screen.ghost_field import GhostField
from kiosk.tools.calibrate.screen.pictures import PICTURES
from kiosk.tools.calibrate.screen.window import WalkWindow
from kiosk.tools.calibrate.step import all_steps, find_step
from kiosk.tools.calibrate.walk import Walk, keep, read
from kiosk.ui.component import Component
from kiosk.ui.gallery.draw import draw_widget
from kiosk.ui.theme import make_theme
from kiosk.wire.text import Text

SIZE = (960, 540)


class Script:
    """Stands in for the process that measures: says what it is told to."""

    def __init__(self, ask: Ask, device: int) -> None:
        self.ask = ask
        self.fd = device
        self.flashes: list[tuple[float, bool]] = []
        self.closed = False

    def read(self) -> Iterator[Said]:
        return iter(())

    def shown(self, flashes: list[tuple[float, bool]]) -> None:
        self.flashes = list(flashes)

    def close(self) -> None:
        self.closed = True


class Wall:
    """The window, a finger, and what measures for it."""

    def __init__(self, qtbot: QtBot, finger: QPointingDevice, folder: Path, device: int) -> None:
        self.clock = ManualClock()
        self.file = folder / "hall.json"
        self.asked: list[Script] = []

        def begin(ask: Ask) -> Script:
            self.asked.append(Script(ask, device))
            return self.asked[-1]

        theme = make_theme(*SIZE, language="ko")
        self.window = WalkWindow(
            *(theme, Walk("hall"), Settings(), self.clock),
            lambda walk: keep(walk, self.file),
            begin,  # type: ignore[arg-type]
        )
        qtbot.addWidget(self.window)
        self.window.resize(*SIZE)
        self.window.show()
        self._finger = finger

    @property
    def top(self) -> Component:
        return self.window.field or self.window.view

    def press(self, trigger: str) -> None:
        found = {target.trigger: target for target in self.top.device_targets()}
        self.tap(found[trigger].rect.center().toPoint())

    def tap(self, at: QPoint) -> None:
        top = self.window
        QTest.touchEvent(top, self._finger).press(1, at, top).commit()
        QTest.touchEvent(top, self._finger).release(1, at, top).commit()

    def wipe(self, *places: QPoint) -> None:
        top = self.window
        QTest.touchEvent(top, self._finger).press(1, places[0], top).commit()
        for at in places[1:]:
            QTest.touchEvent(top, self._finger).move(1, at, top).commit()
        QTest.touchEvent(top, self._finger).release(1, places[-1], top).commit()

    def walk_to(self, step: str) -> None:
        self.press(f"choose.{step}")

    def states(self, step: str) -> list[str]:
        return [finding.state for finding in self.window.walk.done[step].findings]


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def wall(qtbot: QtBot, finger: QPointingDevice, tmp_path: Path) -> Iterator[Wall]:
    import os

    reading, writing = os.pipe()
    wall = Wall(qtbot, finger, tmp_path, reading)
    yield wall
    wall.window.close()
    os.close(reading)
    os.close(writing)


def test_every_step_has_its_picture(wall: Wall) -> None:
    assert set(PICTURES) == {step.id for step in all_steps()}


def test_measure_and_go_on(wall: Wall) -> None:
    wall.walk_to("microphone-device")
    wall.press("start")
    (script,) = wall.asked
    assert (script.ask.step, script.ask.take) == ("microphone-device", 0)
    wall.window.heard(Progress(0.5))
    assert wall.window.view.view.progress == 0.5
    wall.window.heard(Measured({"name": "USB", "source": "USB", "noise_db": -58.0}))
    assert script.closed
    assert wall.states("microphone-device") == ["ok", "ok", "ok"]
    assert read(wall.file, "hall").done["microphone-device"].settings["microphone.source"] == "USB"
    wall.press("next")
    assert wall.window.view.view.step.id == "camera-device"
    # the next measurement listens to what this one chose
    wall.walk_to("level")
    wall.press("start")
    assert wall.asked[-1].ask.settings.microphone.source == "USB"


def test_stop_and_trouble(wall: Wall) -> None:
    wall.press("start")
    wall.press("cancel")
    assert wall.asked[0].closed
    assert wall.window.walk.done == {}
    wall.press("start")
    wall.window.heard(Unmeasured(Text("카메라 없음", "no camera")))
    assert wall.window.view.view.note == Text("카메라 없음", "no camera")
    wall.window.heard(Progress(0.7))  # too late: nobody listens any more
    assert wall.window.view.view.phase == "ready"


def test_places_are_measured_in_turn_or_left_out(wall: Wall) -> None:
    wall.walk_to("reach")
    good = {"seen": 99, "of": 100, "left": 0.1, "right": 0.9, "right_hands": 1.0}
    for _ in range(3):
        wall.press("start")
        wall.window.heard(Measured(dict(good)))
    wall.press("skip_take")
    assert wall.states("reach") == ["ok"] * 4
    assert [script.ask.take for script in wall.asked] == [0, 1, 2]


def test_facts_are_pressed(wall: Wall) -> None:
    wall.walk_to("mounting")
    wall.press("fact.mark_m.+10")
    wall.press("fact.mark_m.-1")
    wall.press("start")
    assert wall.asked[0].ask.facts["mark_m"] == pytest.approx(2.45)


def test_both_languages(wall: Wall) -> None:
    korean = draw_widget(wall.window)
    wall.press("language")
    assert draw_widget(wall.window) != korean
    wall.press("language")
    assert draw_widget(wall.window) == korean


def test_crosses(wall: Wall) -> None:
    wall.walk_to("touch")
    wall.press("start")
    for x, y in crosses(*SIZE):
        wall.tap(QPoint(round(x) + 1, round(y)))
    assert wall.window.field is None
    assert wall.states("touch") == ["ok"]
    wall.press("start")
    wall.tap(QPoint(10, 10))
    wall.press("stop")
    assert wall.states("touch") == ["ok"]  # what was found before stays


def test_wiping(wall: Wall) -> None:
    wall.walk_to("wiping")
    wall.press("start")
    width, height = SIZE
    for row in range(ROWS):
        y = round((row + 0.5) * height / ROWS)
        # buttons are passed over: a finger that wipes presses nothing
        wall.wipe(QPoint(1, y), QPoint(width // 2, y), QPoint(width - 2, y))
        if wall.window.field is None:
            break
    assert wall.window.walk.done["wiping"].takes[0]["dead"] == 0
    wall.press("start")
    wall.wipe(QPoint(1, 1), QPoint(width - 2, 1))
    wall.press("done")
    # but a row, and the cell under the button that was pressed
    assert wall.window.walk.done["wiping"].takes[0]["dead"] == COLUMNS * (ROWS - 1) - 1
    assert wall.states("wiping") == ["fail"]


@pytest.mark.parametrize(("touches", "state"), [(0, "ok"), (2, "fail")])
def test_ghosts(wall: Wall, touches: int, state: str) -> None:
    wall.walk_to("ghosts")
    wall.press("start")
    field = wall.window.field
    assert isinstance(field, GhostField)
    wall.tap(QPoint(50, 50))  # the finger that pressed “Start” is no ghost
    wall.clock.advance(3000)
    for place in range(touches):
        wall.tap(QPoint(100 + place, 100))
    wall.clock.advance(15_000)
    field.turn()
    assert wall.states("ghosts") == [state]
    assert wall.window.walk.done["ghosts"].takes[0]["ghosts"] == touches


def test_patches_and_square(wall: Wall) -> None:
    wall.walk_to("patches")
    wall.press("start")
    for trigger in ("answer.2.2", "answer.5", "answer.3"):
        wall.press(trigger)
    assert wall.window.walk.done["patches"].takes[0] == {"gamma": 2.2, "black": 5.0, "white": 3.0}
    wall.walk_to("distances")
    wall.press("start")
    wall.press("done")
    assert wall.window.walk.done["distances"].takes[0] == {"square_px": 270, "unit_px": 0.5}


def test_flashes_go_to_who_sees_them(wall: Wall) -> None:
    wall.walk_to("latency")
    wall.press("start")
    assert wall.top is wall.window.view
    wall.window.heard(Progress(0.01))  # the camera is open
    field = wall.window.field
    assert isinstance(field, FlashField)
    for _ in range(30):
        wall.clock.advance(300)
        field.turn()
        if field.isHidden():
            break
    flashes = wall.asked[0].flashes
    assert len(flashes) > 20
    assert [light for _, light in flashes] == [bool(i % 2) for i in range(len(flashes))]
    wall.window.heard(Measured({"latency_ms": 80.0, "frame_ms": 33.0}))
    assert wall.window.field is None
    assert wall.states("latency") == ["ok"]


def test_finish_and_leave(wall: Wall, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wall.window.ended):
        wall.press("leave")
    assert wall.window.walk.finished_ms is None
    for _ in all_steps():
        wall.press("skip_step")
    wall.walk_to("touch")
    with qtbot.waitSignal(wall.window.ended):
        wall.press("finish")
    assert wall.window.walk.finished_ms is not None


def test_a_step_that_is_asked_for_is_found() -> None:
    assert find_step("no-such") is None
