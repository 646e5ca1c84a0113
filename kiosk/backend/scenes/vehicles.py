"""Cars, taxis, buses and trucks as city streets have them, drawn in perspective."""

import random
from typing import Literal

import msgspec

from kiosk.backend.scenes.canvas import View
from kiosk.backend.scenes.light import Colour, Light, bgr, blend
from kiosk.backend.scenes.sprites import SHADOW, At, Decal, Frustum, Sketch, Sprite, placed

Kind = Literal["car", "taxi", "van", "bus", "truck"]

_LENGTH_M: dict[Kind, float] = {"car": 4.5, "taxi": 4.6, "van": 4.9, "bus": 11.0, "truck": 7.5}
_PAINT: dict[Kind, tuple[str, ...]] = {
    "car": ("#e9ebec", "#d4d8da", "#3b4046", "#1f2327", "#8d949a", "#5c6f86", "#7a2f2f"),
    "taxi": ("#d98234", "#e6e6e3"),
    "van": ("#e4e6e6", "#30353a", "#9aa1a6"),
    "bus": ("#1f6fc0", "#2f9e55", "#c8443c"),
    "truck": ("#e8e8e4", "#41688f"),
}
_MIX: tuple[tuple[Kind, float], ...] = (
    ("car", 0.6), ("taxi", 0.14), ("van", 0.12), ("bus", 0.07), ("truck", 0.07),
)  # fmt: skip
_GLASS = bgr("#2a3a47")
_TAIL, _TAIL_LIT = bgr("#a02a26"), bgr("#ff4a3c")
_HEAD, _HEAD_LIT = bgr("#d8dcdc"), bgr("#fff4d8")
_TYRE = bgr("#15171a")
_BLACK: Colour = (0, 0, 0)


class Vehicle(msgspec.Struct, frozen=True):
    kind: Kind
    paint: Colour
    away: bool
    """Drives away from the camera: its tail shows."""

    @property
    def length_m(self) -> float:
        return _LENGTH_M[self.kind]


def any_vehicle(chance: random.Random, away: bool, kind: Kind | None = None) -> Vehicle:
    if kind is None:
        kinds, weights = zip(*_MIX, strict=True)
        kind = chance.choices(kinds, weights)[0]
    return Vehicle(kind, bgr(chance.choice(_PAINT[kind])), away)


def vehicle_sprite(vehicle: Vehicle, view: View, x_m: float, z_m: float, light: Light) -> Sprite:
    """The vehicle with its near end at (x, z), its foot point there on the ground."""
    sketch = Sketch()
    foot, at = placed(view, x_m, z_m)
    body = blend(vehicle.paint, bgr("#0b0f14"), 0.62 * light.darkness)
    length = vehicle.length_m
    ground = [at(x, 0, z) for x, z in ((-1.1, -0.3), (1.1, -0.3), (1.1, length), (-1.1, length))]
    sketch.polygon(ground, _BLACK, SHADOW)
    if vehicle.kind in ("bus", "truck"):
        _draw_tall(sketch, at, vehicle, body, light)
    else:
        _draw_low(sketch, at, vehicle, body, light)
    if light.night:
        _add_lamps(sketch, at, vehicle, view.focal_px / z_m)
    return sketch.sprite(foot)


def _lamps(vehicle: Vehicle, light: Light, v0: float, v1: float, inset: float) -> list[Decal]:
    if vehicle.away:
        paint = _TAIL_LIT if light.night else _TAIL
    else:
        paint = _HEAD_LIT if light.night else _HEAD
    return [((0.03, v0, inset, v1), paint), ((1 - inset, v0, 0.97, v1), paint)]


