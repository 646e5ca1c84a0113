"""Light: how bright, from where, and whether it flickers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gestures.camera import Rgb

BLOWN = 250  # of 255: nothing can be told any more
BLACK = 5
PERSON = (0.36, 0.64)  # part of the width in which somebody in the middle stands
BODY_TOP = 0.35  # part of the height below which they fill it
LAMPS_HZ = (100.0, 120.0)  # lamps on 50 and 60 Hz mains flicker at twice that
LEAST_PICTURES = 24
STILL_PART = 0.1  # of the rows' deepest change: less is noise beside the strongest wave
MOST_WAVES = 4  # of a flicker that one picture's height can hold
# A wave that stands: this near to a multiple of the rate it goes on by less than a wave in a take;
# in so many groups of columns, of which so many must agree within that part of its depth; fewer
# waves than these are how a room is lit from above.
STANDS_HZ = 0.25
COLUMNS, ALIKE, ALIKE_PART = 16, 0.4, 0.9
LEAST_STANDING_WAVES = 1.5

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Light:
    """Levels 0..255. person, around: medians of where somebody stands in the middle and of the
    rest. blown, black: parts of the picture that show nothing. colour: mean difference between the
    colours of a pixel; 0 in the picture of an infrared camera. noise: of a pixel over time."""

    level: float
    person: float
    around: float
    blown: float
    black: float
    colour: float
    noise: float


def measure_light(pictures: Sequence[Rgb]) -> Light:
    """From some pictures of one scene. Raises ValueError without any."""
    if not pictures:
        raise ValueError("no picture to measure the light in")
    middle = pictures[len(pictures) // 2]
    grey = np.asarray(cv2.cvtColor(middle, cv2.COLOR_RGB2GRAY), np.float64)
    height, width = grey.shape
    left, right = (round(part * width) for part in PERSON)
    top = round(BODY_TOP * height)
    inside = np.zeros(grey.shape, bool)
    inside[top:, left:right] = True
    spread = middle.max(axis=2).astype(np.int16) - middle.min(axis=2)
    return Light(
        level=float(grey.mean()),
        person=float(np.median(grey[inside])),
        around=float(np.median(grey[~inside])),
        blown=float(np.mean(grey >= BLOWN)),
        black=float(np.mean(grey <= BLACK)),
        colour=float(spread.mean()),
        noise=_noise(pictures),
    )


def _noise(pictures: Sequence[Rgb]) -> float:
    """Median over the pixels of how they change from picture to picture: what moves is rare."""
    steps = [
        np.abs(one[::4, ::4, 1].astype(np.int16) - other[::4, ::4, 1])
        for one, other in itertools.pairwise(pictures)
    ]
    if not steps:
        return 0.0
    mean = np.mean(steps, axis=0)
    # of the absolute difference of two equal normal values: 2 / sqrt(pi) of their deviation
    return float(np.median(mean) * np.sqrt(np.pi) / 2)


def are_alike(pictures: Sequence[Rgb]) -> bool:
    """Whether all pictures are the same to the last bit: no camera's are."""
    first = pictures[0]
    return len(pictures) > 1 and all(np.array_equal(first, other) for other in pictures[1:])


@dataclass(frozen=True)
class Flicker:
    """mains_hz: 50 or 60, 0 where nothing flickers. depth: from the mean to the crest of the
    brightness of a row, part of it. stands: the bands are in the same place in every picture, so
    that they are told from the scene by their form alone."""

    mains_hz: int
    depth: float
    stands: bool = False


def measure_flicker(pictures: Sequence[Rgb], fps: float) -> Flicker:
    """From pictures of a scene that hardly moves, taken at an even rate of `fps` a second.

    A rolling shutter reads row after row: a lamp that swells 100 or 120 times a second is a wave
    over the rows, which stands elsewhere in every picture. How far it has gone on from one picture
    to the next tells the two apart, except where `fps` divides both. Where it divides one, that
    wave stands still, and is looked for in what all pictures have in common.
    """
    if len(pictures) < LEAST_PICTURES or fps <= 0:
        return Flicker(0, 0.0)
    rows = np.array([picture[:, ::8, 1].mean(axis=1) for picture in pictures], np.float64)
    mean = rows.mean(axis=0)
    lit = np.maximum(mean, 8.0)
    change = (rows - mean) / lit
    change -= change.mean(axis=1, keepdims=True)  # all rows alike: exposure, or somebody passing
    times = np.arange(len(pictures)) / fps
    found = {
        mains: _wave(change, times, lamp) for mains, lamp in zip((50, 60), LAMPS_HZ, strict=True)
    }
    mains, depth = max(found.items(), key=lambda pair: pair[1])
    noise = float(np.sqrt(np.mean(change**2)))
    moving = Flicker(mains, depth) if depth > noise * STILL_PART else Flicker(0, 0.0)
    standing = _standing(pictures, fps)
    return max(moving, standing, key=lambda flicker: flicker.depth)


def _standing(pictures: Sequence[Rgb], fps: float) -> Flicker:
    """A wave that is the same over the whole width, at a rate that lets a lamp's wave stand. Lamps
    light every column alike; hardly a thing in a room is a wave from one side to the other."""
    mains = [
        mains
        for mains, lamp_hz in zip((50, 60), LAMPS_HZ, strict=True)
        if abs(lamp_hz - round(lamp_hz / fps) * fps) <= STANDS_HZ
    ]
    if not mains:
        return Flicker(0, 0.0)
    picture = np.mean([one[:, :, 1] for one in pictures], axis=0)
    groups = np.array_split(picture, COLUMNS, axis=1)
    lit = np.log(np.maximum([group.mean(axis=1) for group in groups], 8.0))
    rows = np.linspace(-1.0, 1.0, lit.shape[1])
    gradient = np.polynomial.polynomial.polyfit(rows, lit.T, 3)
    lit -= np.polynomial.polynomial.polyval(rows, gradient)
    waves = np.arange(LEAST_STANDING_WAVES, MOST_WAVES + 0.01, 0.25)
    basis = np.exp(-1j * np.pi * np.outer(rows, waves))
    found = 2 * lit @ basis / len(rows)  # of each group of columns, for each wave
    middle = np.median(found.real, axis=0) + 1j * np.median(found.imag, axis=0)
    alike = np.mean(np.abs(found - middle) <= ALIKE * np.abs(middle), axis=0)
    depths = np.where(alike >= ALIKE_PART, np.abs(middle), 0.0)
    depth = float(depths.max())
    return Flicker(mains[-1], depth, stands=True) if depth > 0.0 else Flicker(0, 0.0)


def _wave(change: Floats, times: Floats, lamp_hz: float) -> float:
    """The largest amplitude of a wave over the rows that goes on as this lamp's light does."""
    turn = np.exp(-2j * np.pi * lamp_hz * times)
    rows = change.shape[1]
    going = turn @ change / len(times)
    waves = np.arange(-MOST_WAVES, MOST_WAVES + 0.01, 0.25)
    basis = np.exp(-2j * np.pi * np.outer(waves, np.arange(rows) / rows))
    amplitudes: Floats = 2 * np.abs(basis @ going) / rows
    return float(amplitudes.max())
