"""The call on the wall: what can be pressed in each phase, where it stands, and its pictures."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.ui.charts.frames import RingFrames
from kiosk.ui.components.call_box import CallBoxView
from kiosk.ui.shell import Shell
from kiosk.ui.theme import make_theme
from kiosk.wire.calls import Call, Sends
from kiosk.wire.rings import RingWriter, ring_path
from kiosk.wire.shared import TABLET_CAMERA, WALL_CAMERA
from kiosk.wire.text import Text

SIZE = (1920, 1080)
TALKS = Call("c-1", "talking", Text("비서실", "Secretary"), 0, device="t-1", begun_ms=1_000)
ASKS = msgspec.structs.replace(TALKS, phase="asking")
RINGS = Call("c-1", "ringing", Text("상황실", "Room"), 0, rings=("t-1", "t-2"))


@pytest.fixture
def pressed() -> list[tuple[str, dict[str, object]]]:
    return []


@pytest.fixture
def shell(qtbot: QtBot, pressed: list[tuple[str, dict[str, object]]]) -> Shell:
    made = Shell(make_theme(*SIZE), lambda command, args, trigger: pressed.append((command, args)))
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    return made


def finger(shell: Shell, trigger: str) -> None:
    """A finger down and up in the middle of a target."""
    hit = shell.find_target("", place=trigger)
    assert hit is not None, trigger
    device = QTest.createTouchDevice()
    QTest.touchEvent(shell, device).press(1, hit.middle(), shell).commit()
    QTest.touchEvent(shell, device).release(1, hit.middle(), shell).commit()


@pytest.mark.parametrize(
    ("call", "trigger", "asked"),
    [
        (ASKS, "call.take", ("call.answer", {})),
        (ASKS, "call.decline", ("call.end", {})),
        (RINGS, "call.end", ("call.end", {})),
        (TALKS, "call.end", ("call.end", {})),
        (TALKS, "call.microphone", ("call.microphone", {"on": False})),
        (TALKS, "call.camera", ("call.camera", {"on": False})),
        (
            msgspec.structs.replace(TALKS, wall=Sends(False, False)),
            "call.camera",
            ("call.camera", {"on": True}),
        ),
    ],
)
def test_each_phase_has_its_buttons(
    shell: Shell,
    pressed: list[tuple[str, dict[str, object]]],
    call: Call,
    trigger: str,
    asked: tuple[str, dict[str, object]],
) -> None:
    shell.show_call(CallBoxView(call))
    finger(shell, trigger)
    assert pressed == [asked]


def test_smaller_is_the_boxs_own_and_its_pictures_follow(
    shell: Shell, qtbot: QtBot, pressed: list[tuple[str, dict[str, object]]]
) -> None:
    shell.show_call(CallBoxView(TALKS))
    large = shell.call_box.picture_px()
    assert large == (600, 338)
    with qtbot.waitSignal(shell.call_box.size_changed):
        finger(shell, "call.size")
    assert shell.call_box.picture_px() == (400, 225)
    assert pressed == []
    content = shell.bands.content
    assert shell.call_box.geometry().right() == content.right()
    assert shell.call_box.geometry().bottom() == content.bottom()


def test_both_pictures_are_drawn_one_as_in_a_mirror(shell: Shell, tmp_path: Path) -> None:
    shell.call_box.set_frames(RingFrames(tmp_path))
    shell.show_call(CallBoxView(TALKS))
    wide, high = shell.call_box.picture_px()
    blue, red = bytes((255, 0, 0, 255)), bytes((0, 0, 255, 255))
    row = blue * (wide // 2) + red * (wide - wide // 2)
    for name in (TABLET_CAMERA, WALL_CAMERA):
        ring = RingWriter(ring_path(tmp_path, name), wide, high)
        ring.write(row * high, 1)
        ring.close()
    shell.call_box.look()
    QApplication.processEvents()
    image = shell.call_box.grab().toImage()
    inside = shell.call_box._picture_rect()
    left = image.pixelColor(round(inside.left()) + 40, round(inside.center().y()))
    assert (left.blue(), left.red()) == (255, 0)
    own = shell.call_box._pictures.own_rect(TALKS, inside)
    mirrored = image.pixelColor(round(own.left()) + 12, round(own.center().y()))
    assert (mirrored.blue(), mirrored.red()) == (0, 255)
    shell.show_call(None)
    assert not shell.call_box.isVisible()
    assert not shell._call_timer.isActive()


def test_nothing_looks_for_pictures_before_both_have_said_yes(shell: Shell) -> None:
    for call in (ASKS, RINGS):
        shell.show_call(CallBoxView(call))
        assert not shell._call_timer.isActive()
        assert shell.call_box.picture_px() == (0, 0)
    shell.show_call(CallBoxView(TALKS))
    assert shell._call_timer.isActive()
    shell.show_call(None)


def test_what_is_missing_has_no_lit_lamp(shell: Shell, qtbot: QtBot) -> None:
    shell.show_call(CallBoxView(TALKS))
    lit = shell.call_box.grab().toImage()
    without = msgspec.structs.replace(TALKS, missing=("camera", "microphone"))
    shell.show_call(CallBoxView(without))
    dark = shell.call_box.grab().toImage()
    lamps = shell.call_box.device_rect(shell.call_box._lamps_rect()).toRect()
    accent = shell.theme.color("accent.fill")

    def lights(image: object) -> int:
        return sum(
            image.pixelColor(x, y) == accent  # type: ignore[attr-defined]
            for x in range(lamps.left(), lamps.right(), 2)
            for y in range(lamps.top(), lamps.bottom(), 2)
        )

    assert lights(lit) > 20
    assert lights(dark) == 0
