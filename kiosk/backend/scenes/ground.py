"""What stands still along a street: sky, hills, houses, trees, lamps, markings."""

import itertools
import math
import random

from kiosk.backend.scenes.canvas import WIDTH_PX, Canvas, Point, View, patch
from kiosk.backend.scenes.light import Colour, Light, bgr, blend

_WALLS = (
    ("#b9b4aa", "#20262f"), ("#a7adb3", "#1c232c"), ("#c6bda9", "#262a31"),
    ("#8f979f", "#181f28"), ("#b3a08e", "#241f22"), ("#9fb0ba", "#1a2531"),
)  # fmt: skip
_PANE = ("#6d7f8d", "#121921")
_LAMP_LIGHT = bgr("#ffd28a")
_LIT = ("#e8c887", "#d9b26c", "#f2dcae", "#cfe0ea")


def sky(canvas: Canvas, light: Light, horizon_px: float) -> None:
    top = light.of("#8db3d1", "#0a1019")
    low = light.warm(light.of("#d9e3e8", "#1a2633"))
    canvas.fade(0, horizon_px + 2, top, low)


def hills(canvas: Canvas, light: Light, horizon_px: float, chance: random.Random) -> None:
    """Two ranges of mountains behind the city."""
    for height_px, day, night in ((46, "#9db2bd", "#141d28"), (28, "#7f9a9a", "#101821")):
        phases = [chance.uniform(0, 6.3) for _ in range(3)]
        ridge = []
        for x in range(0, WIDTH_PX + 1, 8):
            wave = sum(math.sin(x / w + p) for w, p in zip((97, 41, 19), phases, strict=True))
            ridge.append((float(x), horizon_px - height_px * (0.55 + 0.17 * wave)))
        canvas.polygon(
            [(0, horizon_px + 2), *ridge, (WIDTH_PX, horizon_px + 2)], light.of(day, night)
        )


def skyline(
    canvas: Canvas, light: Light, base_px: float, height_px: float, chance: random.Random
) -> None:
    """Flats far away, some windows lit."""
    x = -8.0
    while x < WIDTH_PX:
        width, tall = chance.uniform(12, 30), height_px * chance.uniform(0.35, 1.0)
        day, night = chance.choice(_WALLS)
        colour = blend(light.of(day, night), light.of("#c3d2da", "#182330"), 0.45)
        canvas.box(x, base_px - tall, width, tall + 1, colour)
        rows, columns = int(tall / 5), int(width / 5)
        for row in range(rows):
            for column in range(columns):
                if chance.random() < 0.16 + 0.3 * light.darkness:
                    lit = chance.random() < 0.75 * light.darkness
                    pane = bgr(chance.choice(_LIT)) if lit else light.of("#8c9daa", "#131b25")
                    canvas.box(x + 2 + column * 5, base_px - tall + 3 + row * 5, 2, 2.4, pane)
        x += width + chance.choice((0, 0, 1, 4, 9))


def house(
    canvas: Canvas,
    view: View,
    light: Light,
    chance: random.Random,
    sides: tuple[float, float],
    depth: tuple[float, float],
    height_m: float,
) -> None:
    """A block from x0 to x1 (x0 is the wall along the street), z0 to z1, with rows of windows."""
    (x0, x1), (z0, z1) = sides, depth
    day, night = chance.choice(_WALLS)
    wall = light.of(day, night)
    haze = min(0.6, z0 / 260)
    wall = blend(wall, light.of("#c9d5dc", "#1a2532"), haze)
    along = [view.at(x0, 0, z0), view.at(x0, 0, z1), view.at(x0, height_m, z1)]
    along.append(view.at(x0, height_m, z0))
    front = [view.at(x0, 0, z0), view.at(x1, 0, z0), view.at(x1, height_m, z0)]
    front.append(view.at(x0, height_m, z0))
    canvas.polygon(front, blend(wall, (0, 0, 0), 0.22))
    canvas.polygon(along, wall)
    storeys = max(2, int((height_m - 4) / 3.3))
    style = chance.random()
    _windows(canvas, light, chance, along, storeys, max(2, int((z1 - z0) / 2.6)), style)
    _windows(canvas, light, chance, front, storeys, max(2, int(abs(x1 - x0) / 2.8)), style)
    _shop(canvas, light, chance, along, height_m, max(1, int((z1 - z0) / 6)))


def _windows(
    canvas: Canvas,
    light: Light,
    chance: random.Random,
    wall: list[Point],
    rows: int,
    columns: int,
    style: float,
) -> None:
    base, dark = 0.2, light.of(*_PANE)
    for row in range(rows):
        v = base + (0.97 - base) * row / rows
        height = (0.97 - base) / rows * (0.5 if style < 0.6 else 0.66)
        if style > 0.8:
            canvas.polygon(patch(wall, (0.03, v, 0.97, v + height)), dark)
        for column in range(columns):
            u = 0.03 + 0.94 * column / columns
            lit = chance.random() < 0.42 * light.darkness
            if style > 0.8 and not lit:
                continue
            pane = bgr(chance.choice(_LIT)) if lit else dark
            pane = blend(pane, dark, chance.uniform(0, 0.35)) if lit else pane
            canvas.polygon(patch(wall, (u, v, u + 0.94 / columns * 0.62, v + height)), pane)


