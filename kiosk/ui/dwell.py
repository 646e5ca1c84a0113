"""Dwell: a hand that rests on one target for a while presses it, once."""

from kiosk.ui.component import Target


class Dwell:
    """Counts how long the pointer has rested on the same target.

    After a press, or after leaving, the count begins again only on another visit: a hand that
    stays does not press twice.
    """

    def __init__(self, dwell_ms: int) -> None:
        self._dwell_ms = dwell_ms
        self._resting: tuple[str, str] | None = None
        self._since_ms: float = 0.0
        self._spent = False

    def rest(self, target: Target | None, t_ms: float) -> tuple[float, bool]:
        """How far the ring has filled (0-1) and whether the target is pressed now."""
        on = None if target is None else (target.command, target.trigger)
        if on != self._resting:
            self._resting, self._since_ms, self._spent = on, t_ms, False
        if on is None or self._spent:
            return 0.0, False
        share = min(1.0, max(0.0, (t_ms - self._since_ms) / max(1, self._dwell_ms)))
        self._spent = share >= 1.0
        return share, self._spent
