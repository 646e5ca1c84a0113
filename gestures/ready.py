"""Whether a hand rested in a pose that a swipe begins with, before it moved."""

from __future__ import annotations

import math
from collections import deque
from typing import Literal, NamedTuple

from gestures.check import Check, hold
from gestures.events import Point2
from gestures.features import HandFeatures
from gestures.pose import flat, raised, stretch, two_fingers
from gestures.tuning import ReadyTuning

Pose = Literal["palm", "fingers", "loose", "flat", "upright"]


class _Shown(NamedTuple):
    t_ms: int
    place: Point2
    palm_deg: float
    poses: frozenset[Pose]


class Ready:
    """The poses of the last moments."""

    def __init__(self, tuning: ReadyTuning) -> None:
        self._tuning = tuning
        self._shown: deque[_Shown] = deque()

    def reset(self) -> None:
        self._shown.clear()

    def note(self, t_ms: int, hand: HandFeatures) -> None:
        self._shown.append(_Shown(t_ms, hand.place, hand.palm_deg, self._poses(hand)))
        while t_ms - self._shown[0].t_ms > self._tuning.keep_ms:
            self._shown.popleft()

    def shows(self, pose: Pose, at_ms: int) -> bool:
        """Whether the hand was in the pose just before, resting or not."""
        return self.showing(pose, at_ms).holds

    def showing(self, pose: Pose, at_ms: int) -> Check:
        """The same, with the part of the looks in which it was."""
        share = self._share(pose, at_ms, self._tuning.end_ms)
        return Check("pose_share", share, self._tuning.share)

    def rested(self, pose: Pose, at_ms: int, palm: float) -> bool:
        """Whether the hand was still and in the pose for long enough. palm: heights a palm."""
        return hold(self.resting(pose, at_ms, palm))

    def resting(self, pose: Pose, at_ms: int, palm: float) -> tuple[Check, ...]:
        """The same, with what was measured of the rest."""
        rest_ms, tuning = self._rest_ms(pose), self._tuning
        window = [s for s in self._shown if at_ms - rest_ms <= s.t_ms <= at_ms]
        covered_ms = at_ms - rest_ms * tuning.covered
        latest_ms = max((s.t_ms for s in self._shown if s.t_ms <= covered_ms), default=None)
        away_ms = math.inf if latest_ms is None else max(0, at_ms - rest_ms - latest_ms)
        seen = Check("rest_away_ms", away_ms if window else math.inf, most=tuning.gap_ms)
        far = max((math.dist(s.place, window[-1].place) for s in window), default=0.0) / palm
        return (
            seen,
            Check("rest_moved", far, most=tuning.still),
            Check("rest_share", self._share(pose, at_ms, rest_ms), tuning.share),
        )

    def swung(self, start_ms: int, end_ms: int) -> bool:
        """Whether the hand lay to one side at the start, and lies to the other at the end."""
        start, end = self._side(start_ms), self._side(end_ms)
        return start * end < 0

    def _side(self, at_ms: int) -> int:
        """1 the fingers point to the person's right, -1 to their left, 0 up or down."""
        window = [s for s in self._shown if at_ms - self._tuning.end_ms <= s.t_ms <= at_ms]
        low, high = self._tuning.side_deg
        sides = [s.palm_deg for s in window if low <= abs(s.palm_deg) <= high]
        if not sides or len(sides) < self._tuning.share * len(window):
            return 0
        return 1 if sum(sides) > 0 else -1

    def _share(self, pose: Pose, at_ms: int, rest_ms: int) -> float:
        window = [s for s in self._shown if at_ms - rest_ms <= s.t_ms <= at_ms]
        return sum(pose in s.poses for s in window) / len(window) if window else 0.0

    def _rest_ms(self, pose: Pose) -> int:
        tuning = self._tuning
        times: dict[Pose, int] = {
            "palm": tuning.rest_ms,
            "fingers": tuning.fingers_ms,
            "loose": tuning.loose_ms,
            "flat": tuning.end_ms,
            "upright": tuning.end_ms,
        }
        return times[pose]

    def _poses(self, hand: HandFeatures) -> frozenset[Pose]:
        poses: set[Pose] = set()
        if flat(hand):
            poses.add("flat")
        if flat(hand) and abs(hand.palm_deg) <= self._tuning.end_deg:
            poses.add("upright")
        if flat(hand) and raised(hand):
            poses.add("palm")
        if two_fingers(hand):
            poses.add("fingers")
        if stretch(hand) >= self._tuning.loose_stretch:
            poses.add("loose")
        return frozenset(poses)
