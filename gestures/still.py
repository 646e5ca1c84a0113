"""The gesture in a single picture."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from gestures.camera import Rgb
from gestures.crop import Crop, tiles
from gestures.events import GestureKind, HandFrame
from gestures.features import measure
from gestures.landmarker import as_hands, as_image, create_landmarker, model_file
from gestures.shapes import ACCEPT, classify, timeout_grade


class StillGesture(NamedTuple):
    """kind None is no gesture; score 0..1 is that of the kind, or of the nearest when none."""

    kind: GestureKind | None
    score: float
    hands: int


class StillReader:
    """Pictures of which none follows from another; close it after use."""

    def __init__(self, hands: int = 2) -> None:
        """Raises ModelError."""
        self._landmarker = create_landmarker(model_file(), hands, "IMAGE")

    def hands(self, rgb: Rgb) -> HandFrame:
        """The hands in a picture: in the whole of it, with room around it, then in its parts."""
        height, width = rgb.shape[:2]
        whole, *parts = tiles(width, height)
        roomy = Crop(whole.x - whole.side // 4, whole.y - whole.side // 4, whole.side * 3 // 2)
        for crop in (whole, roomy, *parts):
            result = self._landmarker.detect(as_image(rgb, crop))
            if result.hand_landmarks:
                hands = as_hands(result, crop, width, height)
                return HandFrame(t_ms=0, hands=hands, aspect=width / height)
        return HandFrame(t_ms=0, aspect=width / height)

    def close(self) -> None:
        self._landmarker.close()

    def __enter__(self) -> StillReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def still_gesture(frame: HandFrame) -> StillGesture:
    """The gesture that two hands make together, else that of the largest hand that makes one."""
    measured = [measure(hand, frame.aspect) for hand in frame.hands]
    usable = sorted((f for f in measured if f is not None), key=lambda f: -f.palm)
    together = max((timeout_grade(a, b) for a, b in combinations(usable, 2)), default=0.0)
    if together >= ACCEPT:
        return StillGesture(GestureKind.TIMEOUT, together, len(frame.hands))
    shapes = [classify(features) for features in usable]
    known = [shape for shape in shapes if shape.kind is not None]
    if known:
        return StillGesture(known[0].kind, known[0].score, len(frame.hands))
    score = max((shape.score for shape in shapes), default=0.0)
    return StillGesture(None, score, len(frame.hands))
