"""Expressway along the river, and a bridge with arches."""

import itertools
import math

from kiosk.backend.scenes import ground
from kiosk.backend.scenes.canvas import HEIGHT_PX, WIDTH_PX, Canvas, Pixels, View
from kiosk.backend.scenes.light import Light, bgr, blend
from kiosk.backend.scenes.scene import Scene, lay_all
from kiosk.backend.scenes.traffic import Lane, Traffic

_HALF_M = 13.6


def water(canvas: Canvas, light: Light, top_px: float) -> None:
    canvas.fade(
        top_px,
        HEIGHT_PX,
        light.warm(light.of("#a9bfca", "#16212d"), 0.6),
        light.of("#5d7886", "#0d151e"),
    )


def lamp_trails(canvas: Canvas, light: Light, top_px: float, seeds: list[float]) -> None:
    """Far lamps on the other bank, drawn out over the water."""
    if not light.night:
        return
    for x in seeds:
        canvas.glow(x, top_px - 3, 5, bgr("#ffd9a0"), 0.9 * light.darkness)
        for n in range(6):
            canvas.glow(x, top_px + 4 + n * 7, 5 - n * 0.6, bgr("#8a6f48"), 0.4 * light.darkness)


class Expressway(Scene):
    """Four lanes each way, houses on one bank, the river and the other bank opposite."""

    density = 1.0

    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        side = -1 if variant % 2 else 1
        self._river = side
        self._view = View(118, 430, 9.5, WIDTH_PX / 2 - 70 * side)
        chance = self.chance("traffic")
        slow = 5.0 + chance.uniform(0, 3)
        away = tuple(Lane(x, True, 14, 13 + x / 3, 16) for x in (2.3, 5.5, 8.7, 11.9))
        towards = tuple(
            Lane(-x, False, 4 / self.density, slow - x / 6, 16, wave=0.6)
            for x in (2.3, 5.5, 8.7, 11.9)
        )
        self._traffic = Traffic(away + towards, chance)

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view, chance = self._view, self.chance("backdrop")
        ground.sky(canvas, light, view.horizon_px)
        ground.hills(canvas, light, view.horizon_px, chance)
        ground.skyline(canvas, light, view.horizon_px + 1, 34, chance)
        water(canvas, light, view.horizon_px)
        lamp_trails(canvas, light, view.horizon_px + 3, [chance.uniform(0, 640) for _ in range(14)])
        self.draw_banks(canvas, light)
        ground.road(canvas, view, light, _HALF_M)
        white = light.of("#d7dadb", "#7d848b")
        for sign in (-1, 1):
            for x in (3.9, 7.1, 10.3):
                ground.dashes(canvas, view, sign * x, 3, 160, white)
            ground.stripe(canvas, view, sign * 13.4, 0.2, 3, 300, white)
            ground.stripe(canvas, view, sign * 0.55, 0.18, 3, 300, bgr("#c79a3c"))
            self._rail(canvas, light, sign * (_HALF_M + 0.3))
        self._rail(canvas, light, 0.0)
        self.draw_above(canvas, light)

    def draw_banks(self, canvas: Canvas, light: Light) -> None:
        view, bank = self._view, -self._river
        grass = light.of("#7d8f69", "#141c1a")
        edge = bank * _HALF_M
        canvas.polygon(
            view.ground([(edge, 2), (bank * 220, 2), (bank * 500, 400), (edge, 400)]), grass
        )
        houses = self.chance("houses")
        ground.row_of_houses(canvas, view, light, houses, bank * 34, (22, 46), 14, 220)
        trees = self.chance("trees")
        for n in range(16, 0, -1):
            ground.tree(canvas, view, light, trees, bank * trees.uniform(18, 24), 8.0 + n * 9)

    def draw_above(self, canvas: Canvas, light: Light) -> None:
        for n in range(6, 0, -1):
            for reach in (-5.5, 5.5):
                ground.lamp(canvas, self._view, light, 0.0, 10.0 + n * 24, reach)
        self._gantry(canvas, light)

    def _rail(self, canvas: Canvas, light: Light, x_m: float) -> None:
        view = self._view
        colour = light.of("#b7bdc0", "#39424a")
        face = [view.at(x_m, y, z) for y, z in ((0, 3), (0, 300), (0.85, 300), (0.85, 3))]
        canvas.polygon(face, blend(colour, (0, 0, 0), 0.25))
        canvas.line(view.at(x_m, 0.9, 3), view.at(x_m, 0.9, 300), 1.4, colour)

    def _gantry(self, canvas: Canvas, light: Light) -> None:
        view, z = self._view, 62.0
        metal = light.of("#79838a", "#2b333b")
        for x in (0.2, 13.9):
            canvas.line(view.at(x, 0, z), view.at(x, 8.6, z), 2.2, metal)
        canvas.line(view.at(0.2, 8.2, z), view.at(13.9, 8.2, z), 2, metal)
        green, white = light.of("#1f7a4d", "#14563a"), light.of("#f2f4f2", "#c9d2cc")
        for x in (1.6, 8.0):
            sign = [view.at(a, b, z) for a, b in ((x, 6.3), (x + 5, 6.3), (x + 5, 9.2), (x, 9.2))]
            canvas.polygon(sign, green)
            for row, wide in ((8.4, 3.6), (7.6, 2.6)):
                canvas.line(view.at(x + 0.7, row, z), view.at(x + 0.7 + wide, row, z), 1.5, white)

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        lay_all(frame, self.vehicles(self._view, self._traffic, t_s, light))


class Bridge(Expressway):
    """The same road with water on both sides, under steel arches."""

    density = 0.6

    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._view = View(128, 400, 8.0, WIDTH_PX / 2)

    def draw_banks(self, canvas: Canvas, light: Light) -> None:
        deck = light.of("#9a9d9c", "#232a31")
        edge = _HALF_M + 2.6
        canvas.polygon(self._view.ground([(-edge, 2), (edge, 2), (edge, 400), (-edge, 400)]), deck)

    def draw_above(self, canvas: Canvas, light: Light) -> None:
        steel = light.warm(light.of("#8fa6b5", "#2c3a47"))
        for start_m in (150.0, 112.0, 74.0, 36.0):
            for x in (-_HALF_M - 1, _HALF_M + 1):
                self._arch(canvas, x, start_m, steel)
        for n in range(4, 0, -1):
            for x, reach in ((-_HALF_M - 0.6, 3.0), (_HALF_M + 0.6, -3.0)):
                ground.lamp(canvas, self._view, light, x, n * 36.0, reach)

    def _arch(
        self, canvas: Canvas, x_m: float, start_m: float, steel: tuple[int, int, int]
    ) -> None:
        view, span_m, rise_m = self._view, 37.0, 8.5
        points = []
        for n in range(25):
            part = n / 24
            z = start_m + span_m * part
            points.append((z, 0.9 + rise_m * math.sin(math.pi * part)))
        for (z0, y0), (z1, y1) in itertools.pairwise(points):
            width = max(0.75 * view.focal_px / z0, 1.2)
            canvas.line(view.at(x_m, y0, z0), view.at(x_m, y1, z1), width, steel)
        for z, y in points[2:-1:2]:
            canvas.line(view.at(x_m, 0.9, z), view.at(x_m, y, z), max(0.12 * 400 / z, 0.7), steel)
