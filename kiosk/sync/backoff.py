"""How long to wait before the next try."""

import random

FIRST_S = 0.15
FACTOR = 1.8
SOON_S = 2.0
SLOW_FACTOR = 1.02
CAP_S = 15.0


class Backoff:
    """Waits that grow fast up to SOON_S, then by 2 % up to `cap_s`; each is shortened by up to half
    at random, so that many kiosks do not come back in step.

    A backend that is back shows within two seconds, after a long absence within 2 % of its length
    and at most `cap_s`.
    """

    def __init__(self, rng: random.Random, cap_s: float = CAP_S) -> None:
        self._rng = rng
        self._cap_s = cap_s
        self._next_s = FIRST_S

    def wait_s(self) -> float:
        wait_s = self._next_s * self._rng.uniform(0.5, 1.0)
        factor = FACTOR if self._next_s < SOON_S / FACTOR else SLOW_FACTOR
        self._next_s = min(self._cap_s, self._next_s * factor)
        return wait_s

    def reset(self) -> None:
        self._next_s = FIRST_S
