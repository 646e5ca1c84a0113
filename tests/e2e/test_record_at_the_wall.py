"""A recording from the first touch to the file: confirmed by a finger, ended by a lock."""

import json
from pathlib import Path

import pytest

from gestures.replay import replay_stream
from gestures.session import read
from kiosk.app.replay import ReplayHouse
from kiosk.inputs.recorded import Touched, read_wall_session
from kiosk.tools import replay
from kiosk.tools.driving import DrivenKiosk, driven_kiosk, wait_until_on
from kiosk.wire.messages import Recording, Touch
from tests.helpers.hands import DEMO

pytestmark = pytest.mark.slow

CLIP = DEMO / "palm_fist_palm.jsonl"  # opens and closes the clutch, and nothing else


def touch(kiosk: DrivenKiosk, command: str, status: str, **args: str) -> None:
    kiosk.say(Touch(command, dict(args)))
    assert kiosk.outcome(command, 15, source="touch", status=status) is not None, command


def test_a_finger_confirms_a_recording_and_a_lock_ends_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = ("--windowed", "--site", "testing", "--camera", str(CLIP), "--microphone", "none")
    with driven_kiosk(options, {"ui": {"driver": True}}) as kiosk:
        assert wait_until_on(kiosk, 60) is not None
        touch(kiosk, "panel.open", "done", panel="system")
        touch(kiosk, "gestures.record", "needs-confirm")
        touch(kiosk, "confirm.accept", "done")
        begun = kiosk.wait(lambda m: isinstance(m, Recording) and m.until_ms is not None, 15)
        assert begun is not None
        # a recording without a single frame leaves no file
        assert kiosk.wait(lambda _: any(f.stat().st_size for f in recordings(kiosk)), 15)
        touch(kiosk, "panel.open", "done", panel="help")
        touch(kiosk, "panel.open", "done", panel="system")
        touch(kiosk, "system.lock", "done")
        over = kiosk.wait(lambda m: isinstance(m, Recording) and m.until_ms is None, 15)
        assert isinstance(over, Recording)
        hands, wall = sorted(recordings(kiosk))
        assert hands.name in over.reason.ko
        assert list(read(hands).events) == list(replay_stream(hands, engaged=False))
        assert wall.name == hands.name.replace(".jsonl.gz", ".wall.jsonl")
        pressed = [line for line in read_wall_session(wall).lines if isinstance(line, Touched)]
        assert [line.command for line in pressed] == ["panel.open", "panel.open", "system.lock"]
        house = ReplayHouse(["testing"])
        assert replay.main([str(hands), "--json"], lambda sites: house) == 0
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        done = [e["kind"] for e in told if e["what"] == "outcome" and e["status"] == "done"]
        assert done == ["panel.open", "panel.open", "system.lock"]
        seen = [e["kind"] for e in told if e["what"] == "gesture"]
        assert seen == [event.kind.value for event in read(hands).events]


def recordings(kiosk: DrivenKiosk) -> list[Path]:
    return list((kiosk.data_dir / "recordings").iterdir())
