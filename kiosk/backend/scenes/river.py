"""The Han with a water gauge, and a stream between stone walls."""

import math
from collections.abc import Callable

import cv2
import numpy as np

from kiosk.backend.scenes import ground
from kiosk.backend.scenes.canvas import HEIGHT_PX, WIDTH_PX, Canvas, Pixels, View
from kiosk.backend.scenes.light import Light, bgr, blend
from kiosk.backend.scenes.people import Walk
from kiosk.backend.scenes.roads import lamp_trails, water
from kiosk.backend.scenes.scene import Crowd, Scene, lay_all

_GAUGE_M = 9
_PX_A_METRE = 24
_GAUGE_TOP_PX = 62


def _ordinary_level(_t_ms: int) -> float:
    """Where no figure is known: the gauge's ordinary level, at rest."""
    return 2.8


class Ripples:
    """Short bright strokes that drift on water; a pure function of time."""

    def __init__(self, scene: Scene, count: int, top_px: float, left_px: float, right_px: float):
        chance = scene.chance("ripples")
        self._left, self._width = left_px, right_px - left_px
        self._strokes = [
            (
                chance.random(),
                chance.random() ** 1.5,
                chance.uniform(0, 6.3),
                chance.uniform(0.5, 1),
            )
            for _ in range(count)
        ]
        self._top = top_px

    def draw(self, frame: Pixels, t_s: float, light: Light) -> None:
        pale, deep = light.of("#c6d6de", "#243342"), light.of("#7e97a5", "#1a2632")
        for along, down, phase, speed in self._strokes:
            y = self._top + 4 + down * (HEIGHT_PX - self._top)
            swell = math.sin(0.9 * t_s * speed + phase)
            if swell < -0.3:
                continue
            drift = (along + t_s * 0.006 * speed * (0.4 + down)) % 1.0
            x, half = self._left + drift * self._width, (3 + 16 * down) * (0.6 + 0.4 * swell)
            paint = blend(deep, pale, max(0.0, swell))
            start, end = (
                (round((x - half) * 16), round(y * 16)),
                (round((x + half) * 16), round(y * 16)),
            )
            cv2.line(frame, start, end, paint, 1, cv2.LINE_AA, 4)


