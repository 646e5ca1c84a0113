"""How often something may be asked: so many at once, then so many a second."""

from collections import OrderedDict

from kiosk.core.clock import Clock

ADDRESSES_KEPT = 4096


class Bucket:
    """A token bucket: `burst` at once, then `per_s`."""

    def __init__(self, clock: Clock, per_s: float, burst: int) -> None:
        self._clock = clock
        self._per_s = per_s
        self._burst = burst
        self._tokens = float(burst)
        self._then_ms = clock.monotonic_ms()

    def take(self) -> bool:
        self._fill()
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def wait_s(self) -> float:
        """How long until there is one to take."""
        self._fill()
        return max(0.0, (1 - self._tokens) / self._per_s) if self._per_s else float("inf")

    @property
    def empty(self) -> bool:
        self._fill()
        return self._tokens < 1

    def _fill(self) -> None:
        now_ms = self._clock.monotonic_ms()
        grown = self._tokens + (now_ms - self._then_ms) / 1000 * self._per_s
        self._tokens = min(float(self._burst), grown)
        self._then_ms = now_ms


class Buckets:
    """A bucket per address; the addresses longest unseen are forgotten."""

    def __init__(self, clock: Clock, per_s: float, burst: int) -> None:
        self._clock, self._per_s, self._burst = clock, per_s, burst
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def of(self, address: str) -> Bucket:
        bucket = self._buckets.get(address) or Bucket(self._clock, self._per_s, self._burst)
        self._buckets[address] = bucket
        self._buckets.move_to_end(address)
        if len(self._buckets) > ADDRESSES_KEPT:
            self._buckets.popitem(last=False)
        return bucket
