"""The whole way: a sensor behind a real broker, the gestures process, the wall, the audit."""

import time
from pathlib import Path

import pytest

from kiosk.tools.driving import driven_kiosk, wait_until_on
from kiosk.wire.messages import Touch
from tests.helpers.broker import Broker

TOPIC = "wall/occupancy"


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
        with driven_kiosk(options, {"presence": presence}) as kiosk:
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