class River(Scene):
    """A pier with a gauge. `level_m` tells the water level on it at an epoch time in ms."""

    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._horizon = 132.0
        chance = self.chance("place")
        self._gauge_x = 448.0 if variant % 2 == 0 else 250.0
        self.level_m: Callable[[int], float] = _ordinary_level
        self._ripples = Ripples(self, 90, self._horizon, 0, WIDTH_PX)
        self._cars = [(chance.random(), chance.uniform(0.6, 1.4)) for _ in range(14)]

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        chance, horizon = self.chance("backdrop"), self._horizon
        ground.sky(canvas, light, horizon)
        ground.hills(canvas, light, horizon, chance)
        ground.skyline(canvas, light, horizon + 1, 52, chance)
        water(canvas, light, horizon)
        lamp_trails(canvas, light, horizon + 3, [chance.uniform(0, 640) for _ in range(20)])
        self._far_bridge(canvas, light)
        self._bank(canvas, light)

    def _far_bridge(self, canvas: Canvas, light: Light) -> None:
        y = self._horizon + 15
        concrete = light.of("#9aa4a8", "#27313b")
        for x in range(14, WIDTH_PX, 58):
            canvas.box(x, y + 4, 8, 15, blend(concrete, (0, 0, 0), 0.25))
            canvas.box(x - 2, y + 17, 12, 4, blend(concrete, (0, 0, 0), 0.35))
        canvas.box(0, y - 2, WIDTH_PX, 7, concrete)
        canvas.box(0, y - 4, WIDTH_PX, 1.2, light.of("#c9d0d2", "#3b4650"))

    def _bank(self, canvas: Canvas, light: Light) -> None:
        stone, grass = light.of("#a19e95", "#21272c"), light.of("#76895f", "#121a18")
        left = self._gauge_x > WIDTH_PX / 2
        corners = [(0.0, 232.0), (190.0, 360.0), (0.0, 360.0)]
        steps = [(0.0, 206.0), (286.0, 360.0), (190.0, 360.0), (0.0, 232.0)]
        if not left:
            corners = [(WIDTH_PX - x, y) for x, y in corners]
            steps = [(WIDTH_PX - x, y) for x, y in steps]
        canvas.polygon(corners, grass)
        canvas.polygon(steps, stone)
        for n in range(1, 5):
            part = n / 5
            a, b = (0.0, 206 + 26 * part), (286 - 96 * part, 360.0)
            if not left:
                a, b = (WIDTH_PX - a[0], a[1]), (WIDTH_PX - b[0], b[1])
            canvas.line(a, b, 1.4, blend(stone, (0, 0, 0), 0.25))

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        self._ripples.draw(frame, t_s, light)
        self._bridge_cars(frame, t_s, light)
        self._gauge(frame, t_s, light)

    def _bridge_cars(self, frame: Pixels, t_s: float, light: Light) -> None:
        y = round(self._horizon + 11)
        for number, (start, speed) in enumerate(self._cars):
            way = (start * 700 + t_s * 9 * speed * (1 if number % 2 else -1)) % 700 - 30
            paint = (
                bgr("#ffe2a8")
                if light.night
                else bgr(("#e8e8e6", "#3a4046", "#a33c34")[number % 3])
            )
            cv2.rectangle(frame, (round(way), y - 2), (round(way) + 6, y), paint, -1)

    def _gauge(self, frame: Pixels, t_s: float, light: Light) -> None:
        """A board of metre marks as on the bridges of the Han; the water covers its foot."""
        x, top = round(self._gauge_x), _GAUGE_TOP_PX
        foot = top + _GAUGE_M * _PX_A_METRE
        water_px = round(foot - self.level_m(int(t_s * 1000)) * _PX_A_METRE)
        pier = light.of("#8d9499", "#2a323a")
        under = frame[water_px:, x - 40 : x + 40].copy()
        white, black = light.of("#f2f3f0", "#b9bdbd"), (24, 22, 20)
        cv2.rectangle(frame, (x - 34, top - 14), (x + 34, foot + 90), pier, -1)
        cv2.rectangle(
            frame, (x + 22, top - 14), (x + 34, foot + 90), blend(pier, (0, 0, 0), 0.25), -1
        )
        cv2.rectangle(frame, (x - 20, top - 6), (x + 18, foot), white, -1)
        for metre in range(_GAUGE_M):
            y = foot - (metre + 1) * _PX_A_METRE
            cv2.rectangle(frame, (x - 20, y), (x - 10, y + _PX_A_METRE // 2), black, -1)
            cv2.rectangle(frame, (x - 10, y + 4), (x - 4, y + 7), black, -1)
            place = (x + 1, y + _PX_A_METRE - 4)
            paint = bgr("#b3261e") if metre + 1 >= 6 else black
            cv2.putText(
                frame, str(metre + 1), place, cv2.FONT_HERSHEY_SIMPLEX, 0.55, paint, 2, cv2.LINE_AA
            )
        surface = light.of("#6e8996", "#111a23")
        frame[water_px:, x - 40 : x + 40] = under
        shade = np.linspace(0.55, 0.0, 60)[:, None, None]
        area = frame[water_px : water_px + 60, x - 34 : x + 34]
        area[:] = (area * (1 - shade) + np.array(pier) * shade).astype(np.uint8)
        bob = round(1.5 * math.sin(t_s * 2.1))
        foam = light.of("#dfe8ec", "#3b4a58")
        cv2.ellipse(frame, (x, water_px + bob), (44, 3), 0, 0, 360, foam, 1, cv2.LINE_AA)
        cv2.ellipse(frame, (x, water_px + 7 - bob), (56, 4), 0, 0, 360, surface, 1, cv2.LINE_AA)


class Stream(Scene):
    """A city stream below street level: stone walls, paths, stepping stones."""

    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._view = View(104, 360, 6.0)
        chance = self.chance("people")
        walks = []
        for side in (-1, 1):
            for _ in range(9):
                x = side * chance.uniform(4.6, 6.6)
                walks.append(
                    Walk((x, 11), (x, 70), chance.uniform(0.7, 1.5), 120 * chance.random())
                )
        self._crowd = Crowd(walks, chance)
        self._glints = [
            (chance.uniform(-3.2, 3.2), chance.uniform(9, 90), chance.uniform(0, 6.3))
            for _ in range(70)
        ]

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view = self._view
        ground.sky(canvas, light, view.horizon_px)
        ground.skyline(canvas, light, view.horizon_px + 2, 44, self.chance("skyline"))
        raised = View(view.horizon_px, view.focal_px, 1.2)
        ground.row_of_houses(canvas, raised, light, self.chance("left"), -15, (20, 52), 8)
        ground.row_of_houses(canvas, raised, light, self.chance("right"), 15, (20, 52), 8)
        path = light.of("#b5ab99", "#272b2e")
        canvas.polygon(view.ground([(-8, 5), (8, 5), (8, 300), (-8, 300)]), path)
        deep = light.of("#6f93a0", "#132330")
        canvas.polygon(view.ground([(-3.6, 5), (3.6, 5), (3.6, 300), (-3.6, 300)]), deep)
        for side in (-1, 1):
            self._wall(canvas, light, side)
            edge = [(side * 3.6, 5), (side * 4.1, 5), (side * 4.1, 300), (side * 3.6, 300)]
            canvas.polygon(view.ground(edge), light.of("#8b8578", "#1d2124"))
        self._stones(canvas, light)
        trees = self.chance("trees")
        for n in range(9, 0, -1):
            for side in (-1, 1):
                ground.tree(canvas, raised, light, trees, side * 10.4, 6.0 + n * 9)

    def _wall(self, canvas: Canvas, light: Light, side: int) -> None:
        view, stone = self._view, light.of("#9c9281", "#23272b")
        quad = [view.at(side * 8, y, z) for y, z in ((0, 4), (0, 300), (4.8, 300), (4.8, 4))]
        canvas.polygon(quad, stone)
        joint = blend(stone, (0, 0, 0), 0.16)
        for row in range(1, 6):
            canvas.line(
                view.at(side * 8, row * 0.8, 4), view.at(side * 8, row * 0.8, 200), 1, joint
            )
        for n in range(60):
            z, row = 5 * 1.06**n, n % 6
            canvas.line(
                view.at(side * 8, row * 0.8, z), view.at(side * 8, row * 0.8 + 0.8, z), 0.9, joint
            )
        top = [view.at(side * x, 4.8, z) for x, z in ((8, 4), (8, 300), (13, 300), (13, 4))]
        canvas.polygon(top, light.of("#8fa06f", "#151d1a"))
        for n in range(12, 0, -1):
            px, py = view.at(side * 7.9, 1.0, n * 7.0)
            if light.night:
                canvas.glow(px, py, 130 / n, bgr("#c99a5a"), 0.55)

    def _stones(self, canvas: Canvas, light: Light) -> None:
        view = self._view
        for z in (46.0, 20.0):
            for n in range(6):
                x, y = view.at(-2.9 + n * 1.16, 0.2, z)
                scale = view.focal_px / z
                canvas.ellipse(
                    x, y + 0.22 * scale, 0.46 * scale, 0.2 * scale, light.of("#4c6672", "#0c151d")
                )
                canvas.ellipse(x, y, 0.42 * scale, 0.19 * scale, light.of("#c2bcae", "#40464b"))

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        view, pale = self._view, light.of("#c9dde3", "#33485a")
        base = light.of("#7fa2ae", "#182a38")
        for x, z, phase in self._glints:
            swell = math.sin(1.7 * t_s + phase)
            if swell < 0:
                continue
            px, py = view.at(x, 0, 9 + (z - 9 - t_s * 1.1) % 81)
            half = (0.35 * view.focal_px / (9 + (z - 9 - t_s * 1.1) % 81)) * (0.5 + 0.5 * swell)
            ends = [(round((px + side * half) * 16), round(py * 16)) for side in (-1, 1)]
            cv2.line(frame, ends[0], ends[1], blend(base, pale, swell), 1, cv2.LINE_AA, 4)
        lay_all(frame, self._crowd.puts(self, view, t_s, light))
