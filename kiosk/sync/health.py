"""One Health out of several parts, each of which may be in trouble."""

import threading

from kiosk.wire import Link, Text
from kiosk.wire.messages import Health, State

_RUNNING = Text("도시 자료를 받고 있습니다", "Receiving the city's data")
_STARTING = Text("도시 자료를 불러옵니다", "Loading the city's data")
PARTS = ("space", "ledger", "disk", "cache", "backend")


class HealthReport:
    """Tells the ui when the whole changes. Parts come first in the order of PARTS."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._troubles: dict[str, Text] = {}
        self._started = False
        self._told: tuple[State, Text] | None = None
        self._tell()

    def trouble(self, part: str, reason: Text) -> None:
        with self._lock:
            self._troubles[part] = reason
            self._tell()

    def well(self, part: str) -> None:
        with self._lock:
            self._troubles.pop(part, None)
            self._started = self._started or part == "backend"
            self._tell()

    def _tell(self) -> None:
        reasons = [self._troubles[part] for part in PARTS if part in self._troubles]
        if reasons:
            now: tuple[State, Text] = ("degraded", reasons[0])
        else:
            now = ("running", _RUNNING) if self._started else ("starting", _STARTING)
        if now != self._told:
            self._told = now
            self._link.send(Health(worker="sync", state=now[0], reason=now[1]))
