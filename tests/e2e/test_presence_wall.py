"""The whole way: a sensor behind a real broker or a person before the camera, the gestures
process, the wall, the audit."""

import time
from pathlib import Path

import cv2
import pytest

from kiosk.tools.driving import driven_kiosk, wait_until_on
from kiosk.wire.messages import Touch
from tests.helpers.broker import Broker
from tests.replay.test_hands_far import people, wall_view
from tests.replay.test_presence_people import EMPTY, PICTURE_MS, small, swaying

TOPIC = "wall/occupancy"
CALM = {"city": {"demo": False}}  # no critical incident that keeps the wall awake


@pytest.mark.slow
def test_the_wall_dims_wakes_and_locks_as_people_go_and_come(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.start()
    broker.publish(TOPIC, b"on", retain=True)
    presence: dict[str, str | int | float | bool] = {
        "mqtt_host": "127.0.0.1",
        "mqtt_port": broker.port,
        "mqtt_topic": TOPIC,
        "dim_after_s": 2,
        "lock_after_s": 8,
    }
    options = ("--camera", "none", "--microphone", "none")
    try:
        with driven_kiosk(options, {**CALM, "presence": presence}) as kiosk:
            assert wait_until_on(kiosk, 60) is not None
            broker.publish(TOPIC, b"off", retain=True)
            assert kiosk.outcome("system.dim", 10, source="system", status="done")
            begin = time.monotonic()
            broker.publish(TOPIC, b"on", retain=True)
            assert kiosk.outcome("system.wake", 10, source="system", status="done")
            print(f"awake {time.monotonic() - begin:.2f} s after somebody came")
            broker.publish(TOPIC, b"off", retain=True)
            assert kiosk.outcome("system.lock", 20, source="system", status="done")
            kiosk.say(Touch("system.wake"))
            assert kiosk.outcome("system.wake", 10, source="touch", status="done")
            kiosk.say(Touch("system.unlock"))
            assert kiosk.outcome("system.unlock", 10, source="touch", status="done")
    finally:
        broker.stop()


def film(file: Path, shared: Path, empty_s: float, person_s: float) -> None:
    """An empty room, then a person who looks at the wall from 2 m and sways."""
    *_, person = people(shared)
    view = small(wall_view(*person, 2.0)[0])
    fps = 1000 / PICTURE_MS
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"mp4v"), fps, (1280, 720))
    for _ in range(round(empty_s * fps)):
        writer.write(EMPTY)
    for picture in swaying(view, 0, person_s):
        writer.write(picture.rgb[:, :, ::-1])
    writer.release()


@pytest.mark.slow
def test_a_person_before_the_camera_wakes_the_wall(shared: Path, tmp_path: Path) -> None:
    video = tmp_path / "room.mp4"
    film(video, shared, empty_s=14, person_s=6)
    options = ("--camera", str(video), "--microphone", "none")
    with driven_kiosk(
        options, {**CALM, "presence": {"dim_after_s": 3, "lock_after_s": 0}}
    ) as kiosk:
        assert wait_until_on(kiosk, 60) is not None
        assert kiosk.outcome("system.dim", 60, source="system", status="done")
        assert kiosk.outcome("system.wake", 60, source="system", status="done")
