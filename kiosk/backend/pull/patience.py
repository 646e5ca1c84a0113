"""When a source that failed is asked again."""

import random
from typing import Literal

FIRST_MS = 5_000
FACTOR = 2.0
OPEN_AFTER = 5
OPEN_MS = 600_000
WRONG_MS = 3_600_000


class Patience:
    """One source's failures: waits that grow with jitter, then a circuit that opens.

    After OPEN_AFTER failures in a row the source is left alone for OPEN_MS (or its own period, if
    that is longer) and then asked once: an answer closes the circuit, a failure keeps it open. A
    refusal that only a person can mend (a wrong key) is asked again after an hour.
    """

    def __init__(self, period_s: int, rng: random.Random, failures: int = 0) -> None:
        self._period_ms = period_s * 1000
        self._rng = rng
        self.failures = failures

    @property
    def state(self) -> Literal["closed", "open"]:
        return "open" if self.failures >= OPEN_AFTER else "closed"

    def succeeded(self) -> int:
        """Milliseconds until the source is asked again."""
        self.failures = 0
        return self._period_ms

    def failed(self) -> int:
        """Milliseconds until the source is asked again."""
        self.failures += 1
        if self.failures >= OPEN_AFTER:
            return self._spread(max(OPEN_MS, self._period_ms))
        return min(self._spread(FIRST_MS * FACTOR ** (self.failures - 1)), self._period_ms)

    def wrong(self) -> int:
        """Milliseconds until a source is asked again that will refuse until somebody mends it."""
        self.failures = max(self.failures + 1, OPEN_AFTER)
        return self._spread(WRONG_MS)

    def _spread(self, wait_ms: float) -> int:
        return round(wait_ms * self._rng.uniform(0.75, 1.25))
