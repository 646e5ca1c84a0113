"""A pinhole camera before a person, and what a landmarker would have written of a hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gestures.generator.blend import Array

NEAREST_M = 0.3


@dataclass(frozen=True, slots=True)
class Camera:
    """width, height: pixels. lens_deg: horizontal angle of view. above_m: over the person's
    shoulders. tilt: part of the angle to the person's shoulders that it is tilted down by."""

    width: int
    height: int
    lens_deg: float
    above_m: float
    tilt: float

    @property
    def aspect(self) -> float:
        return self.width / self.height

    @property
    def focal_px(self) -> float:
        return float(self.width / 2 / np.tan(np.radians(self.lens_deg) / 2))

    def see(self, points: Array) -> Array:
        """(n, 21, 3) metres in the camera's axes to landmarks: x, y in 0..1 of the picture, z in
        the scale of x from the wrist (an orthographic z, as MediaPipe documents it)."""
        depth = np.maximum(points[..., 2], NEAREST_M)
        scale = self.focal_px / depth
        wrist = np.maximum(points[:, :1, 2], NEAREST_M)
        return np.stack(
            [
                0.5 + points[..., 0] * scale / self.width,
                0.5 + points[..., 1] * scale / self.height,
                (points[..., 2] - wrist) * self.focal_px / wrist / self.width,
            ],
            axis=-1,
        )

    def before(self, places: Array, distance_m: float) -> Array:
        """(n, 3) places from the middle of the shoulders (the person's right, down, front) to
        the camera's axes."""
        tilt = self.tilt * np.arctan2(self.above_m, distance_m)
        y, z = places[:, 1] + self.above_m, distance_m - places[:, 2]
        cos, sin = np.cos(tilt), np.sin(tilt)
        return np.stack([-places[:, 0], y * cos - z * sin, y * sin + z * cos], axis=-1)

    def palm_px(self, depth_m: Array, palm_m: float) -> Array:
        return np.asarray(self.focal_px * palm_m / np.maximum(depth_m, NEAREST_M))


def drawn_camera(rng: np.random.Generator) -> Camera:
    """Some camera of a wall: 720p or 1080p, 60 to 82 degrees wide, at or above eye height."""
    width, height = (1280, 720) if rng.random() < 0.5 else (1920, 1080)
    return Camera(
        width,
        height,
        lens_deg=float(rng.uniform(60.0, 82.0)),
        above_m=float(rng.uniform(-0.1, 0.7)),
        tilt=float(rng.uniform(0.7, 1.2)),
    )
