"""What the doctor says of presence."""

from pathlib import Path

import pytest

from kiosk.settings import Settings
from kiosk.settings.model import CameraSettings, PresenceSettings
from kiosk.tools.doctor.machine import Machine
from kiosk.tools.doctor.presence import check_presence

NONE = CameraSettings(source="none")
BROKER = PresenceSettings(mqtt_host="broker.local", mqtt_topic="a/b")


def found(presence: PresenceSettings, camera: CameraSettings = NONE, answer: str = "") -> str:
    settings = Settings(presence=presence, camera=camera)
    finding = check_presence(Machine(settings=settings, connect=lambda _host, _port: answer))
    assert (finding.mend is None) == (finding.state == "ok")
    return f"{finding.state}: {finding.found.en}"


def test_a_wall_that_nothing_watches() -> None:
    assert "neither dims nor locks" in found(PresenceSettings())
    assert "by the camera" in found(PresenceSettings(), CameraSettings())
    assert "dims when" in found(PresenceSettings(without_sensor=True))


def test_a_broker() -> None:
    assert found(BROKER) == "ok: mqtt broker.local:1883, which answers"
    assert found(BROKER, CameraSettings()).startswith("ok: camera and mqtt")
    assert found(BROKER, answer="refused").startswith("poor: mqtt broker.local:1883 does not")


@pytest.mark.parametrize("field", ["mqtt_topic", "mqtt_password_file"])
def test_what_is_missing(field: str, tmp_path: Path) -> None:
    given = {"mqtt_host": "b", "mqtt_topic": "a", "mqtt_password_file": ""}
    given[field] = "" if field == "mqtt_topic" else str(tmp_path / "none")
    assert found(PresenceSettings(**given)).startswith("poor: ")  # type: ignore[arg-type]
