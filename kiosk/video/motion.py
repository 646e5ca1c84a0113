"""Whether a picture shows something new, and how long ago it was taken."""

from typing import Literal

import numpy as np

from kiosk.video.scaling import Pixels

# A scene that stands still behind a healthy encoder is not the same to the bit: each key frame
# writes its picture anew, a few levels off all over it. What moves, or a digit of a burnt-in clock,
# is off by much in a place. Measured on the demonstration's scenes with noise, 300 to 1000 kbit/s,
# every second row and column of a tile: a key frame changes 2 to 14 % of them by more than 2 levels
# and at most two by more than 32; a digit changes six by more than 14 and hardly another one.
_SEEN_LEVELS = 2
_LEAST_LEVELS, _MOST_LEVELS = 10, 32
_RESTLESS = 0.03
_PIXELS = 3
_STEP = 2
_COARSE = 4

News = Literal["new", "touched", "same"]


class Motion:
    """Compares a picture's brightness with that of the last one that was new."""

    def __init__(self) -> None:
        self._last: Pixels | None = None
        self._view: object = None

    def see(self, luma: Pixels, view: object) -> News:
        """`new`: the scene has moved; `touched`: worth showing, but it may stand still; `same`.

        `luma` is (height, width). A picture of another `view` (size or part) can't be compared.
        """
        last, seen = self._last, luma[::_STEP, ::_STEP]
        if last is None or view != self._view or last.shape != seen.shape:
            first = last is None
            self._last, self._view = seen.copy(), view
            return "new" if first else "touched"
        coarse = _distance(last[::_COARSE, ::_COARSE], seen[::_COARSE, ::_COARSE])
        if _count(coarse, _MOST_LEVELS) < _PIXELS:
            fine = _distance(last, seen)
            touched = _count(fine, _SEEN_LEVELS)
            restless = min(1.0, touched / fine.size / _RESTLESS)
            levels = _LEAST_LEVELS + round((_MOST_LEVELS - _LEAST_LEVELS) * restless)
            if _count(fine, levels) < _PIXELS:
                return "touched" if touched >= _PIXELS else "same"
        self._last = seen.copy()
        return "new"


def _distance(one: Pixels, other: Pixels) -> Pixels:
    return np.maximum(one, other) - np.minimum(one, other)


def _count(distance: Pixels, levels: int) -> int:
    return int(np.count_nonzero(distance > levels))


# A camera's crystal is off by at most so much: what seems more is a delay that grows.
_DRIFT = 0.0002
_JUMP_MS = 5000.0


class Delay:
    """How much later than the promptest pictures of a stream its pictures arrive.

    Compares the stream's clock with ours; neither needs to be right. A clock that jumps starts
    anew.
    """

    def __init__(self) -> None:
        self._least_ms: float | None = None
        self._pts_ms = 0.0
        self._arrived_ms = 0.0

    def of(self, pts_ms: float, arrived_ms: float) -> int:
        """Milliseconds, 0 or more; `arrived_ms` is monotonic."""
        late_ms = arrived_ms - pts_ms
        if self._least_ms is None or self._jumped(pts_ms, arrived_ms):
            self._least_ms = late_ms
        else:
            drift_ms = (arrived_ms - self._arrived_ms) * _DRIFT
            self._least_ms = min(late_ms, self._least_ms + drift_ms)
        self._pts_ms, self._arrived_ms = pts_ms, arrived_ms
        return round(late_ms - self._least_ms)

    def _jumped(self, pts_ms: float, arrived_ms: float) -> bool:
        """Backwards, or by seconds more than have passed; a gap in both is no jump."""
        by_ms = pts_ms - self._pts_ms
        return by_ms < 0 or abs(by_ms - (arrived_ms - self._arrived_ms)) > _JUMP_MS
