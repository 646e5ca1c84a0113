"""How fresh a camera's picture is, as the tile says it; and how long to wait before a new try."""

import random
from typing import Literal

import msgspec

State = Literal["connecting", "live", "late", "lost", "off"]

# A camera that is back shows within 5 s: the longest wait and its jitter leave room to open it.
_FIRST_WAIT_S = 0.2
_LONGEST_WAIT_S = 3.0
_JITTER = 0.25


class Progress(msgspec.Struct, frozen=True):
    """What a stream's thread has reached.

    `since_ms` and `picture_ms` (last picture that differed from the one before it) are monotonic;
    `frame_t_ms` is the same picture's epoch time; `attempt` counts tries to connect that failed
    since.
    """

    since_ms: float
    picture_ms: float | None = None
    frame_t_ms: int | None = None
    attempt: int = 0


def state_of(progress: Progress, now_ms: float, late_s: float, lost_s: float) -> State:
    """The state of a camera at monotonic `now_ms`.

    A picture that stands still counts as no picture: cameras have noise and a running clock. A
    camera that refused a try is never live, however young its last picture.
    """
    if progress.picture_ms is None:
        return "connecting" if now_ms - progress.since_ms <= lost_s * 1000 else "lost"
    age_ms = now_ms - progress.picture_ms
    if age_ms > lost_s * 1000:
        return "lost"
    return "late" if age_ms > late_s * 1000 or progress.attempt else "live"


class Backoff:
    """Waits between tries: doubling, bounded, jittered so that a street does not come at once."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - spreads load, keeps no secret

    def wait_s(self, attempt: int) -> float:
        """Seconds to wait after `attempt` failed tries (0: the stream ended but had worked)."""
        wait_s = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(attempt, 16))
        return wait_s * (1 + self._random.uniform(-_JITTER, _JITTER))
