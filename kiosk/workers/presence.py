"""Tells the wall what camera and sensor know of somebody being near."""

from kiosk.core.clock import Clock
from kiosk.settings.model import PresenceSettings
from kiosk.wire import Link, Text
from kiosk.wire.messages import Presence, PresenceSource
from kiosk.workers.presence_sensor import PresenceSensor


class PresenceReport:
    """Sends a Presence when a source has news; holds the sensor's thread, close it after use."""

    def __init__(self, settings: PresenceSettings, link: Link, clock: Clock) -> None:
        self._link = link
        self._sensor = PresenceSensor(settings, clock)
        self._told: dict[PresenceSource, bool | None] = {"camera": None, "sensor": None}

    @property
    def trouble(self) -> Text:
        """What is wrong with the sensor; empty when nothing is."""
        return self._sensor.trouble

    def camera(self, near: bool | None) -> None:
        """What the camera sees; None when there is none."""
        self._tell("camera", near)

    def sensor(self) -> None:
        """Asks the sensor; to be called now and then."""
        self._tell("sensor", self._sensor.near)

    def close(self) -> None:
        self._sensor.close()

    def _tell(self, source: PresenceSource, near: bool | None) -> None:
        if near != self._told[source]:
            self._told[source] = near
            self._link.send(Presence(source, near))


def beside(reason: Text, trouble: Text) -> Text:
    """Both sentences, or the one that there is."""
    if not (reason.ko and trouble.ko):
        return reason if reason.ko else trouble
    return Text(f"{reason.ko}. {trouble.ko}", f"{reason.en}. {trouble.en}")
