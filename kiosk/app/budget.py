"""How often a process may die before it is left off."""

from collections import deque


class RestartBudget:
    """`deaths` in `window_ms` use the budget up."""

    def __init__(self, deaths: int, window_ms: float) -> None:
        self._deaths = deaths
        self._window_ms = window_ms
        self._times_ms: deque[float] = deque()

    def spend(self, now_ms: float) -> bool:
        """Notes a death; True when the process may be started again."""
        self._times_ms.append(now_ms)
        while self._times_ms and now_ms - self._times_ms[0] > self._window_ms:
            self._times_ms.popleft()
        return len(self._times_ms) < self._deaths

    def refill(self) -> None:
        self._times_ms.clear()
