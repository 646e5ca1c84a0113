"""What makes a landmarker's hands worse than they are: small pictures, blur, edges, chance.

Jitter was read off the still phases of real clips (second differences of the landmarks, robust):
about 0.008 palms a point at 50 pixels a palm and 0.001 at 100 in good light, 1 mm in the metric
points. It grows as the hand gets smaller in the picture, and for a hand seen from its edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gestures.generator.blend import Array

JITTER = 0.006  # palms a point at JITTER_PX pixels a palm
JITTER_PX = 50.0
LEAST_JITTER = 0.001
TIPS = (4, 8, 12, 16, 20)
WANDER_MS = 350.0  # how long the slow part of the error keeps its direction


@dataclass(frozen=True, slots=True)
class Faults:
    """One session's camera and light.

    jitter: factor on JITTER. dropped: share of the frames that never arrive. missed: share in which
    no hand is found. flips: share in which left and right are exchanged. shutter_ms: of the
    camera. blur_palms: a hand that moves this far while the shutter is open is lost half of
    the time. late: share of a frame's length by which frames are early or late.
    """

    jitter: float
    dropped: float
    missed: float
    flips: float
    shutter_ms: float
    blur_palms: float
    late: float


def drawn_faults(rng: np.random.Generator) -> Faults:
    return Faults(
        jitter=float(rng.lognormal(0.0, 0.4)),
        dropped=float(rng.uniform(0.0, 0.03)),
        missed=float(rng.uniform(0.0, 0.02)),
        flips=float(rng.uniform(0.0, 0.01)),
        shutter_ms=float(rng.uniform(4.0, 30.0)),
        blur_palms=float(rng.uniform(0.3, 0.6)),
        late=float(rng.uniform(0.0, 0.15)),
    )


def frame_times(fps: float, length_ms: float, faults: Faults, rng: np.random.Generator) -> Array:
    """Rising whole milliseconds: a camera that is not quite regular and drops frames."""
    count = max(2, int(length_ms * fps / 1000))
    regular = np.arange(count) * 1000 / fps
    times = regular + rng.normal(0.0, faults.late * 1000 / fps, count)
    kept = np.unique(np.round(np.clip(times[rng.random(count) >= faults.dropped], 0, None)))
    return np.asarray(kept)


def errors(
    world: Array, palm_px: Array, t_ms: Array, faults: Faults, rng: np.random.Generator
) -> Array:
    """(n, 21, 3) what the landmarker is off by, in palms. world: (n, 21, 3); palm_px: (n,)."""
    edge = 1.0 - _facing(world)
    size = np.maximum(LEAST_JITTER, JITTER * JITTER_PX / palm_px) * faults.jitter * (1 + 1.5 * edge)
    return np.asarray(_unit_errors(t_ms, rng) * size[:, None, None])


def _unit_errors(t_ms: Array, rng: np.random.Generator) -> Array:
    """(n, 21, 3): white noise a point, and a slow wander of each point and of the whole hand."""
    n = len(t_ms)
    white = rng.normal(0.0, 1.0, (n, 21, 3))
    white[:, TIPS] *= 1.3
    slow = _wander(t_ms, rng.normal(0.0, 1.0, (n, 22, 3)))
    return np.asarray(white + 1.5 * slow[:, :21] + 1.5 * slow[:, 21:])


def _wander(t_ms: Array, white: Array) -> Array:
    """An Ornstein-Uhlenbeck walk of unit size over irregular times."""
    keep = np.exp(-np.diff(t_ms, prepend=t_ms[0]) / WANDER_MS)
    fresh = np.sqrt(1 - keep**2)
    walk = white.copy()
    for i in range(1, len(walk)):
        walk[i] = keep[i] * walk[i - 1] + fresh[i] * white[i]
    return walk


def _facing(world: Array) -> Array:
    """1 when the camera sees the palm or the back of the hand flat, 0 from its edge."""
    across, along = world[:, 5] - world[:, 17], world[:, 9] - world[:, 0]
    normal = np.cross(across, along)
    return np.asarray(np.abs(normal[:, 2]) / (np.linalg.norm(normal, axis=1) + 1e-12))


def lost(
    speed: Array, palm_px: Array, t_ms: Array, faults: Faults, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """(n,) frames in which no hand is found. speed: palms a second.

    A hand that blurs is lost and, once lost, found again one to three frames after it has slowed.
    """
    blur = speed * faults.shutter_ms / 1000 / faults.blur_palms
    gone = rng.random(len(t_ms)) < 1 / (1 + np.exp(-6 * (blur - 1)))
    for _ in range(int(rng.integers(0, 3))):
        gone[1:] |= gone[:-1] & (blur[1:] > 0.3)
    small = rng.random(len(t_ms)) < np.clip((14.0 - palm_px) / 8.0, 0.0, 0.9)
    return np.asarray(gone | small | (rng.random(len(t_ms)) < faults.missed))