_SIGNS = ("#c8443c", "#2f7fc0", "#e0a030", "#3c9a5f", "#d86a9a", "#e8e4da")


def _shop(
    canvas: Canvas,
    light: Light,
    chance: random.Random,
    wall: list[Point],
    height_m: float,
    count: int,
) -> None:
    """Shop windows on the ground floor and the signs over them, bright at night."""
    top = min(0.19, 3.2 / height_m)
    for n in range(count):
        u0, u1 = (n + 0.08) / count, (n + 0.92) / count
        glass = blend(light.of("#5b6a75", "#1a2028"), bgr("#ffe2b0"), 0.55 * light.darkness)
        canvas.polygon(patch(wall, (u0, 0.0, u1, top * 0.72)), glass)
        sign = bgr(chance.choice(_SIGNS))
        sign = blend(sign, (0, 0, 0), 0.12) if light.night else blend(sign, (90, 90, 90), 0.3)
        canvas.polygon(patch(wall, (u0, top * 0.76, u1, top)), sign)


def row_of_houses(
    canvas: Canvas,
    view: View,
    light: Light,
    chance: random.Random,
    edge_m: float,
    heights_m: tuple[float, float],
    near_m: float = 6.0,
    far_m: float = 170.0,
) -> None:
    """Houses along one side of a street; `edge_m` < 0 is the left side. Drawn from far to near."""
    blocks, z = [], near_m
    while z < far_m:
        depth = chance.uniform(10, 22)
        blocks.append((z, z + depth, chance.uniform(*heights_m), chance.randrange(1 << 30)))
        z += depth + chance.choice((0.0, 0.6, 3.0))
    outward = 25 if edge_m > 0 else -25
    for z0, z1, height_m, seed in reversed(blocks):
        sides = (edge_m, edge_m + outward)
        house(canvas, view, light, random.Random(seed), sides, (z0, z1), height_m)  # noqa: S311


def tree(
    canvas: Canvas, view: View, light: Light, chance: random.Random, x: float, z: float
) -> None:
    foot, scale = view.at(x, 0, z), view.focal_px / z
    canvas.line(foot, view.at(x, 3, z), max(0.28 * scale, 1), light.of("#5d4a3a", "#14110f"))
    leaf = light.of("#5f8551", "#121c18")
    for _ in range(9):
        dx, dy, r = chance.uniform(-1.1, 1.1), chance.uniform(2.8, 5.2), chance.uniform(0.7, 1.15)
        px, py = view.at(x + dx, dy, z)
        shade = blend(leaf, light.of("#8fb070", "#1a2820"), chance.random() * 0.6)
        canvas.ellipse(px, py, r * scale, r * scale * 0.9, shade)


def lamp(canvas: Canvas, view: View, light: Light, x: float, z: float, reach_m: float) -> None:
    """A street lamp whose arm reaches over the road."""
    foot, top, scale = view.at(x, 0, z), view.at(x, 8.5, z), view.focal_px / z
    end = view.at(x + reach_m, 8.9, z)
    metal = light.of("#6b747b", "#2a323b")
    canvas.line(foot, top, max(0.16 * scale, 0.8), metal)
    canvas.line(top, end, max(0.12 * scale, 0.7), metal)
    if light.night:
        canvas.glow(end[0], end[1], max(2.6 * scale, 5), _LAMP_LIGHT, 0.8)
        px, py = view.at(x + reach_m, 0, z)
        canvas.glow(px, py, 5.5 * scale, bgr("#5a4a30"), 0.5)


def stripe(
    canvas: Canvas, view: View, x: float, width_m: float, z0: float, z1: float, colour: Colour
) -> None:
    half = width_m / 2
    canvas.polygon(
        view.ground([(x - half, z0), (x + half, z0), (x + half, z1), (x - half, z1)]), colour
    )


def dashes(
    canvas: Canvas, view: View, x: float, near_m: float, far_m: float, colour: Colour
) -> None:
    z = near_m
    while z < far_m:
        stripe(canvas, view, x, 0.16, z, z + 3.2, colour)
        z += 8.0


def road(canvas: Canvas, view: View, light: Light, half_m: float, far_m: float = 400.0) -> None:
    """Asphalt from -half_m to half_m, lighter towards the haze."""
    near = light.of("#5a5f63", "#1c2127")
    far = light.warm(light.of("#8d979c", "#232b34"))
    edges = (3.0, 7, 12, 20, 32, 52, 85, 140, 240, far_m)
    for index, (z0, z1) in enumerate(itertools.pairwise(edges)):
        colour = blend(near, far, index / (len(edges) - 1))
        quad = [(-half_m, z0), (half_m, z0), (half_m, z1), (-half_m, z1)]
        canvas.polygon(view.ground(quad), colour)
