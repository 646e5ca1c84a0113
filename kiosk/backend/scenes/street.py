"""A shopping street full of people, and a bus station with platforms."""

import itertools
import math

from kiosk.backend.scenes import ground
from kiosk.backend.scenes.canvas import WIDTH_PX, Canvas, Pixels, View
from kiosk.backend.scenes.light import Light, bgr, blend
from kiosk.backend.scenes.people import Walk
from kiosk.backend.scenes.scene import Crowd, Scene, lay_all
from kiosk.backend.scenes.traffic import Lane, Traffic

_AWNINGS = ("#3f7a5c", "#a33f3a", "#3a6ba0", "#c99a3e", "#7a4f8a")
_BULB = bgr("#ffe2a0")


class Street(Scene):
    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._view = View(116, 350, 5.4, WIDTH_PX / 2 + (30 if variant % 2 else -20))
        chance = self.chance("people")
        walks = []
        for _ in range(46):
            x = chance.uniform(-4.4, 4.4)
            end = min(max(x + chance.uniform(-1.5, 1.5), -4.6), 4.6)
            walks.append(
                Walk(
                    (x, 8.0),
                    (end, chance.uniform(24, 60)),
                    chance.uniform(0.6, 1.5),
                    130 * chance.random(),
                )
            )
        self._crowd = Crowd(walks, chance)

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view = self._view
        ground.sky(canvas, light, view.horizon_px)
        ground.skyline(canvas, light, view.horizon_px + 2, 50, self.chance("skyline"))
        canvas.fade(
            view.horizon_px, 360, light.of("#b3aca0", "#2c2a2b"), light.of("#938c82", "#1c1c1f")
        )
        ground.row_of_houses(canvas, view, light, self.chance("left"), -6.4, (11, 24), 7, 120)
        ground.row_of_houses(canvas, view, light, self.chance("right"), 6.4, (11, 24), 7, 120)
        joint = light.of("#857e74", "#151518")
        for x in (-4.4, -2.2, 0, 2.2, 4.4):
            canvas.line(view.at(x, 0, 7), view.at(x, 0, 110), 0.8, joint)
        for n in range(18):
            z = 7 * 1.17**n
            canvas.line(view.at(-6.4, 0, z), view.at(6.4, 0, z), 0.8, joint)
        self._awnings(canvas, light)
        self._bulbs(canvas, light)

    def _awnings(self, canvas: Canvas, light: Light) -> None:
        view, chance = self._view, self.chance("awnings")
        for n in range(16, 0, -1):
            for side in (-1, 1):
                z, deep = 5.0 + n * 5.2, 4.4
                paint = bgr(chance.choice(_AWNINGS))
                paint = blend(paint, (0, 0, 0), 0.35 * light.darkness)
                wall, edge = side * 6.4, side * 4.9
                roof = [
                    view.at(wall, 3.3, z),
                    view.at(edge, 2.7, z),
                    view.at(edge, 2.7, z + deep),
                    view.at(wall, 3.3, z + deep),
                ]
                canvas.polygon(roof, paint)
                hem = [
                    view.at(edge, 2.4, z),
                    view.at(edge, 2.7, z),
                    view.at(edge, 2.7, z + deep),
                    view.at(edge, 2.4, z + deep),
                ]
                canvas.polygon(hem, blend(paint, (255, 255, 255), 0.25))
                if light.night:
                    px, py = view.at(side * 5.6, 2.2, z + 2)
                    canvas.glow(px, py, 420 / z, bgr("#a97a3c"), 0.75)

    def _bulbs(self, canvas: Canvas, light: Light) -> None:
        """Strings of bulbs from house to house."""
        view, wire = self._view, light.of("#5b5b5b", "#2b2b2d")
        for n in range(9, 0, -1):
            z = 6.0 + n * 7
            points = []
            for k in range(13):
                x = -6.4 + 12.8 * k / 12
                points.append(view.at(x, 6.2 - 1.1 * math.sin(math.pi * k / 12), z))
            for a, b in itertools.pairwise(points):
                canvas.line(a, b, 0.8, wire)
            for x, y in points[1:-1]:
                size = max(30 / z, 0.9)
                canvas.ellipse(x, y + size, size, size, _BULB if light.night else bgr("#efe9d8"))
                if light.night:
                    canvas.glow(x, y + size, 110 / z + 3, bgr("#c99a50"), 0.6)

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        lay_all(frame, self._crowd.puts(self, self._view, t_s, light))


