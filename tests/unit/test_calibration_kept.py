"""Input of a walk that an installer wants kept, and the same walk again at a desk."""

import stat
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gestures.camera import Picture
from gestures.events import HandFrame
from gestures.session import read
from kiosk.settings import Settings
from kiosk.tools.calibrate import headless
from kiosk.tools.calibrate.guide import Guide
from kiosk.tools.calibrate.kept import write_input
from kiosk.tools.calibrate.measuring.inputs import Asked, LiveInputs
from kiosk.tools.calibrate.measuring.keeping import KeptInputs
from kiosk.tools.calibrate.step import find_step
from kiosk.tools.calibrate.walk import Walk

LIGHT = {"person": 120.0, "around": 130.0, "mains_hz": 0, "flicker_depth": 0.0}


class Live(LiveInputs):
    """A site whose sensors give these."""

    def __init__(self, step: str) -> None:
        found = find_step(step)
        assert found is not None
        self.asked = Asked(found, 0, {}, Settings())

    def pictures(self, source: str, size: tuple[int, int]) -> Iterator[Picture]:
        for index in range(4):
            yield Picture(33 * index, np.full((48, 64, 3), 90, np.uint8))

    def hands(self) -> Iterator[HandFrame]:
        for index in range(4):
            yield HandFrame(5000 + 33 * index)

    def sound(self) -> Iterator[bytes]:
        for _ in range(3):
            yield b"\1\0" * 1600


def used(step: str, folder: Path, *, raw: bool) -> list[str]:
    """Everything is asked of the inputs; the files that are there then."""
    inputs = KeptInputs(Live(step), folder / step, raw=raw)
    assert len(list(inputs.pictures("0", (64, 48)))) == 4
    assert len(list(inputs.hands())) == 4
    assert len(list(inputs.sound())) == 3
    return sorted(file.name for file in (folder / step).iterdir())


def test_points_of_hands_are_kept_pictures_and_sound_are_not(tmp_path: Path) -> None:
    for step in ("light", "microphone-device", "reach"):
        assert used(step, tmp_path, raw=False) == ["1.jsonl"]
    file = tmp_path / "reach" / "1.jsonl"
    assert [frame.t_ms for frame in read(file).frames] == [0, 33, 66, 99]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_of_a_take_that_is_ticked_only_what_its_step_is_about_is_kept(tmp_path: Path) -> None:
    assert used("light", tmp_path, raw=True) == ["1.avi", "1.jsonl"]
    assert used("microphone-device", tmp_path, raw=True) == ["1.jsonl", "1.wav"]
    assert used("reach", tmp_path, raw=True) == ["1.jsonl"]  # hands are all that it needs
    with wave.open(str(tmp_path / "microphone-device" / "1.wav")) as sound:
        assert sound.getnframes() == 4800
    for file in (tmp_path / "light" / "1.avi", tmp_path / "microphone-device" / "1.wav"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_take_that_is_done_again_without_the_tick_takes_the_old_one_away(
    tmp_path: Path,
) -> None:
    used("light", tmp_path, raw=True)
    assert used("light", tmp_path, raw=False) == ["1.jsonl"]


def walked() -> Walk:
    step, wiping = find_step("light"), find_step("mounting")
    assert step is not None
    assert wiping is not None
    walk = Walk("hall").with_done(step, {}, [LIGHT], 5)
    return walk.with_done(wiping, {"mark_m": 2.1}, [{"distance_m": 2.2, "tilt_deg": 3.0}], 6)


def test_what_is_kept_walks_again_to_the_same_findings(tmp_path: Path) -> None:
    walk = walked()
    write_input(tmp_path / "input", walk)
    again = headless.run(Walk("desk"), tmp_path / "input", Settings(), lambda: 7, lambda one: None)
    assert {name: done.findings for name, done in again.done.items()} == {
        name: done.findings for name, done in walk.done.items()
    }
    assert again.done["mounting"].facts == walk.done["mounting"].facts


def test_figures_do_not_stand_before_what_they_were_measured_from(tmp_path: Path) -> None:
    (tmp_path / "light").mkdir()
    (tmp_path / "light" / "1.avi").write_bytes(b"")
    write_input(tmp_path, walked())
    assert sorted(f.name for f in (tmp_path / "light").iterdir()) == ["1.avi"]


def test_a_tick_for_pictures_holds_for_one_take(tmp_path: Path) -> None:
    guide = Guide(Walk("hall"), lambda: 0, lambda walk: None)
    light = find_step("light")
    assert light is not None
    guide.choose(light)
    guide.tick_raw()
    assert [guide.view.raw] == [False]  # nothing is kept at all
    guide.tick()
    guide.tick_raw()
    assert [guide.view.keeping, guide.view.raw] == [True, True]
    guide.begin()
    guide.tick_raw()  # not while it is measured
    assert [guide.view.raw] == [True]
    guide.measured(dict(LIGHT))
    assert [guide.view.keeping, guide.view.raw] == [True, False]
    guide.tick_raw()
    guide.next()
    assert not guide.view.raw
    guide.tick()
    assert not guide.view.keeping


@pytest.mark.parametrize("step", ["latency", "camera-device", "touch", "reach"])
def test_other_steps_have_no_such_tick(step: str) -> None:
    guide = Guide(Walk("hall"), lambda: 0, lambda walk: None)
    found = find_step(step)
    assert found is not None
    guide.choose(found)
    guide.tick()
    guide.tick_raw()
    assert not guide.view.raw
