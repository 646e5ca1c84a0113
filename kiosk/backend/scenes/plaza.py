"""A palace gate with its square, and a lawn before a hall of glass."""

import itertools
import math

from kiosk.backend.scenes import ground
from kiosk.backend.scenes.canvas import WIDTH_PX, Canvas, Pixels, View
from kiosk.backend.scenes.light import Colour, Light, bgr, blend
from kiosk.backend.scenes.people import Walk
from kiosk.backend.scenes.scene import Crowd, Scene, lay_all

_CENTRE_PX = WIDTH_PX / 2


class Plaza(Scene):
    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        self._view = View(168, 420, 7.5)
        chance = self.chance("people")
        walks = []
        for _ in range(44):
            a = (chance.uniform(-24, 24), chance.uniform(17, 62))
            b = (chance.uniform(-24, 24), chance.uniform(17, 62))
            walks.append(Walk(a, b, chance.uniform(0.5, 1.5), 90 * chance.random()))
        self._crowd = Crowd(walks, chance)

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view, chance = self._view, self.chance("backdrop")
        ground.sky(canvas, light, view.horizon_px)
        self._mountain(canvas, light)
        ground.skyline(canvas, light, view.horizon_px + 2, 62, chance)
        top, low = light.warm(light.of("#c3beb2", "#2a2f34")), light.of("#a39e92", "#1d2226")
        canvas.fade(view.horizon_px, 360, top, low)
        if self.variant % 2 == 0:
            self._paving(canvas, light)
            self._gate(canvas, light)
        else:
            self._lawn(canvas, light)
            self._hall(canvas, light)
        trees = self.chance("trees")
        for n in range(6, 0, -1):
            for side in (-1, 1):
                ground.tree(canvas, view, light, trees, side * (25.0 + n), 22.0 + n * 8)
                ground.lamp(canvas, view, light, side * 22.0, 16.0 + n * 13, -side * 1.5)

    def _mountain(self, canvas: Canvas, light: Light) -> None:
        base = self._view.horizon_px
        for peak, width, height, day, night in (
            (250, 260, 104, "#9fb3ba", "#121b25"), (420, 330, 74, "#8aa09f", "#101821"),
        ):  # fmt: skip
            ridge = []
            for n in range(41):
                t = -1 + n / 20
                bump = 0.04 * math.sin(9 * t + peak) + 0.03 * math.sin(23 * t)
                ridge.append(
                    (peak + t * width, base - height * max(0.0, math.cos(t * 1.5) ** 1.6 + bump))
                )
            canvas.polygon(
                [(peak - width, base + 2), *ridge, (peak + width, base + 2)], light.of(day, night)
            )

    def _paving(self, canvas: Canvas, light: Light) -> None:
        view, joint = self._view, light.of("#938e82", "#191d21")
        for x in range(-40, 41, 4):
            canvas.line(view.at(x, 0, 14), view.at(x, 0, 150), 0.8, joint)
        for n in range(16):
            z = 15 * 1.17**n
            canvas.line(view.at(-90, 0, z), view.at(90, 0, z), 0.8, joint)
        path = [(-3.2, 13.0), (3.2, 13.0), (3.2, 100.0), (-3.2, 100.0)]
        canvas.polygon(view.ground(path), light.of("#d3cec2", "#33393e"))

    def _gate(self, canvas: Canvas, light: Light) -> None:
        x, base = _CENTRE_PX, 196.0
        stone, line = light.of("#bdb6a6", "#3a3b3a"), light.of("#99917f", "#2a2b2b")
        canvas.polygon(
            [(x - 152, base), (x - 143, base - 52), (x + 143, base - 52), (x + 152, base)], stone
        )
        for row in range(1, 6):
            canvas.line((x - 150, base - row * 9), (x + 150, base - row * 9), 0.8, line)
        canvas.box(x - 145, base - 57, 290, 6, blend(stone, (255, 255, 255), 0.2))
        for dx, half, tall in ((0, 17, 38), (-70, 13, 32), (70, 13, 32)):
            canvas.box(x + dx - half, base - tall + half, half * 2, tall - half, bgr("#15130f"))
            canvas.ellipse(x + dx, base - tall + half, half, half, bgr("#15130f"))
            canvas.box(
                x + dx - half + 3,
                base - tall + half,
                half * 2 - 6,
                tall - half,
                light.of("#4d3f33", "#201b18"),
            )
        self._storey(canvas, light, x, base - 57, 116, 20)
        self._roof(canvas, light, x, base - 77, 150, 24)
        self._storey(canvas, light, x, base - 99, 92, 13)
        self._roof(canvas, light, x, base - 112, 124, 32)
        if light.night:
            for dx in (-110, -40, 40, 110):
                canvas.glow(x + dx, base - 40, 52, bgr("#8a6a38"), 0.55)
            canvas.glow(x, base - 92, 110, bgr("#7a5c30"), 0.5)

    def _storey(
        self, canvas: Canvas, light: Light, x: float, base: float, half: float, tall: float
    ) -> None:
        wood, green = light.of("#8e3b2e", "#4a241e"), light.of("#2f6f62", "#1c3a35")
        canvas.box(x - half, base - tall, half * 2, tall, light.of("#6d2f26", "#341a16"))
        columns = 8
        for n in range(columns + 1):
            canvas.box(x - half + n * (half * 2 - 5) / columns, base - tall, 5, tall, wood)
        canvas.box(x - half - 2, base - tall, half * 2 + 4, 5, green)
        for n in range(24):
            canvas.box(
                x - half + n * half / 12, base - tall + 1, 2, 3, light.of("#d9a441", "#6b5428")
            )

    def _roof(
        self, canvas: Canvas, light: Light, x: float, base: float, half: float, tall: float
    ) -> None:
        """Eaves that lift at the corners, tiles in rows."""
        tile = light.of("#4e545b", "#181c21")
        eave = [
            (x + half * t, base - 9 * abs(t) ** 3)
            for t in (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)
        ]
        ridge = [(x + half * 0.62, base - tall), (x - half * 0.62, base - tall)]
        canvas.polygon([*eave, *ridge], tile)
        row = blend(tile, (255, 255, 255), 0.08)
        for n in range(-14, 15):
            low = (x + half * n / 15, base - 9 * abs(n / 15) ** 3 - 1)
            canvas.line(low, (x + half * 0.62 * n / 15, base - tall + 1), 1, row)
        for a, b in itertools.pairwise(eave):
            canvas.line((a[0], a[1] + 1), (b[0], b[1] + 1), 2.4, light.of("#2f6f62", "#1b3230"))
        canvas.line(ridge[0], ridge[1], 3, blend(tile, (255, 255, 255), 0.22))

    def _lawn(self, canvas: Canvas, light: Light) -> None:
        view, points = self._view, []
        for n in range(48):
            turn = 2 * math.pi * n / 48
            points.append((17.5 * math.cos(turn), 37 + 19.5 * math.sin(turn)))
        canvas.polygon(
            view.ground([(x * 1.06, 37 + (z - 37) * 1.06) for x, z in points]),
            light.of("#d8d3c6", "#343a3e"),
        )
        canvas.polygon(view.ground(points), light.of("#7fa35a", "#16241a"))
        for n in range(-3, 4):
            low, high = (n * 5.0 - 1.2, n * 5.0 + 1.2)
            reach = 19.5 * math.sqrt(max(0.0, 1 - (n * 5.0 / 17.5) ** 2)) * 0.96
            band = [(low, 37 - reach), (high, 37 - reach), (high, 37 + reach), (low, 37 + reach)]
            canvas.polygon(view.ground(band), light.of("#89ad63", "#18281c"))

    def _hall(self, canvas: Canvas, light: Light) -> None:
        """A wave of glass behind an old stone front with a clock tower."""
        x, base = _CENTRE_PX, 186.0
        glass: Colour = light.of("#8fb4c6", "#1d3242")
        wave = [
            (x - 190 + n * 10, base - 74 - 26 * math.sin(n / 38 * math.pi) - 8 * math.sin(n / 6))
            for n in range(39)
        ]
        canvas.polygon([(x - 190, base), *wave, (x + 190, base)], glass)
        lit = light.of("#b3d0dd", "#c9a968")
        for n in range(1, 38):
            canvas.line((wave[n][0], base), wave[n], 0.9, blend(glass, (255, 255, 255), 0.18))
            if n % 2 and light.night:
                for row in range(4):
                    canvas.box(
                        wave[n][0] + 2, base - 66 + row * 15, 7, 5, blend(lit, glass, 0.3 * (n % 3))
                    )
        for row in range(1, 6):
            canvas.line(
                (x - 190, base - row * 14),
                (x + 190, base - row * 14),
                0.7,
                blend(glass, (0, 0, 0), 0.15),
            )
        stone, dark = light.of("#b9ae9a", "#34332f"), light.of("#6a7076", "#14181c")
        canvas.box(x - 122, base - 40, 244, 42, stone)
        canvas.box(x - 22, base - 62, 44, 64, blend(stone, (255, 255, 255), 0.1))
        canvas.box(x - 10, base - 78, 20, 18, stone)
        canvas.ellipse(x, base - 52, 7, 7, light.of("#f2f2ea", "#e8d9a8"))
        for column in range(22):
            for row in range(3):
                pane = bgr("#e8c887") if light.night and (column * 7 + row * 5) % 3 == 0 else dark
                canvas.box(x - 117 + column * 10.8, base - 35 + row * 12, 5, 8, pane)

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        lay_all(frame, self._crowd.puts(self, self._view, t_s, light))
