"""How long to wait before the next try."""

import random

FIRST_S = 0.15
FACTOR = 1.8
CAP_S = 2.0


class Backoff:
    """Waits that grow up to CAP_S, each shortened by up to half at random, so that many kiosks do
    not come back in step. The cap is low: a backend that is back shows within two seconds.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._next_s = FIRST_S

    def wait_s(self) -> float:
        wait_s = self._next_s * self._rng.uniform(0.5, 1.0)
        self._next_s = min(CAP_S, self._next_s * FACTOR)
        return wait_s

    def reset(self) -> None:
        self._next_s = FIRST_S