class _Buses(Traffic):
    """Buses that come in, stand at the platform, and leave: one rhythm a lane."""

    def moved_m(self, lane: Lane, t_s: float) -> float:
        period_s = 26.0 + lane.x_m
        rounds, part = divmod(t_s / period_s + abs(lane.x_m) / 7, 1.0)
        eased = min(part / 0.55, 1.0)
        return (rounds + eased * eased * (3 - 2 * eased)) * 34.0


class Station(Scene):
    """A transfer centre: bus lanes between platforms with roofs."""

    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._view = View(110, 370, 8.0)
        chance = self.chance("traffic")
        lanes = tuple(
            Lane(x, x < 0, 6.0, 8, 13, 120, kinds=("bus",)) for x in (-11.2, -4.2, 4.2, 11.2)
        )
        self._traffic = _Buses(lanes, chance)
        walks = []
        for x0 in (-7.7, 0.0, 7.7):
            for _ in range(12):
                x = x0 + chance.uniform(-1, 1)
                z = chance.uniform(15, 55)
                far = z + chance.uniform(3, 30)
                walks.append(
                    Walk((x, z), (x0, far), chance.uniform(0.3, 1.3), 60 * chance.random())
                )
        self._crowd = Crowd(walks, chance)

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view, chance = self._view, self.chance("backdrop")
        ground.sky(canvas, light, view.horizon_px)
        ground.hills(canvas, light, view.horizon_px, chance)
        ground.skyline(canvas, light, view.horizon_px + 2, 56, chance)
        canvas.fade(
            view.horizon_px, 360, light.of("#a7a6a0", "#23282d"), light.of("#8d8c86", "#1c2024")
        )
        ground.row_of_houses(canvas, view, light, self.chance("left"), -26, (24, 52), 24)
        ground.row_of_houses(canvas, view, light, self.chance("right"), 26, (14, 34), 24)
        ground.road(canvas, view, light, 15)
        white = light.of("#dcdcd8", "#888e93")
        for x in (-13.6, -9.4, -6.0, -2.4, 2.4, 6.0, 9.4, 13.6):
            ground.stripe(canvas, view, x, 0.14, 10, 160, white)
        for x in (-7.7, 0.0, 7.7):
            self._platform(canvas, light, x)
        for n in range(4, 0, -1):
            for side in (-1, 1):
                ground.lamp(canvas, view, light, side * 16.0, 10.0 + n * 24, -side * 3)

    def _platform(self, canvas: Canvas, light: Light, x: float) -> None:
        view = self._view
        top, side = light.of("#c2bdb1", "#343a3f"), light.of("#8e897e", "#22272b")
        canvas.polygon(
            view.ground([(x - 1.5, 10), (x + 1.5, 10), (x + 1.5, 130), (x - 1.5, 130)]), side
        )
        quad = [(x - 1.5, 10), (x + 1.5, 10), (x + 1.5, 130), (x - 1.5, 130)]
        canvas.polygon([view.at(a, 0.15, z) for a, z in quad], top)
        for dx in (-1.3, 1.3):
            ground.stripe(canvas, view, x + dx, 0.22, 10, 130, bgr("#d8b23c"))
        metal = light.of("#6d767d", "#2c343b")
        for start in (88.0, 62.0, 38.0):
            for z in (start, start + 8, start + 16):
                canvas.line(view.at(x, 0.1, z), view.at(x, 3.0, z), max(60 / z, 1), metal)
            roof = [
                view.at(x + dx, 3.1, z)
                for dx, z in ((-1.7, start), (1.7, start), (1.7, start + 17), (-1.7, start + 17))
            ]
            canvas.polygon(roof, light.of("#d8dde0", "#3d474f"))
            near = [
                view.at(x + dx, y, start)
                for dx, y in ((-1.7, 2.9), (1.7, 2.9), (1.7, 3.15), (-1.7, 3.15))
            ]
            canvas.polygon(near, light.of("#2f6fae", "#2a5a8a"))
            if light.night:
                px, py = view.at(x, 2.8, start + 8)
                canvas.glow(px, py, 1000 / start, bgr("#8a7a55"), 0.6)

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        puts = self.vehicles(self._view, self._traffic, t_s, light)
        lay_all(frame, puts + self._crowd.puts(self, self._view, t_s, light))
