"""A real MQTT broker on a free port of this machine, and somebody who publishes on it."""

import getpass
import shutil
import socket
import subprocess
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from kiosk.remote.certificates import Certificate

START_S = 10.0
USER, PASSWORD = "wall", "not a secret"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Broker:
    """Mosquitto; start and stop it as often as you like."""

    def __init__(
        self, folder: Path, *, login: bool = False, certificate: Certificate | None = None
    ) -> None:
        """login: only USER with PASSWORD. certificate: only with TLS."""
        self.port = free_port()
        self._certificate = certificate
        self._process: subprocess.Popen[bytes] | None = None
        program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin")
        if program is None:
            pytest.skip("no mosquitto here; ./kiosk.sh test installs it")
        lines = [f"listener {self.port} 127.0.0.1", f"allow_anonymous {str(not login).lower()}"]
        if login:
            passwords = folder / "passwords"
            command = ["mosquitto_passwd", "-b", "-c", str(passwords), USER, PASSWORD]
            subprocess.run(command, check=True, capture_output=True)
            lines.append(f"password_file {passwords}")
        if certificate is not None:
            lines += [f"certfile {certificate.chain}", f"keyfile {certificate.key}"]
        lines.append(f"user {getpass.getuser()}")  # else root becomes somebody who may not read
        lines.append("connection_messages false")  # nobody reads on after it has begun
        configuration = folder / "mosquitto.conf"
        configuration.write_text("\n".join(lines) + "\n")
        self._command = [program, "-c", str(configuration)]

    def start(self) -> None:
        """Returns when it takes connections."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if line.endswith(b" running\n"):
                return
        self.stop()
        raise AssertionError("mosquitto ended before it listened")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process = None

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        client = self._client()
        client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(START_S)
        client.disconnect()
        client.loop_stop()

    def sensor_with_last_will(self, topic: str, payload: bytes, will: bytes) -> mqtt.Client:
        """A sensor that stays connected; `die` ends it without a word."""
        client = self._client(topic, will)
        client.publish(topic, payload, qos=1, retain=True).wait_for_publish(START_S)
        return client

    def die(self, client: mqtt.Client) -> None:
        """As when its power is cut: the broker publishes the last will."""
        line = client.socket()
        assert line is not None
        client.loop_stop()
        line.close()

    def _client(self, topic: str = "", will: bytes = b"") -> mqtt.Client:
        client = mqtt.Client(CallbackAPIVersion.VERSION2)
        client.username_pw_set(USER, PASSWORD)
        if self._certificate is not None:
            client.tls_set(str(self._certificate.chain.parent / "ca.pem"))
        if topic:
            client.will_set(topic, will, qos=1, retain=True)
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        return client
