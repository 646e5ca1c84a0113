"""Gives out packets at the rate at which their pictures were taken, however they arrive."""

from threading import Event
from typing import Any

from kiosk.core.clock import Clock

JUMP_MS = 10_000.0
LATE_MS = 1_500.0


class Pace:
    """Waits until a packet's time has come by the stream's own clock.

    A stream that stalled for long, or whose clock jumps, goes on from now: nobody wants to see it
    hurry after what it missed.
    """

    def __init__(self, clock: Clock, stopped: Event) -> None:
        self._clock = clock
        self._stopped = stopped
        self._zero_ms: float | None = None

    def begin_anew(self) -> None:
        """The stream's clock is another one from here on."""
        self._zero_ms = None

    def await_turn(self, packet: Any) -> None:
        """Returns when the packet is due, or the stream is to stop."""
        stamp = packet.dts if packet.dts is not None else packet.pts
        if stamp is None:
            return
        stamp_ms = float(stamp * packet.time_base) * 1000
        now_ms = self._clock.monotonic_ms()
        early_ms = 0.0 if self._zero_ms is None else self._zero_ms + stamp_ms - now_ms
        if self._zero_ms is None or not -LATE_MS < early_ms < JUMP_MS:
            self._zero_ms = now_ms - stamp_ms
        elif early_ms > 0:
            self._stopped.wait(early_ms / 1000)
