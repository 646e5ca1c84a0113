"""Whether a picture shows something new, and how long ago it was taken."""

from collections import deque
from typing import Literal

import numpy as np
import numpy.typing as npt

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

# A sensor's noise is new in every picture, all over it, and what it changes it changes back: of one
# pixel a change and the next one correlate at -0.5. An encoder that is given the same picture again
# and again goes on refining it all over for seconds, but one way. In nine ways to encode a dark
# scene (x264, also with constant rate, B-frames and periodic refresh, x265, MPEG-4) what stood
# still changed all over in up to 38 % of the pictures between key frames, at -0.18 or more; noise
# did in all of them, with half of the pictures at -0.34 or less (x265 with B-frames: -0.11).
_GRAIN_LEVELS = 2
_GRID, _GRAINY_CELLS, _GRAINY_SHARE = 4, 8, 0.01
_CHANGES_BACK = -0.22
_GRAINY_PICTURES, _WINDOW, _LEAST = 0.5, 12, 6

News = Literal["new", "alive", "touched", "same"]


class Motion:
    """Compares a picture's brightness with that of the last one that was new."""

    def __init__(self) -> None:
        self._last: Pixels | None = None
        self._view: object = None
        self._grain = Grain()

    def see(self, luma: Pixels, view: object, *, whole: bool = False) -> News:
        """`new`: the scene has moved; `alive`: nothing moves, but a sensor looks at it; `touched`:
        worth showing, but it may stand still; `same`.

        `luma` is (height, width). A picture of another `view` (size or part) can't be compared.
        `whole`: it was written anew, and not as what changed.
        """
        last, seen = self._last, luma[::_STEP, ::_STEP]
        if last is None or view != self._view or last.shape != seen.shape:
            first = last is None
            self._last, self._view, self._grain = seen.copy(), view, Grain()
            return "new" if first else "touched"
        coarse = _distance(last[::_COARSE, ::_COARSE], seen[::_COARSE, ::_COARSE])
        if _count(coarse, _MOST_LEVELS) >= _PIXELS:
            self._grain = Grain()  # what moves shows no noise
        else:
            alive = self._grain.see(seen, whole=whole)
            fine = _distance(last, seen)
            touched = _count(fine, _SEEN_LEVELS)
            restless = min(1.0, touched / fine.size / _RESTLESS)
            levels = _LEAST_LEVELS + round((_MOST_LEVELS - _LEAST_LEVELS) * restless)
            if _count(fine, levels) < _PIXELS:
                if alive:
                    return "alive"
                return "touched" if touched >= _PIXELS else "same"
        self._last = seen.copy()
        return "new"


class Grain:
    """Whether pictures in which nothing moves carry the noise of a sensor."""

    def __init__(self) -> None:
        self._before: Pixels | None = None
        self._change: npt.NDArray[np.int16] | None = None
        self._grainy: deque[bool] = deque(maxlen=_WINDOW)

    def see(self, luma: Pixels, *, whole: bool) -> bool:
        """Of this picture; and most of those before it did."""
        before, self._before = self._before, luma.copy()
        last, self._change = self._change, None
        if before is None or whole:
            return False
        change = self._change = np.subtract(luma, before, dtype=np.int16)
        if last is None:
            return False
        self._grainy.append(
            _is_all_over(np.abs(change) >= _GRAIN_LEVELS) and _is_back(last, change)
        )
        enough = max(_LEAST, _GRAINY_PICTURES * len(self._grainy))
        return self._grainy[-1] and sum(self._grainy) >= enough


def _is_back(last: "npt.NDArray[np.int16]", change: "npt.NDArray[np.int16]") -> bool:
    """Whether a change takes back what the last one did, as far as noise does."""
    one, other = last.astype(np.float32), change.astype(np.float32)
    size = float((one * one).sum() * (other * other).sum()) ** 0.5
    return bool(size > 0 and float((one * other).sum()) < _CHANGES_BACK * size)


def _is_all_over(changed: "npt.NDArray[np.bool_]") -> bool:
    """Whether something changed in at least half of the cells of a grid."""
    height, width = (side // _GRID for side in changed.shape)
    if not (height and width):
        return False
    cells = changed[: height * _GRID, : width * _GRID].reshape(_GRID, height, _GRID, width)
    shares = np.count_nonzero(cells, axis=(1, 3)) / (height * width)
    return int(np.count_nonzero(shares > _GRAINY_SHARE)) >= _GRAINY_CELLS


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
