"""Passers-by: where they walk and how they look from far away."""

import math
import random

import msgspec

from kiosk.backend.scenes.canvas import HEIGHT_PX, WIDTH_PX
from kiosk.backend.scenes.light import Colour, Light, bgr, blend
from kiosk.backend.scenes.sprites import Sketch, Sprite

_COATS = ("#2b3440", "#454f5c", "#7b3b3a", "#8c7a5c", "#c9c2b4", "#3d5a4a", "#5b4a6e", "#b98a4a")
_TROUSERS = ("#23272d", "#33404f", "#5a5448", "#1b1d21")
_SKIN = ("#c99a78", "#b98663", "#d8ab88")
STRIDES = 4


class Person(msgspec.Struct, frozen=True):
    coat: Colour
    trousers: Colour
    skin: Colour
    height_m: float


def any_person(chance: random.Random) -> Person:
    return Person(
        bgr(chance.choice(_COATS)),
        bgr(chance.choice(_TROUSERS)),
        bgr(chance.choice(_SKIN)),
        chance.uniform(1.55, 1.82),
    )


def person_sprite(person: Person, px_per_m: float, stride: int, light: Light) -> Sprite:
    """`stride` 0..3 is the phase of a walk; 0 also stands."""
    sketch = Sketch()
    dim = 0.55 * light.darkness
    coat, trousers, skin = (
        blend(colour, bgr("#0a0d12"), dim) for colour in (person.coat, person.trousers, person.skin)
    )
    unit = px_per_m * person.height_m / 1.7
    swing = (0.0, 0.13, 0.0, -0.13)[stride]
    sketch.shadow(0.1 * unit, 0, 0.42 * unit, 0.13 * unit)
    for side, step in ((-0.09, swing), (0.09, -swing)):
        foot = side + step
        leg = [(side - 0.08, -0.85), (side + 0.08, -0.85), (foot + 0.07, 0.0), (foot - 0.07, 0.0)]
        sketch.polygon([(x * unit, y * unit) for x, y in leg], trousers)
    torso = [(-0.21, -0.72), (0.21, -0.72), (0.24, -1.34), (0.14, -1.46), (-0.14, -1.46)]
    torso.append((-0.24, -1.34))
    sketch.polygon([(x * unit, y * unit) for x, y in torso], coat)
    arm = blend(coat, (0, 0, 0), 0.2)
    for side, move in ((-0.25, -swing), (0.25, swing)):
        points = [(side - 0.05, -1.36), (side + 0.05, -1.36)]
        points += [(side + move + 0.05, -0.8), (side + move - 0.05, -0.8)]
        sketch.polygon([(x * unit, y * unit) for x, y in points], arm)
    sketch.ellipse(0, -1.59 * unit, 0.12 * unit, 0.14 * unit, skin)
    hair = [(0.13 * math.cos(t), -1.62 - 0.14 * abs(math.sin(t))) for t in _ARCH]
    sketch.polygon([(x * unit, y * unit) for x, y in hair], bgr("#17171a"))
    return sketch.sprite((WIDTH_PX / 2, HEIGHT_PX / 2))


_ARCH = [math.pi * n / 8 for n in range(9)]


class Walk(msgspec.Struct, frozen=True):
    """A straight walk to and fro between two points of the ground, in metres."""

    start: tuple[float, float]
    end: tuple[float, float]
    speed_mps: float
    offset_m: float

    def at(self, t_s: float) -> tuple[float, float, int]:
        """(x, z, stride) at a time."""
        (ax, az), (bx, bz) = self.start, self.end
        length = math.hypot(bx - ax, bz - az) or 1.0
        way = (self.offset_m + self.speed_mps * t_s) % (2 * length)
        part = (way if way <= length else 2 * length - way) / length
        return ax + (bx - ax) * part, az + (bz - az) * part, int(way / 0.38) % STRIDES
