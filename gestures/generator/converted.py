"""Recorded hand skeletons in space (leapjs), seen by a made-up camera: real hands, real movements.

The recordings are of one right hand over a desk, palm down or forwards. The desk is stood up before
the camera such that the palm looks at it, fingers up.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from gestures.errors import SessionError
from gestures.events import GestureKind, Point3, Side
from gestures.generator.blend import Array
from gestures.generator.camera import drawn_camera
from gestures.generator.noise import drawn_faults, frame_times
from gestures.generator.seeing import Before, Moves, frames_of, hands_of
from gestures.session import CONVERTED, Header, Label, Session

SUFFIX = ".json.gz"
STAND_UP = np.array([[-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])  # desk to camera
TO_WRIST_MM = 50.0  # from the middle of an adult's palm
HOME = np.array([0.2, -0.05, 0.35])  # where the middle of the recording is held, in metres
# Read off pinchStrength and grabStrength: from when the fingers close until they are open again.
# The grabs hardly move their hand: 2 to 3 cm.
MEANT: dict[str, tuple[Label, ...]] = {
    "pinch": (Label(850, 2330, GestureKind.PINCH_TAP),),
    "grab": (
        Label(320, 1390, GestureKind.GRAB_DRAG),
        Label(2030, 2980, GestureKind.GRAB_DRAG),
    ),
}


class _Pointable(msgspec.Struct, frozen=True):
    type: int
    mcpPosition: Point3  # noqa: N815
    pipPosition: Point3  # noqa: N815
    dipPosition: Point3  # noqa: N815
    tipPosition: Point3  # noqa: N815


class _LeapHand(msgspec.Struct, frozen=True):
    type: Side
    palmPosition: Point3  # noqa: N815
    palmNormal: Point3  # noqa: N815
    direction: Point3


class _LeapFrame(msgspec.Struct, frozen=True):
    timestamp: int
    hands: tuple[_LeapHand, ...]
    pointables: tuple[_Pointable, ...]


class _Recording(msgspec.Struct, frozen=True):
    frames: tuple[_LeapFrame, ...]


def converted(
    folder: Path, seed: int, distances_m: tuple[float, ...], rates_fps: tuple[float, ...]
) -> Iterator[tuple[Path, Session]]:
    """Every recording of a folder at every distance and frame rate. Raises SessionError."""
    files = sorted(folder.glob(f"*{SUFFIX}"))
    if not files:
        raise SessionError(folder, 0, f"no recordings in it; expected NAME{SUFFIX}")
    for number, file in enumerate(files):
        name = file.name.removesuffix(SUFFIX)
        times, places, points = _read(file)
        for distance_m in distances_m:
            for fps in rates_fps:
                rng = np.random.default_rng((seed, number, int(distance_m * 100), int(fps)))
                session = _session(name, times, places, points, distance_m, fps, rng)
                yield Path(f"{name}-{distance_m:g}m-{fps:g}fps.jsonl.gz"), session


def _session(
    name: str,
    times: Array,
    places: Array,
    points: Array,
    distance_m: float,
    fps: float,
    rng: np.random.Generator,
) -> Session:
    camera, faults = drawn_camera(rng), drawn_faults(rng)
    t_ms = frame_times(fps, float(times[-1]), faults, rng)
    nearest = np.clip(np.searchsorted(times, t_ms), 0, len(times) - 1)
    moves = Moves("right", places[nearest], points[nearest], np.ones(len(t_ms), dtype=bool))
    before = Before(camera, faults, distance_m, 1.0)
    hands = [hands_of(moves, before, t_ms, rng, np.zeros((len(t_ms), 3)))]
    labels = MEANT.get(name, ())
    header = Header(
        model="none",
        camera=f"pinhole {camera.width}x{camera.height}, {camera.lens_deg:.0f} degrees",
        crop="whole picture",
        aspect=camera.aspect,
        source=f"leapmotion/leapjs-playback, {name}",
        licence="Apache-2.0",
        note=CONVERTED,
        fps=fps,
        distance_m=distance_m,
        scene=name if labels else f"idle: {name}",
        engaged=True,
    )
    return Session(header, frames_of(t_ms, hands, camera.aspect), labels)


def _read(file: Path) -> tuple[Array, Array, Array]:
    """Times (n,), places (n, 3) in metres from the shoulders, points (n, 21, 3) in metres."""
    try:
        recording = msgspec.json.decode(gzip.decompress(file.read_bytes()), type=_Recording)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise SessionError(file, 0, f"no recording of hand skeletons: {error}") from error
    # the first frame is of another time
    frames = [f for f in recording.frames[1:] if len(f.hands) == 1 and len(f.pointables) == 5]
    if not frames:
        raise SessionError(file, 0, "not one frame with one whole hand")
    times = np.array([(f.timestamp - frames[0].timestamp) / 1000 for f in frames])
    stand_up = _stood_up(np.median([f.hands[0].palmNormal for f in frames], axis=0))
    points = np.array([_points(f) for f in frames]) @ stand_up.T / 1000
    middles = points.mean(axis=1)
    offset = (middles - np.median(middles, axis=0)) * (-1.0, 1.0, -1.0)
    return times, HOME + offset, points - middles[:, None]


def _stood_up(normal: Array) -> Array:
    """Rotation from the desk to the camera's axes that turns the palm to the camera."""
    _, down, away = STAND_UP @ normal
    angle = np.arctan2(down, -away)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]]) @ STAND_UP)


def _points(frame: _LeapFrame) -> Array:
    hand = frame.hands[0]
    wrist = np.array(hand.palmPosition) - TO_WRIST_MM * np.array(hand.direction)
    fingers = sorted(frame.pointables, key=lambda finger: finger.type)
    joints = [(f.mcpPosition, f.pipPosition, f.dipPosition, f.tipPosition) for f in fingers]
    return np.concatenate([wrist[None], np.array(joints).reshape(20, 3)])
