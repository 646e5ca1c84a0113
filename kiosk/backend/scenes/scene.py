"""A simulated camera's picture: a still backdrop for each light, and what moves on it."""

import math
import random
from abc import ABC, abstractmethod
from collections.abc import Callable

from kiosk.backend.scenes.canvas import Canvas, Pixels, View, vignette
from kiosk.backend.scenes.light import Light
from kiosk.backend.scenes.people import Person, Walk, any_person, person_sprite
from kiosk.backend.scenes.sprites import Sprite
from kiosk.backend.scenes.traffic import Rolling, Traffic
from kiosk.backend.scenes.vehicles import vehicle_sprite

Key = tuple[object, ...]
Put = tuple[float, Callable[[Pixels], None]]
"""Depth in metres, and what lays the thing on the frame; far things first."""

SPRITES_LIMIT_BYTES = 24 << 20
_WARDROBE = 12
_DEPTH_STEP = math.log(1.08)


class Scene(ABC):
    """One camera's view. Everything follows from seed, variant and time: no state but caches."""

    def __init__(self, seed: str, variant: int = 0) -> None:
        self.variant = variant
        self._seed = seed
        self._backdrop: tuple[Light, Pixels] | None = None
        self._sprites: dict[Key, Sprite] = {}
        self._kept_bytes = 0

    def chance(self, what: str) -> random.Random:
        """The same numbers for the same camera and purpose, every time."""
        return random.Random(f"{self._seed}/{what}")  # noqa: S311 - pictures, no secrets

    def frame(self, t_s: float, light: Light) -> Pixels:
        """The picture at a time (epoch seconds), 640x360, BGR; the caller may draw on it."""
        if self._backdrop is None or self._backdrop[0] != light:
            canvas = Canvas()
            self.draw_backdrop(canvas, light)
            self._backdrop = (light, vignette(canvas.finish()))
            self._sprites.clear()
            self._kept_bytes = 0
        frame = self._backdrop[1].copy()
        self.draw_moving(frame, t_s, light)
        return frame

    @abstractmethod
    def draw_backdrop(self, canvas: Canvas, light: Light) -> None: ...

    @abstractmethod
    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None: ...

    def sprite(self, key: Key, make: Callable[[], Sprite]) -> Sprite:
        found = self._sprites.get(key)
        if found is None:
            found = self._sprites[key] = make()
            self._kept_bytes += found.size_bytes
            while self._kept_bytes > SPRITES_LIMIT_BYTES:
                self._kept_bytes -= self._sprites.pop(next(iter(self._sprites))).size_bytes
        return found

    def vehicles(self, view: View, traffic: Traffic, t_s: float, light: Light) -> list[Put]:
        return [self._vehicle(view, rolling, light) for rolling in traffic.at(t_s)]

    def _vehicle(self, view: View, rolling: Rolling, light: Light) -> Put:
        step = round(math.log(rolling.z_m) / _DEPTH_STEP)
        x_m, z_m, drawn_m = rolling.x_m, rolling.z_m, math.exp(step * _DEPTH_STEP)
        sprite = self.sprite(
            ("vehicle", rolling.lane, rolling.vehicle, step),
            lambda: vehicle_sprite(rolling.vehicle, view, x_m, drawn_m, light),
        )
        return z_m, lambda frame: sprite.lay(frame, *view.at(x_m, 0, z_m))

    def person(
        self, view: View, number: int, person: Person, place: tuple[float, float, int], light: Light
    ) -> Put:
        x_m, z_m, stride = place
        step = round(math.log(z_m) / (1.2 * _DEPTH_STEP))
        px_per_m = view.focal_px / math.exp(step * 1.2 * _DEPTH_STEP)
        sprite = self.sprite(
            ("person", number, step, stride),
            lambda: person_sprite(person, px_per_m, stride, light),
        )
        return z_m, lambda frame: sprite.lay(frame, *view.at(x_m, 0, z_m))


class Crowd:
    """People on their walks."""

    def __init__(self, walks: list[Walk], chance: random.Random) -> None:
        wardrobe = [any_person(chance) for _ in range(_WARDROBE)]
        self._walks = [(n % _WARDROBE, wardrobe[n % _WARDROBE], w) for n, w in enumerate(walks)]

    def puts(self, scene: Scene, view: View, t_s: float, light: Light) -> list[Put]:
        return [
            scene.person(view, number, person, walk.at(t_s), light)
            for number, person, walk in self._walks
        ]


def lay_all(frame: Pixels, puts: list[Put]) -> None:
    """Lays things on the frame, far ones first."""
    for _, put in sorted(puts, key=lambda item: -item[0]):
        put(frame)
