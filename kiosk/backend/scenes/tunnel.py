"""Inside a road tunnel: two lanes each way, lamps along the vault."""

import math

from kiosk.backend.scenes import ground
from kiosk.backend.scenes.canvas import Canvas, Pixels, Point, View
from kiosk.backend.scenes.light import Light, bgr, blend
from kiosk.backend.scenes.scene import Scene, lay_all
from kiosk.backend.scenes.traffic import Lane, Traffic

_HALF_M = 6.6
_WALL_M = 3.4
_LAMPS = Light(4)
"""A tunnel's lamps burn the same by day and night."""


class Tunnel(Scene):
    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._view = View(150, 330, 5.2)
        chance = self.chance("traffic")
        lanes = tuple(Lane(x, True, 16, 15 - x / 3, 8, 110) for x in (-4.9, -1.7, 1.7, 4.9))
        self._traffic = Traffic(lanes, chance)

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view = self._view
        canvas.fade(0, 360, bgr("#3a372f"), bgr("#2a2824"))
        depths = [400.0 / 1.16**n for n in range(32)]
        for n, z in enumerate(depths):
            part = n / len(depths)
            rib = blend(bgr("#8b816b"), bgr("#4d483d"), part)
            tone = rib if n % 2 else blend(rib, (0, 0, 0), 0.07)
            if n == 0:
                tone = blend(bgr("#eef2f3"), bgr("#1a222c"), light.darkness)
            self._ring(canvas, z, tone, depths[n + 1] if n + 1 < len(depths) else 2.0)
        ground.road(canvas, view, _LAMPS, _HALF_M, 380)
        white = bgr("#c9c6ba")
        for x in (-3.3, 3.3):
            ground.dashes(canvas, view, x, 5, 150, white)
        ground.stripe(canvas, view, 0, 0.2, 5, 350, bgr("#c79a3c"))
        for x in (-6.3, 6.3):
            ground.stripe(canvas, view, x, 0.18, 5, 350, white)
        self._walls(canvas)
        self._lamps(canvas)

    def _ring(self, canvas: Canvas, z: float, tone: tuple[int, int, int], inner: float) -> None:
        """The vault from depth z towards the camera: everything outside the ring at z."""
        outer, hole = self._arch(inner), self._arch(z)
        if z > 390:
            canvas.polygon(hole, tone)
            return
        canvas.polygon([*outer, *reversed(hole)], tone)

    def _arch(self, z: float) -> list[Point]:
        view, points = self._view, []
        for n in range(25):
            turn = math.pi * n / 24
            points.append(view.at(-7.8 * math.cos(turn), _WALL_M + 4.0 * math.sin(turn), z))
        return [view.at(-7.8, 0, z), *points, view.at(7.8, 0, z)]

    def _walls(self, canvas: Canvas) -> None:
        """Pale tiles along both sides, and the kerb."""
        view = self._view
        for side in (-1, 1):
            for low, high, paint in ((0.9, 2.9, "#a89f88"), (0.0, 0.9, "#5c574c")):
                quad = [
                    view.at(side * 7.7, y, z)
                    for y, z in ((low, 4), (low, 380), (high, 380), (high, 4))
                ]
                canvas.polygon(quad, bgr(paint))
            for n in range(10, 0, -1):
                z = 6.0 + n * 18
                sign = [(2.2, z), (2.2, z + 0.9), (2.7, z + 0.9), (2.7, z)]
                canvas.polygon([view.at(side * 7.6, y, depth) for y, depth in sign], bgr("#3f9a5f"))
            kerb = [(side * 6.7, 4.0), (side * 7.7, 4.0), (side * 7.7, 380.0), (side * 6.7, 380.0)]
            canvas.polygon(view.ground(kerb), bgr("#6c675b"))

    def _lamps(self, canvas: Canvas) -> None:
        view = self._view
        for n in range(18, 0, -1):
            z = 5.0 + n * 8.0
            for x in (-3.0, 3.0):
                quad = [
                    view.at(x + dx, 6.6, z + dz)
                    for dx, dz in ((-0.3, 0), (0.3, 0), (0.3, 3.4), (-0.3, 3.4))
                ]
                canvas.polygon(quad, bgr("#fff0c4"))
                px, py = view.at(x, 6.6, z + 1.7)
                canvas.glow(px, py, 900 / z, bgr("#8a7448"), 0.55)

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        lay_all(frame, self.vehicles(self._view, self._traffic, t_s, _LAMPS))
