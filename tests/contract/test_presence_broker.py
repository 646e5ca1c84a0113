"""The presence sensor against a real broker: retained words, last wills, and a broker that goes."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.core.clock import ManualClock, SystemClock
from kiosk.remote.addresses import Names
from kiosk.remote.certificates import Certificates
from kiosk.settings import Settings
from kiosk.settings.model import CameraSettings, PresenceSettings
from kiosk.wire import PairedLink
from kiosk.wire.messages import Health, Message, Presence
from kiosk.workers import gestures, presence_sensor
from kiosk.workers.presence_sensor import PresenceSensor
from tests.helpers.broker import PASSWORD, USER, Broker
from tests.helpers.city import eventually

TOPIC = "zigbee2mqtt/wall"
DEADLINE_S = 15.0


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence_sensor, "FIRST_WAIT_S", 0.1)
    monkeypatch.setattr(presence_sensor, "LONGEST_WAIT_S", 0.2)


def settings(broker: Broker, **others: object) -> PresenceSettings:
    base = PresenceSettings(mqtt_host="127.0.0.1", mqtt_port=broker.port, mqtt_topic=TOPIC)
    return replace(base, **others)


Start = Callable[[PresenceSettings], PresenceSensor]


@pytest.fixture
def start(clock: ManualClock) -> Iterator[Start]:
    started: list[PresenceSensor] = []

    def begin(given: PresenceSettings) -> PresenceSensor:
        started.append(PresenceSensor(given, clock))
        return started[-1]

    yield begin
    for sensor in started:
        sensor.close()


def until(holds: Callable[[], bool]) -> None:
    eventually(holds, "what the sensor said has arrived")


def test_it_says_what_the_sensor_says(broker: Broker, start: Start) -> None:
    broker.publish(TOPIC, b'{"occupancy": true, "battery": 97}', retain=True)
    sensor = start(settings(broker, mqtt_field="occupancy"))
    until(lambda: sensor.near is True)  # the retained word is there at once
    broker.publish(TOPIC, b'{"occupancy": false}')
    until(lambda: sensor.near is False)
    broker.publish(TOPIC, b'{"battery": 96}')
    broker.publish(TOPIC, b"\x00 garbage")
    until(lambda: "not understood" in sensor.trouble.en)
    assert sensor.near is False
    broker.publish(TOPIC, b'{"occupancy": true}')
    until(lambda: sensor.near is True)
    assert not sensor.trouble.ko


def test_a_silent_sensor_is_unknown_and_not_absent(
    broker: Broker, start: Start, clock: ManualClock
) -> None:
    sensor = start(settings(broker, sensor_lost_s=60))
    broker.publish(TOPIC, b"off", retain=True)
    until(lambda: sensor.near is False)
    clock.advance(59_999)
    assert sensor.near is False
    clock.advance(1)
    assert sensor.near is None


def test_a_sensor_that_dies_is_unknown(broker: Broker, start: Start) -> None:
    device = broker.sensor_with_last_will(TOPIC, b"on", will=b"offline")
    sensor = start(settings(broker))
    until(lambda: sensor.near is True)
    broker.die(device)
    until(lambda: sensor.near is None)


def test_a_broker_that_goes_is_told_and_taken_again(broker: Broker, start: Start) -> None:
    sensor = start(settings(broker))
    broker.publish(TOPIC, b"on", retain=True)
    until(lambda: sensor.near is True)
    broker.stop()
    until(lambda: "does not answer" in sensor.trouble.en)
    assert sensor.near is True  # a word stands until the sensor has been silent for long
    broker.start()
    until(lambda: not sensor.trouble.ko)
    broker.publish(TOPIC, b"off")
    until(lambda: sensor.near is False)


def test_a_wrong_password_is_told_and_stands_in_no_log(
    tmp_path: Path, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    broker = Broker(tmp_path, login=True)
    broker.start()
    secret = tmp_path / "secret"
    secret.write_text("wrong horse\n")
    try:
        given = settings(broker, mqtt_user=USER, mqtt_password_file=str(secret))
        sensor = start(given)
        until(lambda: "refuses" in sensor.trouble.en)
        assert "wrong horse" not in caplog.text + repr(given)
        secret.write_text(f"{PASSWORD}\n")
        until(lambda: not sensor.trouble.ko)
        broker.publish(TOPIC, b"on")
        until(lambda: sensor.near is True)
    finally:
        broker.stop()


# paho leaves it to the collector to close the socket of a handshake that failed.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_an_encrypted_line_is_taken_only_from_the_right_broker(
    tmp_path: Path, start: Start
) -> None:
    names = Names("127.0.0.1", ("localhost",), ("127.0.0.1",))
    own, foreign = (
        Certificates(tmp_path / name, SystemClock()).current(names) for name in ("own", "foreign")
    )
    broker = Broker(tmp_path, certificate=own)
    broker.start()
    try:
        broker.publish(TOPIC, b"on", retain=True)
        given = settings(broker, mqtt_tls=True, mqtt_ca_file=str(own.chain.parent / "ca.pem"))
        right = start(given)
        until(lambda: right.near is True)
        wrong = start(replace(given, mqtt_ca_file=str(foreign.chain.parent / "ca.pem")))
        until(lambda: "does not answer" in wrong.trouble.en)
        assert wrong.near is None
    finally:
        broker.stop()


def test_a_password_file_that_is_not_there_is_told(broker: Broker, start: Start) -> None:
    sensor = start(settings(broker, mqtt_user=USER, mqtt_password_file="/nowhere/secret"))
    until(lambda: "password file" in sensor.trouble.en)


def test_a_host_without_a_topic_is_told(broker: Broker, start: Start) -> None:
    assert "no topic" in start(settings(broker, mqtt_topic="")).trouble.en


def test_the_gestures_process_tells_the_wall_even_without_a_camera(broker: Broker) -> None:
    inner, outer = PairedLink.pair()
    given = Settings(camera=CameraSettings(source="none"), presence=settings(broker))
    thread = threading.Thread(target=gestures.run, args=(given, inner, SystemClock()))
    broker.publish(TOPIC, b"on", retain=True)
    thread.start()
    heard: list[Message] = []

    def next_is(wanted: Callable[[Message], bool]) -> None:
        def came() -> bool:
            message = outer.receive(0.1)
            if message is not None:
                heard.append(message)
            return message is not None and wanted(message)

        until(came)

    try:
        next_is(lambda m: m == Presence("sensor", True))
        broker.stop()
        next_is(lambda m: isinstance(m, Health) and "MQTT" in m.reason.en)
        assert isinstance(heard[-1], Health)
        assert heard[-1].state == "degraded"  # as without a camera before
        assert "without a camera" in heard[-1].reason.en
    finally:
        outer.stopped.set()
        thread.join(DEADLINE_S)
    assert not thread.is_alive()
