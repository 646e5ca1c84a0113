"""What one hand does over time: where it is, how it is turned, which shape it has, if it is up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gestures.events import Side
from gestures.generator.blend import FINGERS, Array, blend, ease, to_points
from gestures.generator.shapes import HandShape
from gestures.generator.turns import rotated


class Path:
    """Values over time: holds, and minimum-jerk moves between them."""

    def __init__(self, value: Array) -> None:
        self._times = [0.0]
        self._values = [value]
        self._sags = [np.zeros_like(value)]

    @property
    def last(self) -> Array:
        return self._values[-1]

    def move(self, start_ms: float, end_ms: float, value: Array, sag: Array | None = None) -> None:
        """From what it was to value; sag is how far the middle of the way is off the straight."""
        start_ms = max(start_ms, self._times[-1])
        none = np.zeros_like(value)
        self._times += [start_ms, max(end_ms, start_ms + 1.0)]
        self._values += [self.last, value]
        self._sags += [none, none if sag is None else sag]

    def parts(self, t_ms: Array) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
        """For each time the keys before and after it, and how far between them it is (0..1)."""
        times = np.array(self._times)
        before = np.clip(np.searchsorted(times, t_ms, side="right") - 1, 0, len(times) - 1)
        after = np.minimum(before + 1, len(times) - 1)
        length = np.maximum(times[after] - times[before], 1e-6)
        return before, after, np.clip((t_ms - times[before]) / length, 0.0, 1.0)

    def at(self, t_ms: Array) -> Array:
        """(n,) times to (n, k) values."""
        before, after, part = self.parts(t_ms)
        values, sags = np.array(self._values), np.array(self._sags)
        s = ease(part)[:, None]
        way = (1 - s) * values[before] + s * values[after]
        return np.asarray(way + 4 * s * (1 - s) * sags[after])


class Forms(Path):
    """Bones over time, their fingers lagging."""

    def __init__(self, bones: Array, rng: np.random.Generator) -> None:
        super().__init__(bones)
        self._rng = rng

    def at(self, t_ms: Array) -> Array:
        """(n,) times to (n, 21, 3) points in the palm frame."""
        before, after, part = self.parts(t_ms)
        values = np.array(self._values)
        lags = self._rng.uniform(0.0, 1.0, (len(values), FINGERS))
        bones = values[before]
        moving = np.flatnonzero((part > 0.0) & (before != after))
        bones[moving] = blend(
            bones[moving], values[after[moving]], part[moving], lags[after[moving]]
        )
        return to_points(bones)


class HandMotion:
    """One hand of a person, as a right hand; a left one is mirrored when it is looked at.

    place: metres from the middle of the person's shoulders: outwards (to the hand's own side),
    down, and to the front. turn: from the palm frame to the camera's axes. seen: 0 or 1.
    """

    def __init__(
        self, side: Side, shape: HandShape, place: Array, rng: np.random.Generator
    ) -> None:
        self.side = side
        self.place = Path(place)
        self.turn = Path(shape.turn)
        self.form = Forms(shape.bones, rng)
        self._seen = [(0.0, False)]

    def shape(self, shape: HandShape, start_ms: float, end_ms: float) -> None:
        """Takes the shape and its turn."""
        self.form.move(start_ms, end_ms, shape.bones)
        self.turned(shape.turn, start_ms, end_ms)

    def turned(self, turn: Array, start_ms: float, end_ms: float) -> None:
        near = turn if turn @ self.turn.last >= 0 else -turn  # the shorter way round
        self.turn.move(start_ms, end_ms, near)

    def show(self, t_ms: float, seen: bool) -> None:
        self._seen.append((t_ms, seen))

    def points(self, t_ms: Array) -> Array:
        """(n, 21, 3) metres around the hand's middle, in the camera's axes, of a right hand."""
        return rotated(self.form.at(t_ms), self.turn.at(t_ms))

    def seen(self, t_ms: Array) -> NDArray[np.bool_]:
        times = np.array([at for at, _ in self._seen])
        values = np.array([seen for _, seen in self._seen])
        return np.asarray(values[np.searchsorted(times, t_ms, side="right") - 1])
