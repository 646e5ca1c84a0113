"""The gesture in a single picture.

A palm detector that places its box badly gives a wrong hand, and which box it gets wrong changes
with the crop. So each hand is looked at again in a few crops around it, and the look that agrees
best with the others counts. Of 521 stills of 51 students: 501 right from the first crop that
shows a hand, 514 from the best of three.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import msgspec
import numpy as np

from gestures.camera import Rgb
from gestures.crop import Crop, tiles
from gestures.events import GestureKind, Hand, HandFrame, Side
from gestures.features import HandFeatures, measure
from gestures.landmarker import as_hands, as_image, create_landmarker, model_file
from gestures.shapes import ACCEPT, Shape, classify, timeout_grade

HANDS = 2
SHORT_SIDE_PX = 480  # smaller pictures are enlarged, so that tiles of them have enough pixels
# Sides of the first crops over the picture's: the detector wants room around a large hand.
ROOM = (1.0, 2.0, 1.5, 3.0)
CLOSE_PALMS = (5.0, 6.7, 8.3)  # sides of the crops around a hand
# Two hands are one sign when they are about as large and their nearest points no farther apart;
# farther when the left hand is on the right.
ALIKE, TOUCH_PALMS, CROSSED_PALMS = 1.6, 0.6, 1.5
SAME_PALMS = 1.0  # two looks no farther apart show the same hand
LEAST_SIDE_PX = 16  # a picture narrower than this holds no hand, however much it is enlarged
LEAST_PALM = 0.015  # of the picture's height; smaller is junk
FAR = 0.06  # a palm below this (of the picture's height): smaller hands may have been missed


class StillGesture(NamedTuple):
    """kind None is no gesture; score 0..1 is that of the kind, or of the nearest when none."""

    kind: GestureKind | None
    score: float
    hands: int


class StillReader:
    """Pictures of which none follows from another; close it after use."""

    def __init__(self) -> None:
        """Raises ModelError."""
        self._landmarker = create_landmarker(model_file(), HANDS, "IMAGE")

    def hands(self, rgb: Rgb) -> HandFrame:
        """The hands in a picture: in the whole of it, with room around it, then in its parts."""
        large = _enlarged(rgb)
        height, width = large.shape[:2]
        frame = HandFrame(t_ms=0, aspect=width / height)
        found: list[_Look] = []
        for number, crop in enumerate(_crops(width, height)):
            if number >= 2 and any(look.palm >= FAR * height for look in found):
                break
            for look in self._looks(large, as_image(large, crop), crop):
                if not any(_same(look, other) for other in found):
                    found.append(look)
        close = [self._closely(large, look) for look in found]
        hands = tuple(look.hand for look in close if look is not None)
        return HandFrame(t_ms=0, hands=hands, aspect=frame.aspect)

    def close(self) -> None:
        self._landmarker.close()

    def __enter__(self) -> StillReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _looks(self, rgb: Rgb, shown: Any, crop: Crop) -> list[_Look]:
        """shown: the crop as MediaPipe takes it."""
        height, width = rgb.shape[:2]
        result = self._landmarker.detect(shown)
        looks = [_look(hand, width, height) for hand in as_hands(result, crop, width, height)]
        return [look for look in looks if look is not None]

    def _closely(self, rgb: Rgb, rough: _Look) -> _Look | None:
        """The same hand from nearby; None when it is not seen there.

        Which side it is of, all looks decide together; the points are those of one look.
        """
        seen: list[_Look] = []
        sides: dict[Side, float] = defaultdict(float)
        for palms in CLOSE_PALMS:
            side = round(palms * rough.palm)
            crop = Crop(round(rough.x - side / 2), round(rough.y - side / 2), side)
            for drawn_out, shown in enumerate(_ways(rgb, crop)):
                again = [look for look in self._looks(rgb, shown, crop) if _same(look, rough)]
                again.sort(key=lambda look: math.dist(look[1:3], rough[1:3]))
                for look in again[:1]:
                    sides[look.hand.side] += look.hand.score
                    seen += [] if drawn_out else [look]
        if not seen:
            return None
        best = min(seen, key=lambda look: sum(_unlike(look, other) for other in seen))
        likeliest = max(sides, key=sides.__getitem__)
        return best._replace(hand=msgspec.structs.replace(best.hand, side=likeliest))


_Measured = tuple[Hand, HandFeatures]


class _Look(NamedTuple):
    """A hand, the middle of its palm and the palm's length in pixels."""

    hand: Hand
    x: float
    y: float
    palm: float


