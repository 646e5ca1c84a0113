"""Where a hand was lately, its steady scale, how far it moved."""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

from gestures.events import Point2
from gestures.features import HandFeatures


class Sample(NamedTuple):
    """A place in heights of the picture, at a time; palm_deg: how the hand was turned there."""

    t_ms: int
    place: Point2
    palm_deg: float = 0.0


class Track:
    """One hand over the last seconds."""

    def __init__(self, keep_ms: int) -> None:
        self._keep_ms = keep_ms
        self._samples: deque[Sample] = deque()
        self._palms: deque[tuple[int, float]] = deque()
        self.first_ms: int | None = None
        self.palm = 0.0

    @property
    def last(self) -> Sample | None:
        return self._samples[-1] if self._samples else None

    def add(self, t_ms: int, features: HandFeatures) -> None:
        if self.first_ms is None:
            self.first_ms = t_ms
        self._samples.append(Sample(t_ms, features.place, features.palm_deg))
        self._palms.append((t_ms, features.palm))
        oldest_ms = t_ms - self._keep_ms
        while self._samples[0].t_ms < oldest_ms:
            self._samples.popleft()
        while self._palms[0][0] < oldest_ms:
            self._palms.popleft()
        # Seen end on, a hand's metric points come out too small and its palm too large, never the
        # other way round; the lower quartile of the last seconds does not follow that.
        palms = sorted(palm for _, palm in self._palms)
        self.palm = palms[len(palms) // 4]

    def clear(self) -> None:
        self._samples.clear()
        self._palms.clear()
        self.first_ms = None
        self.palm = 0.0

    def since(self, t_ms: int) -> list[Sample]:
        """The places since a time, oldest first."""
        newer: list[Sample] = []
        for sample in reversed(self._samples):
            if sample.t_ms < t_ms:
                break
            newer.append(sample)
        return newer[::-1]

    def moved(self, window_ms: int) -> float:
        """Farthest that the hand was from where it is now within the window, in palms."""
        if not self._samples or self.palm <= 0.0:
            return 0.0
        now = self._samples[-1]
        places = [s.place for s in self.since(now.t_ms - window_ms)]
        return max(math.dist(place, now.place) for place in places) / self.palm

    def turned_deg(self, window_ms: int) -> float:
        """Farthest that the hand was turned from how it is now within the window."""
        if not self._samples:
            return 0.0
        now = self._samples[-1]
        turns = (s.palm_deg - now.palm_deg for s in self.since(now.t_ms - window_ms))
        return max(abs((turn + 180.0) % 360.0 - 180.0) for turn in turns)
