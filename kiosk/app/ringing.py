"""The wall rings while a tablet calls it, until somebody says yes or no."""

from collections.abc import Callable

from kiosk.app.part import Part
from kiosk.core.clock import Clock
from kiosk.core.state import Changes, Store, ViewState

EVERY_MS = 3_000


class Ringing(Part):
    """`ring(volume)` is the loudspeaker's, `volume` 0..1 the site's; 0 never rings. A wall that is
    locked is not called at all."""

    def __init__(
        self, store: Store, clock: Clock, ring: Callable[[float], bool], volume: float
    ) -> None:
        self._store = store
        self._clock = clock
        self._ring = ring
        self._volume = volume
        self._rang_ms: int | None = None

    def follow(self, state: ViewState, changes: Changes) -> None:
        """After each change of the state."""
        if "call" in changes:
            self.tick()

    def tick(self) -> None:
        call = self._store.state.call
        if call is None or call.phase != "asking" or self._volume <= 0:
            self._rang_ms = None
            return
        now_ms = self._clock.now_ms()
        if self._rang_ms is None or now_ms - self._rang_ms >= EVERY_MS:
            self._rang_ms = now_ms
            self._ring(self._volume)
