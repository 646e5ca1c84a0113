"""What the gestures process tells of people in front of its camera."""

import threading
import time
from pathlib import Path

import pytest

from kiosk.core.clock import SystemClock
from kiosk.settings import Settings
from kiosk.settings.model import CameraSettings
from kiosk.wire import PairedLink, Text
from kiosk.wire.codec import decode, encode
from kiosk.wire.link import retained_key
from kiosk.wire.messages import Presence
from kiosk.workers import gestures
from kiosk.workers.presence import beside
from tests.helpers.hands import DEMO

DEADLINE_S = 10.0


def test_a_hand_before_the_camera_is_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gestures, "RETRY_MS", 60_000.0)
    camera = tmp_path / "camera.jsonl"
    camera.write_bytes((DEMO / "palm_swipe_down.jsonl").read_bytes())
    inner, outer = PairedLink.pair()
    settings = Settings(camera=CameraSettings(source=str(camera)))
    thread = threading.Thread(target=gestures.run, args=(settings, inner, SystemClock()))
    thread.start()
    told: list[bool | None] = []
    end = time.monotonic() + DEADLINE_S
    try:
        while told[-1:] != [None] and time.monotonic() < end:
            message = outer.receive(0.1)
            if isinstance(message, Presence):
                assert message.source == "camera"
                told.append(message.near)
                camera.unlink(missing_ok=True)  # gone at the end of its first round
    finally:
        outer.stopped.set()
        thread.join(DEADLINE_S)
    assert told[:2] == [False, True]
    assert told[-1] is None  # without a camera it can't tell


def test_a_new_wall_is_told_the_latest_of_each_source() -> None:
    camera, sensor = Presence("camera", True), Presence("sensor", None)
    assert retained_key(camera) != retained_key(sensor)
    assert decode(encode(sensor).strip()) == sensor


def test_the_sensors_trouble_stands_beside_the_cameras() -> None:
    empty, a, b = Text("", ""), Text("가", "a"), Text("나", "b")
    assert beside(empty, empty) == empty
    assert beside(a, empty) == beside(empty, a) == a
    assert beside(a, b) == Text("가. 나", "a. b")