def still_gesture(frame: HandFrame) -> StillGesture:
    """The gesture that two hands make together, else that of the largest hand that makes one.

    Hands that touch or cross make a sign together or none at all (a frame, a heart, an X).
    """
    measured = [(hand, measure(hand, frame.aspect)) for hand in frame.hands]
    usable = [(hand, f) for hand, f in measured if f is not None and f.palm >= LEAST_PALM]
    pairs = list(combinations(usable, 2))
    together = max((timeout_grade(f, g) for (_, f), (_, g) in pairs), default=0.0)
    if together >= ACCEPT:
        return StillGesture(GestureKind.TIMEOUT, together, len(frame.hands))
    joined = [f for pair in pairs if _joined(*pair, frame.aspect) for _, f in pair]
    shapes = [(f.palm, classify(f)) for _, f in usable if f not in joined]
    known = [(palm, shape) for palm, shape in shapes if shape.kind is not None]
    nearest = sorted(known or shapes, key=lambda item: item[0] if known else item[1].score)
    best = nearest[-1][1] if nearest else Shape(None, 0.0)
    return StillGesture(best.kind, best.score, len(frame.hands))


def _joined(one: _Measured, other: _Measured, aspect: float) -> bool:
    (hand, f), (second, g) = one, other
    larger, smaller = max(f.palm, g.palm), min(f.palm, g.palm)
    if larger > ALIKE * smaller:
        return False
    points, others = (np.array(h.lm)[:, :2] * [aspect, 1.0] for h in (hand, second))
    gap = np.linalg.norm(points[:, None] - others, axis=2).min()
    left, right = (f, g) if hand.side == "left" else (g, f)
    crossed = hand.side != second.side and left.place[0] > right.place[0]
    return bool(gap <= (CROSSED_PALMS if crossed else TOUCH_PALMS) * larger)


def _crops(width: int, height: int) -> Iterator[Crop]:
    whole, *parts = tiles(width, height)
    for room in ROOM:
        side = round(room * whole.side)
        yield Crop((width - side) // 2, (height - side) // 2, side)
    yield from parts


def _ways(rgb: Rgb, crop: Crop) -> Iterator[Any]:
    """A crop as MediaPipe takes it; one that reaches over the picture's edges also with the edges
    drawn out instead of black, which is seen as another side of the hand now and then."""
    import cv2

    yield as_image(rgb, crop)
    height, width = rgb.shape[:2]
    left, top = max(0, crop.x), max(0, crop.y)
    right, bottom = min(width, crop.x + crop.side), min(height, crop.y + crop.side)
    over = (top - crop.y, crop.y + crop.side - bottom, left - crop.x, crop.x + crop.side - right)
    if any(over):
        drawn_out = cv2.copyMakeBorder(rgb[top:bottom, left:right], *over, cv2.BORDER_REPLICATE)
        yield as_image(drawn_out.astype(np.uint8, copy=False), Crop(0, 0, crop.side))


def _look(hand: Hand, width: int, height: int) -> _Look | None:
    features = measure(hand, width / height)
    if features is None:
        return None
    x, y = width - features.place[0] * height, features.place[1] * height
    return _Look(hand, x, y, features.palm * height)


def _same(look: _Look, other: _Look) -> bool:
    palm = max(look.palm, other.palm)
    return math.dist(look[1:3], other[1:3]) <= SAME_PALMS * palm and palm <= 2 * min(
        look.palm, other.palm
    )


def _unlike(look: _Look, other: _Look) -> float:
    """How far apart the points of two looks lie, in palms; a look that is all wrong counts 1."""
    apart = np.abs(np.array(look.hand.world) - np.array(other.hand.world)).mean()
    return min(1.0, float(apart) / 0.09)


def _enlarged(rgb: Rgb) -> Rgb:
    import cv2

    short = min(rgb.shape[:2])
    times = math.ceil(SHORT_SIDE_PX / short)
    if times == 1 or short < LEAST_SIDE_PX:
        return rgb
    large = cv2.resize(rgb, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    enlarged: Rgb = large.astype(np.uint8, copy=False)
    return enlarged
