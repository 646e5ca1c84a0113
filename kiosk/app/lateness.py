"""How late the event loop of the ui process is: the measure of a stalled screen."""

from PySide6.QtCore import QObject, Qt, QTimer

from kiosk.core.clock import Clock
from kiosk.tools.waits import waited_ms
from kiosk.wire.messages import Lateness

TICK_MS = 10


class LatenessMeter(QObject):
    """A precise timer of 10 ms; lateness is what each tick comes after its due time."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._late_ms: list[float] = []
        self._alone_ms: list[float] = []
        self._last_ms = clock.monotonic_ms()
        self._waited_ms = waited_ms()
        self._begin_ms = self._last_ms
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def take(self) -> Lateness:
        """Figures since the last call; starts a new window."""
        late, alone = sorted(self._late_ms) or [0.0], sorted(self._alone_ms) or [0.0]
        now_ms = self._clock.monotonic_ms()
        window_s = (now_ms - self._begin_ms) / 1000
        self._late_ms, self._alone_ms, self._begin_ms = [], [], now_ms
        return Lateness(
            window_s=round(window_s, 2),
            p50_ms=round(late[len(late) // 2], 2),
            p99_ms=_p99(late),
            max_ms=round(late[-1], 2),
            n=len(late),
            alone_p99_ms=_p99(alone),
        )

    def _tick(self) -> None:
        now_ms, waited = self._clock.monotonic_ms(), waited_ms()
        late_ms = max(0.0, now_ms - self._last_ms - TICK_MS)
        self._late_ms.append(late_ms)
        self._alone_ms.append(max(0.0, late_ms - (waited - self._waited_ms)))
        self._last_ms, self._waited_ms = now_ms, waited


def _p99(ordered_ms: list[float]) -> float:
    return round(ordered_ms[min(len(ordered_ms) - 1, int(len(ordered_ms) * 0.99))], 2)
