"""A source that sends by itself: topics of an MQTT broker, followed in a thread of its own."""

import logging
import random
import re
import socket
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from yarl import URL

from kiosk.backend.connectors.normal import NotUnderstood, Rejected, SourceRefused
from kiosk.backend.connectors.registry import Connector, Context
from kiosk.backend.pull import hosts
from kiosk.backend.pull.declaration import KEY, Declaration
from kiosk.backend.pull.newest import Newest
from kiosk.backend.pull.patience import Patience
from kiosk.backend.pull.source import Deliver, Pulled, SourceHealth, Trouble
from kiosk.core.clock import Clock
from kiosk.settings.secrets import Secrets

CONNECT_S = 10.0
KEEPALIVE_S = 30
LOOP_S = 0.2  # the longest that a stop has to wait while connected
DELIVER_MS = 1_000
LARGEST = 256 * 1024
MOST_REJECTED = 1_000
PORTS = {"mqtt": 1883, "mqtts": 8883}
_LEVEL = re.compile(r"\{(\d{1,2})\}")

_log = logging.getLogger(__name__)

Heard = Callable[[SourceHealth], None]


class MqttSource:
    """`start` connects in the background, `close` ends it; it never raises for a broker.

    What is new is delivered together with the newest of everything else. `heard` is told of every
    change of `health`; it and `deliver` are called in the source's thread.
    """

    def __init__(
        self,
        declaration: Declaration,
        connector: Connector,
        *,
        secrets: Secrets,
        clock: Clock,
        rng: random.Random,
        deliver: Deliver,
        heard: Heard,
        health: SourceHealth | None = None,
    ) -> None:
        self.declaration = declaration
        self.health = health or SourceHealth(declaration.id)
        self._connector = connector
        self._secrets = secrets
        self._clock = clock
        self._deliver = deliver
        self._heard = heard
        self._patience = Patience(declaration.period_s, rng)
        self._newest = Newest(declaration.period_s)
        self._rejected: list[Rejected] = []
        self._understood = False
        self._delivered_ms = 0
        self._refused = ""
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name=f"mqtt-{declaration.id}", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

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
                self._failed("away", f"{type(error).__name__}: {error}")
            except Exception as error:
                _log.error("%s: %s", self.declaration.id, type(error).__name__)
                self._failed("away", type(error).__name__)
            self._stopped.wait(max(0, self.health.next_ms - self._clock.now_ms()) / 1000)

    def _follow(self) -> None:
        """Until the line breaks or the source is closed. Raises OSError and ValueError."""
        address = URL(self.declaration.address)
        if address.scheme not in PORTS or not address.host:
            raise ValueError("an address like mqtts://user:{key}@host:8883 is expected")
        port = address.port or PORTS[address.scheme]
        if not self.declaration.local:
            _check_name(address.host, port)
        client = self._client(address)
        try:
            client.connect(address.host, port, KEEPALIVE_S)
            while not self._stopped.is_set():
                code = client.loop(LOOP_S)
                if code != mqtt.MQTT_ERR_SUCCESS:
                    words = self._refused or mqtt.error_string(code)
                    self._failed("refused" if self._refused else "away", words)
                    return
                self._deliver_now_and_then()
        finally:
            client.disconnect()

    def _client(self, address: URL) -> mqtt.Client:
        client = mqtt.Client(CallbackAPIVersion.VERSION2)
        client.connect_timeout = CONNECT_S
        client.on_connect = self._connected
        client.on_subscribe = self._subscribed
        client.on_message = self._message
        if address.scheme == "mqtts":
            client.tls_set(ca_certs=address.query.get("ca"))
        if address.user:
            key = self.declaration.key
            given = address.password or ""
            client.username_pw_set(
                address.user, given.replace(KEY, self._secrets.value(key)) if key else given or None
            )
        return client

    # ---- called by the client, in the source's thread

    def _connected(self, client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _: Any) -> None:
        self._refused = str(reason) if reason.is_failure else ""
        if not reason.is_failure:
            client.subscribe([(topic, 1) for topic in self.declaration.subscribe])

    def _subscribed(self, client: mqtt.Client, _data: Any, _mid: int, reasons: Any, _: Any) -> None:
        refused = [str(reason) for reason in reasons if reason.is_failure]
        if refused:
            self._refused = f"subscription: {refused[0]}"
            client.disconnect()
            return
        self._patience.succeeded()
        self._note("", "", 0)

    def _message(self, _client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        topic, payload = message.topic, bytes(message.payload)
        if not payload:  # a retained word that was taken back
            self._newest.take_back(topic)
            return
        if len(payload) > LARGEST:
            self._reject(f"{topic}: {len(payload)} bytes are more than {LARGEST}")
            return
        now_ms = self._clock.now_ms()
        # a retained word without a time of its own is of nobody knows when
        context = Context(None if message.retain else now_ms, self._options(topic))
        try:
            parsed = self._connector.parse(payload, context)
        except (NotUnderstood, SourceRefused) as reason:
            self._reject(f"{topic}: {reason}")
            return
        for row in parsed.rejected:
            self._reject(f"{topic}: {row.reason}")
        self._understood = self._understood or bool(parsed.items)
        self._newest.put(parsed.items, now_ms, topic)

    def _options(self, topic: str) -> dict[str, str]:
        """The declaration's options with {1}, {2} ... as the levels of the topic."""
        levels = topic.split("/")

        def level(found: re.Match[str]) -> str:
            number = int(found[1])
            return levels[number - 1] if 0 < number <= len(levels) else ""

        options = self.declaration.options.items()
        return {"topic": topic, **{name: _LEVEL.sub(level, text) for name, text in options}}

    def _reject(self, reason: str) -> None:
        if len(self._rejected) < MOST_REJECTED:
            self._rejected.append(Rejected(len(self._rejected) + 1, reason))

    # ---- what came of it

    def _deliver_now_and_then(self) -> None:
        now_ms = self._clock.now_ms()
        if not (self._understood or self._rejected) or now_ms - self._delivered_ms < DELIVER_MS:
            return
        items = self._newest.items(now_ms)
        rejected, understood = tuple(self._rejected), self._understood
        self._rejected, self._understood, self._delivered_ms = [], False, now_ms
        if understood:
            self._deliver(self.declaration, Pulled(items, rejected, complete=False))
        self.health = msgspec.structs.replace(
            self.health,
            last_success_ms=now_ms if understood else self.health.last_success_ms,
            items=len(items),
            rejected=len(rejected),
        )
        strange = rejected[0].reason if rejected and not understood else ""
        self._note("not_understood" if strange else "", strange, 0)

    def _failed(self, trouble: Trouble, words: str) -> None:
        next_ms = self._clock.now_ms() + self._patience.failed()
        self._note(trouble, self._secrets.clean(words), next_ms)

    def _note(self, trouble: Trouble, error: str, next_ms: int) -> None:
        self.health = msgspec.structs.replace(
            self.health,
            trouble=trouble,
            last_error=error,
            next_ms=next_ms,
            failures=self._patience.failures,
            circuit=self._patience.state,
        )
        self._heard(self.health)


def _check_name(host: str, port: int) -> None:
    """Raises HostRefused when a name leads to this machine, OSError when it leads nowhere."""
    for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if hosts.forbidden(str(found[4][0])):
            raise hosts.HostRefused(f"{host} is this machine itself")
