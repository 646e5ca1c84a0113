"""Whether somebody is at the wall, and what the wall does when nobody is."""

from typing import Literal

from kiosk.core.clock import Clock
from kiosk.core.state import ViewState
from kiosk.settings.model import PresenceSettings
from kiosk.wire.messages import PresenceSource

Act = Literal["system.wake", "system.dim", "system.lock"]


class Attendance:
    """Says when the wall is to dim, to lock and to wake; time comes from the clock alone.

    A sign is whatever a person does: touch, key, gesture, speech, a tablet's command. A source
    (camera, sensor) says near, not near, or that it can't tell. A wall that no source watches
    stays as it is, unless `without_sensor`: it must not go dark in front of somebody who speaks.
    """

    def __init__(self, settings: PresenceSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._near: dict[PresenceSource, bool] = {}
        self._seen_ms = clock.monotonic_ms()
        self._arrived = False
        self.alert = False
        """A critical incident runs: the wall does not dim (it still locks)."""

    @property
    def watched(self) -> bool:
        """Whether it may be taken that nobody is there."""
        return self.sensed or self._settings.without_sensor

    @property
    def sensed(self) -> bool:
        """Whether a source can tell who is near."""
        return bool(self._near)

    def sign(self) -> None:
        """A person did something."""
        self._seen_ms = self._clock.monotonic_ms()
        self._arrived = True

    def sense(self, source: PresenceSource, near: bool | None) -> None:
        """What a source says; None: it can't tell (any more)."""
        before = self._near.pop(source, None)
        if near is None:
            return
        if near and not before:
            self.sign()
        if not self.sensed:
            # A source that comes back knows nothing of the time before.
            self._seen_ms = self._clock.monotonic_ms()
        self._near[source] = near

    def due(self, state: ViewState) -> Act | None:
        """What to do now, if anything; to be asked after each sign and now and then."""
        now_ms = self._clock.monotonic_ms()
        arrived, self._arrived = self._arrived, False
        if any(self._near.values()):
            self._seen_ms = now_ms
        if state.dimmed and arrived:
            return "system.wake"
        if not self.watched:
            return None
        alone_s = (now_ms - self._seen_ms) / 1000
        if not state.locked and 0 < self._settings.lock_after_s <= alone_s:
            return "system.lock"
        may_dim = not state.dimmed and not self.alert
        if may_dim and 0 < self._settings.dim_after_s <= alone_s:
            return "system.dim"
        return None
