"""A presence sensor behind an MQTT broker, followed in a thread of its own."""

import logging
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from kiosk.core.clock import Clock
from kiosk.settings.model import PresenceSettings
from kiosk.wire import Text
from kiosk.workers.presence_payload import Reading, meaning

CONNECT_S = 3.0
LOOP_S = 0.2  # the longest that a stop has to wait while connected
KEEPALIVE_S = 30
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0

log = logging.getLogger(__name__)

WELL = Text("", "")
_NO_TOPIC = Text("재실 센서의 토픽이 설정되지 않았습니다", "The presence sensor has no topic")
_NO_PASSWORD = Text(
    "재실 센서의 비밀번호 파일을 읽을 수 없습니다",
    "The password file of the presence sensor can't be read",
)
_NO_BROKER = Text(
    "재실 센서의 MQTT 브로커가 응답하지 않습니다",
    "The MQTT broker of the presence sensor does not answer",
)
_REFUSED = Text(
    "MQTT 브로커가 재실 센서 구독을 거절했습니다",
    "The MQTT broker refuses the presence sensor's login or topic",
)
_STRANGE = Text(
    "재실 센서가 보낸 값을 알 수 없습니다", "What the presence sensor sends is not understood"
)


def waits_s(chance: random.Random) -> Iterator[float]:
    """How long to wait before each new try: doubling, and never at the same moment as others."""
    longest_s = FIRST_WAIT_S
    while True:
        yield longest_s * chance.uniform(0.5, 1.0)
        longest_s = min(LONGEST_WAIT_S, longest_s * 2)


class PresenceSensor:
    """Knows what one topic said last. It never raises; `trouble` says what is wrong.

    A word stands while the broker is away, until the sensor has been silent for sensor_lost_s.
    """

    def __init__(self, settings: PresenceSettings, clock: Clock) -> None:
        """Connects in the background; without a host it does nothing."""
        self._settings = settings
        self._clock = clock
        self._said: tuple[bool, float] | None = None
        self._stopped = threading.Event()
        self._waits = waits_s(random.Random())  # noqa: S311 - spreads reconnects, no secret
        self.trouble = WELL
        self._thread = threading.Thread(target=self._run, name="presence-sensor", daemon=True)
        if settings.mqtt_host and not settings.mqtt_topic:
            self.trouble = _NO_TOPIC
        elif settings.mqtt_host:
            self._thread.start()

    @property
    def near(self) -> bool | None:
        """What the sensor said last; None when it can't tell."""
        said = self._said
        if said is None:
            return None
        near, t_ms = said
        lost = self._clock.monotonic_ms() - t_ms >= self._settings.sensor_lost_s * 1000
        return None if lost else near

    def close(self) -> None:
        """The thread has ended when this returns."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._follow()
            except (OSError, ValueError) as error:  # no network, no name, no such certificate
                self._tell(_NO_BROKER, error)
            self._stopped.wait(next(self._waits))

    def _follow(self) -> None:
        """Until the line breaks or the sensor is closed."""
        client = self._make_client()
        if client is None:
            return
        host, port = self._settings.mqtt_host, self._settings.mqtt_port
        try:
            client.connect(host, port, KEEPALIVE_S)
            while not self._stopped.is_set():
                code = client.loop(LOOP_S)
                if code != mqtt.MQTT_ERR_SUCCESS:
                    if self.trouble is not _REFUSED:
                        self._tell(_NO_BROKER, mqtt.error_string(code))
                    return
        finally:
            client.disconnect()

    def _make_client(self) -> mqtt.Client | None:
        settings = self._settings
        client = mqtt.Client(CallbackAPIVersion.VERSION2)
        client.connect_timeout = CONNECT_S
        client.on_connect = self._connected
        client.on_subscribe = self._subscribed
        client.on_message = self._heard
        if settings.mqtt_tls:
            client.tls_set(ca_certs=settings.mqtt_ca_file or None)
        if settings.mqtt_user:
            try:
                client.username_pw_set(settings.mqtt_user, self._password())
            except (OSError, UnicodeDecodeError) as error:
                self._tell(_NO_PASSWORD, error)
                return None
        return client

    def _password(self) -> str | None:
        file = self._settings.mqtt_password_file
        return Path(file).read_text(encoding="utf-8").strip() if file else None

    # ---- called by the client, in the sensor's thread

    def _connected(self, client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _: Any) -> None:
        if reason.is_failure:
            self._tell(_REFUSED, reason)
        else:
            client.subscribe(self._settings.mqtt_topic, qos=1)

    def _subscribed(self, _client: Any, _data: Any, _mid: int, reasons: Any, _: Any) -> None:
        if any(reason.is_failure for reason in reasons):
            self._tell(_REFUSED, reasons[0])
        else:
            self._waits = waits_s(random.Random())  # noqa: S311
            self._tell(WELL, "connected")

    def _heard(self, _client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        reading = meaning(bytes(message.payload), self._settings.mqtt_field)
        if reading is None and message.payload:
            self._tell(_STRANGE, f"{len(message.payload)} bytes on {message.topic}")
            return
        self._tell(WELL, "understood")
        if reading in (Reading.NEAR, Reading.AWAY):
            self._said = reading is Reading.NEAR, self._clock.monotonic_ms()
        elif reading is not Reading.OTHER:  # lost, or a retained word that was taken back
            self._said = None

    def _tell(self, trouble: Text, reason: object) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            log.log(logging.WARNING if trouble.ko else logging.INFO, "sensor: %s", reason)
