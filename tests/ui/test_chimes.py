"""The wall's own sound: how it is made, played and asked for, and what is said when it can't be."""

import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.app.chimes import Chimes
from kiosk.core.invocation import Status
from kiosk.wire.messages import Chime
from tests.helpers.heart import Heart
from voice.chime import FADE_S, RATE_HZ, chime, ring


def test_a_call_rings_otherwise_no_louder_and_without_a_click() -> None:
    sound = ring(0.5)
    assert 0.3 < np.abs(sound).max() <= 0.5
    assert np.abs(np.diff(sound)).max() < 0.1
    assert len(sound) > 2 * len(chime(0.5))


@settings(deadline=None)
@given(st.floats(min_value=-1.0, max_value=2.0))
def test_it_is_as_loud_as_was_asked_and_begins_and_ends_in_silence(volume: float) -> None:
    sound = chime(volume)
    wanted = min(1.0, max(0.0, volume))
    assert np.abs(sound).max() == pytest.approx(wanted, abs=0.02)
    assert sound[0] == pytest.approx(0.0, abs=1e-6)
    assert sound[-1] == pytest.approx(0.0, abs=1e-6)
    assert np.abs(np.diff(sound)).max() < 0.13, f"no click: faded over {FADE_S} s at {RATE_HZ} Hz"


def player(tmp_path: Path, code: int) -> tuple[str, ...]:
    """A program in the player's place that writes down how loud, and ends so."""
    program = tmp_path / "player.py"
    program.write_text(
        textwrap.dedent(
            f"""
            import sys
            with open({str(tmp_path / "played")!r}, "a") as file:
                file.write(sys.argv[1] + "\\n")
            sys.exit({code})
            """
        )
    )
    return (str(program),)


def test_a_sound_is_played_once_at_a_time(qtbot: QtBot, tmp_path: Path) -> None:
    heart, parent = Heart(), QWidget()
    qtbot.addWidget(parent)
    chimes = Chimes(heart.intake, parent, player(tmp_path, 0))
    chimes.play(0.5)
    chimes.play(0.75)
    qtbot.waitUntil(lambda: chimes._process is None)
    assert (tmp_path / "played").read_text() == "0.5\n"
    assert heart.records == [], "what was heard needs no words"
    chimes.close()


def test_without_a_loudspeaker_a_person_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    heart, parent = Heart(), QWidget()
    qtbot.addWidget(parent)
    chimes = Chimes(heart.intake, parent, player(tmp_path, 1))
    chimes.play(0.5)
    qtbot.waitUntil(lambda: bool(heart.records))
    (record,) = heart.records
    assert (record.command, record.status) == ("sound.told", Status.UNAVAILABLE)
    assert "스피커" in record.reason.ko
    chimes.close()


def test_a_player_that_hangs_is_ended_with_the_wall(qtbot: QtBot) -> None:
    heart, parent = Heart(), QWidget()
    qtbot.addWidget(parent)
    chimes = Chimes(heart.intake, parent, ("-c", "import time; time.sleep(60)"))
    chimes.play(0.5)
    chimes.close()
    assert chimes._process is None
    assert heart.records == []


def test_the_sound_is_turned_on_up_and_off(qtbot: QtBot) -> None:
    heart = Heart()

    def do(command: str) -> Status:
        return heart.intake.touch(command, {}, command).status

    for command in ("sound.off", "sound.louder", "sound.softer"):
        assert do(command) is Status.UNAVAILABLE, command
    do("sound.on")
    do("sound.louder")
    do("sound.louder")
    assert do("sound.louder") is Status.UNAVAILABLE
    assert [send.message for send in heart.sent] == [Chime(0.5), Chime(0.75), Chime(1.0)]
    for _ in range(3):
        do("sound.softer")
    assert do("sound.softer") is Status.UNAVAILABLE
    assert heart.store.state.screen.sound == 0.25
    do("sound.off")
    assert heart.store.state.screen.sound == 0.0


def test_the_program_refuses_a_volume_that_is_none() -> None:
    command = [sys.executable, "-m", "voice.chime", "loud"]
    assert subprocess.run(command, timeout=20, check=False).returncode == 1
