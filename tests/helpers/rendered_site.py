"""Pictures and sound of a site whose truth is known: what a camera and a microphone would give."""

import math
import wave
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gestures.camera import Rgb
from kiosk.tools.calibrate.measuring.board import COLUMNS, ROWS, drawn_board
from kiosk.tools.calibrate.measuring.sweep import sweep
from voice.sound_files import RATE_HZ

Floats = NDArray[np.float64]
SIZE = (960, 540)
SQUARE_PX = 60
GREY = 120
FULL_SCALE = 32768.0


def as_pixels(levels: Floats) -> Rgb:
    return np.asarray(np.clip(levels, 0, 255), np.uint8)


def turned(x_deg: float, y_deg: float, z_deg: float) -> Floats:
    """Rotation about the camera's right, down and forward axes, in this order."""
    rotation = np.eye(3)
    for axis, angle in enumerate((x_deg, y_deg, z_deg)):
        vector = np.zeros(3)
        vector[axis] = math.radians(angle)
        rotation = np.asarray(cv2.Rodrigues(vector)[0], np.float64) @ rotation
    return rotation


def board_picture(
    lens_deg: float,
    rotation: Floats,
    middle_m: Sequence[float],
    *,
    square_m: float = 0.052,
    size: tuple[int, int] = SIZE,
    seed: int = 1,
) -> Rgb:
    """The board with its middle at a place before a pinhole camera (right, down, forward)."""
    width, height = size
    focal = width / 2 / math.tan(math.radians(lens_deg) / 2)
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    corner = np.asarray(middle_m) - rotation @ np.array([COLUMNS / 2, ROWS / 2, 0.0]) * square_m
    plane = np.column_stack([rotation[:, 0] * square_m, rotation[:, 1] * square_m, corner])
    to_squares = np.diag([1 / SQUARE_PX, 1 / SQUARE_PX, 1.0])
    # four pixels become one, as on a sensor
    finer = np.diag([2.0, 2.0, 1.0])
    whole = cv2.warpPerspective(
        drawn_board(SQUARE_PX),
        finer @ camera @ plane @ to_squares,
        (width * 2, height * 2),
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(GREY, GREY, GREY),
    )
    picture = cv2.resize(whole, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    noise = np.random.default_rng(seed).normal(0, 2.0, picture.shape)
    return as_pixels(picture + noise)


@cache
def turning_board(lens_deg: float, size: tuple[int, int] = SIZE) -> list[Rgb]:
    """What an installer shows who tilts the board and takes it into the corners."""
    turns = [
        *((0, 0, 0), (35, 0, 0), (-35, 5, 0), (0, 38, 3), (4, -38, -3), (25, 25, 8), (-25, -22, 0)),
        *((30, -28, 5), (-28, 30, -6), (12, 40, 0), (40, 10, 10), (-40, -8, -8)),
    ]
    wide = math.tan(math.radians(lens_deg) / 2)
    places = [
        *((0, 0, 0.45), (0.4, 0.3, 0.6), (-0.4, -0.3, 0.6)),
        *((-0.35, 0.25, 0.5), (0.35, -0.25, 0.5)),
    ]
    found = []
    for index, turn in enumerate(turns):
        x, y, z = places[index % len(places)]
        z /= wide
        middle = (x * z * wide, y * z * wide * 9 / 16, z)
        found.append(board_picture(lens_deg, turned(*turn), middle, size=size, seed=index))
    return found


def upright_board(
    lens_deg: float, distance_m: float, above_m: float, tilt_deg: float, roll_deg: float = 0.0
) -> Rgb:
    """The board held upright before a camera that hangs above_m higher than the board's middle, is
    distance_m away from it, and is tilted downwards and rolled."""
    forward = math.sqrt(distance_m**2 - above_m**2)
    towards = turned(tilt_deg, 0, -roll_deg)  # of the level world, as the tilted camera sees it
    return board_picture(
        lens_deg, towards, towards @ np.array([0.0, above_m, forward]), size=(1280, 720)
    )


def room_picture(
    *,
    person: float = 120.0,
    around: float = 130.0,
    noise: float = 2.0,
    colour: bool = True,
    size: tuple[int, int] = (192, 108),
    seed: int = 1,
) -> Rgb:
    """Somebody in the middle before a wall; levels 0..255."""
    width, height = size
    down, across = np.mgrid[0:height, 0:width]
    grey = around * (0.85 + 0.3 * across / width)
    body = (np.abs(across / width - 0.5) < 0.16) & (down / height > 0.3)
    grey[body] = person
    tint = np.array([1.08, 1.0, 0.9]) if colour else np.ones(3)
    picture = grey[..., None] * tint
    grain = np.random.default_rng(seed).normal(0, noise, grey.shape)[..., None]
    return as_pixels(picture + grain)


def flickering(
    pictures: Sequence[Rgb], fps: float, lamp_hz: float, depth: float, rows_s: float = 0.025
) -> list[Rgb]:
    """The pictures under a lamp, read row after row within rows_s."""
    found = []
    for index, picture in enumerate(pictures):
        t_s = index / fps + np.arange(len(picture)) / len(picture) * rows_s
        lit = 1 + depth * np.cos(2 * np.pi * lamp_hz * t_s + 0.7)
        found.append(as_pixels(picture * lit[:, None, None]))
    return found


def flashes(seconds: float, seed: int = 3) -> list[tuple[float, bool]]:
    """Of uneven length, beginning dark."""
    rng = np.random.default_rng(seed)
    t_ms, light, found = 1000.0, False, []
    while t_ms < 1000.0 + 1000 * seconds:
        found.append((t_ms, light))
        t_ms += float(rng.uniform(150, 500))
        light = not light
    return found


def seen_flashes(
    shown: Sequence[tuple[float, bool]], late_ms: float, fps: float, seed: int = 4
) -> list[tuple[float, float]]:
    """Time and brightness of each picture of a camera that is so late, each exposed for the whole
    time between two pictures, with noise."""
    rng = np.random.default_rng(seed)
    frame_ms = 1000 / fps
    end_ms = shown[-1][0]
    t_ms = shown[0][0] + 7.0
    found = []
    while t_ms < end_ms:
        since, until = t_ms - late_ms - frame_ms, t_ms - late_ms
        lit = sum(
            max(0.0, min(until, after) - max(since, at))
            for (at, light), (after, _) in pairwise([*shown, (end_ms + 1000, False)])
            if light
        )
        found.append((t_ms, 60 + 25 * lit / frame_ms + float(rng.normal(0, 1))))
        t_ms += frame_ms
    return found


# ---- sound


def noise_sound(level_db: float, seconds: float, seed: int = 1) -> Floats:
    """White noise at a level below full scale."""
    count = int(seconds * RATE_HZ)
    return np.random.default_rng(seed).normal(0, 10 ** (level_db / 20), count)


def voice_sound(level_db: float, seconds: float, seed: int = 2) -> Floats:
    """Syllables with pauses: a buzz of 120 Hz and its overtones, at this level while it sounds."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 120 * k * t + k * k) / k for k in range(1, 20))
    rng = np.random.default_rng(seed)
    gate = np.zeros(t.size)
    at = 0.3
    while at < seconds - 0.5:
        length = float(rng.uniform(0.5, 1.2))
        gate[int(at * RATE_HZ) : int((at + length) * RATE_HZ)] = 1.0
        at += length + float(rng.uniform(0.3, 0.6))
    talk = np.asarray(buzz) / np.sqrt(np.mean(np.asarray(buzz) ** 2)) * gate
    return np.asarray(talk * 10 ** (level_db / 20))


def as_bytes(values: Floats, top: float = 1.0) -> bytes:
    """16-bit samples; beyond `top` of full scale they are cut off."""
    cut = np.clip(values, -top, top) * (FULL_SCALE - 1)
    return bytes(cut.round().astype(np.int16).tobytes())


def in_a_room(
    rt60_s: float, *, gain: float = 0.2, noise_db: float = -65.0, silence_s: float = 0.8
) -> Floats:
    """The sweep as a microphone hears it in a room that rings so long: a click would come back as
    noise that falls by 60 dB in that time."""
    rng = np.random.default_rng(5)
    t = np.arange(int(1.6 * rt60_s * RATE_HZ) + 1) / RATE_HZ
    answer = rng.normal(0, 1, t.size) * np.exp(-6.91 * t / rt60_s)
    answer /= np.sqrt(np.sum(answer**2))
    played = sweep(RATE_HZ) * gain
    size = played.size + answer.size - 1
    heard = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(answer, size), size)
    pause = np.zeros(int(silence_s * RATE_HZ))
    heard = np.concatenate([pause, heard, np.zeros(int(2.0 * RATE_HZ))])
    return heard + rng.normal(0, 10 ** (noise_db / 20), heard.size)


# ---- files, as `calibrate --headless` takes them


def write_pictures(folder: Path, pictures: Sequence[Rgb], fps: float) -> None:
    folder.mkdir(parents=True)
    for index, picture in enumerate(pictures):
        name = f"{round(index * 1000 / fps):06d}.png"
        Image.fromarray(picture).save(folder / name, compress_level=1)


def write_sound(file: Path, values: Floats, top: float = 1.0) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(as_bytes(values, top))


def still_rooms(count: int, **look: float | bool) -> Iterator[Rgb]:
    """The same room, other noise."""
    for seed in range(count):
        yield room_picture(seed=seed, **look)  # type: ignore[arg-type]