def _draw_low(sketch: Sketch, at: At, vehicle: Vehicle, body: Colour, light: Light) -> None:
    length = vehicle.length_m
    top_m = 1.75 if vehicle.kind == "van" else 1.42
    dark, pale = (
        blend(body, _BLACK, 0.28),
        blend(body, (255, 255, 255), 0.14 * (1 - light.darkness)),
    )
    glass = blend(_GLASS, _BLACK, 0.5 * light.darkness)
    wheels: tuple[Decal, ...] = (
        ((0.1, -0.42, 0.28, 0.2), _TYRE),
        ((0.7, -0.42, 0.88, 0.2), _TYRE),
    )
    near: tuple[Decal, ...] = (
        ((0.02, -0.42, 0.16, 0.1), _TYRE),
        ((0.84, -0.42, 0.98, 0.1), _TYRE),
        ((0.0, 0.0, 1.0, 0.3), dark),
        ((0.36, 0.3, 0.64, 0.52), bgr("#c9ccc8") if not light.night else bgr("#7c8078")),
        *_lamps(vehicle, light, 0.55, 0.85, 0.24),
    )
    x0, x1 = -0.9, 0.9
    Frustum((x0, x1, 0, length), (x0 + 0.05, x1 - 0.05, 0.1, length - 0.1), 0.26, 0.86).draw(
        sketch,
        at,
        {"near": (body, near), "left": (dark, wheels), "right": (dark, wheels), "top": (pale, ())},
    )
    start, end = (0.5, length - 1.35) if vehicle.away else (1.35, length - 0.5)
    if vehicle.kind == "van":
        start, end = (0.15, length - 0.9) if vehicle.away else (0.9, length - 0.15)
    window: tuple[Decal, ...] = (((0.07, 0.12, 0.93, 0.88), glass),)
    side: tuple[Decal, ...] = (((0.08, 0.1, 0.47, 0.85), glass), ((0.53, 0.1, 0.92, 0.85), glass))
    Frustum((-0.82, 0.82, start, end), (-0.64, 0.64, start + 0.45, end - 0.5), 0.86, top_m).draw(
        sketch,
        at,
        {"near": (body, window), "left": (dark, side), "right": (dark, side), "top": (pale, ())},
    )
    if vehicle.kind == "taxi":
        sign = bgr("#ffd977") if light.night else bgr("#f2f2ea")
        middle = (start + end) / 2
        sketch.polygon(
            [at(x, y, middle) for x, y in ((-0.3, 1.42), (0.3, 1.42), (0.24, 1.62), (-0.24, 1.62))],
            sign,
        )


def _draw_tall(sketch: Sketch, at: At, vehicle: Vehicle, body: Colour, light: Light) -> None:
    length = vehicle.length_m
    bus = vehicle.kind == "bus"
    dark, pale = (
        blend(body, _BLACK, 0.25),
        blend(body, (255, 255, 255), 0.25 * (1 - light.darkness)),
    )
    glass = bgr("#d8c894") if bus and light.night else blend(_GLASS, _BLACK, 0.4 * light.darkness)
    near: list[Decal] = [((0.0, 0.0, 1.0, 0.1), dark), *_lamps(vehicle, light, 0.12, 0.22, 0.2)]
    if bus or not vehicle.away:
        near.append(((0.08, 0.45, 0.92, 0.84), glass))
    if bus:
        near.append(((0.25, 0.87, 0.75, 0.96), bgr("#f2c14e")))
    side: list[Decal] = [((0.08, -0.12, 0.18, 0.12), _TYRE), ((0.74, -0.12, 0.84, 0.12), _TYRE)]
    if bus:
        side += [((u / 9 + 0.02, 0.45, u / 9 + 0.1, 0.82), glass) for u in range(9)]
    Frustum((-1.22, 1.22, 0, length), (-1.2, 1.2, 0.05, length), 0.35, 3.1 if bus else 2.7).draw(
        sketch,
        at,
        {
            "near": (body, tuple(near)),
            "left": (dark, tuple(side)),
            "right": (dark, tuple(side)),
            "top": (pale, ()),
        },
    )


def _add_lamps(sketch: Sketch, at: At, vehicle: Vehicle, px_per_m: float) -> None:
    side = 0.95 if vehicle.kind in ("bus", "truck") else 0.7
    radius, part = (0.55, 0.55) if vehicle.away else (0.95, 0.8)
    colour = _TAIL_LIT if vehicle.away else _HEAD_LIT
    for x in (-side, side):
        px, py = at(x, 0.7, 0)
        sketch.glow(px, py, max(radius * px_per_m, 1.5), colour, part)
    if not vehicle.away:
        px, py = at(0, 0, -1.6)
        sketch.glow(px, py, max(1.9 * px_per_m, 2), bgr("#6b6046"), 0.5)
