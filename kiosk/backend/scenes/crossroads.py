"""A crossing with signals: cars stop, people walk, the signal shows why."""

import random

import cv2

from kiosk.backend.scenes import ground
from kiosk.backend.scenes.canvas import WIDTH_PX, Canvas, Pixels, View
from kiosk.backend.scenes.light import Light, bgr
from kiosk.backend.scenes.people import Walk, any_person
from kiosk.backend.scenes.scene import Crowd, Put, Scene, lay_all
from kiosk.backend.scenes.traffic import Lane, Traffic
from kiosk.backend.scenes.vehicles import Kind, Vehicle

CYCLE_S = 36.0
GREEN_S = 20.0
_SLOT_M = 9.0
_SLOTS = 9
_SLOTS_A_CYCLE = 13
_STOP_M = 24.0
_HALF_M = 13.5
_ZEBRA = (12.5, 20.0)
_WALK_S = (21.0, 35.0)


def green_way_m(t_s: float) -> float:
    """Metres driven until t: whole slots a green phase, with a soft start and stop."""
    cycles, in_cycle_s = divmod(t_s, CYCLE_S)
    part = min(in_cycle_s / GREEN_S, 1.0)
    eased = part * part * (3 - 2 * part)
    return (cycles + eased) * _SLOTS_A_CYCLE * _SLOT_M


class SlotTraffic(Traffic):
    """Queues whose vehicles stand in slots behind the stop line while it is red.

    Over the crossing they drive three times as fast, so that no slot lies on it.
    """

    def queue(
        self, lane: Lane, fleet: list[Vehicle], chance: random.Random
    ) -> tuple[float, list[tuple[float, int]]]:
        short = [n for n, vehicle in enumerate(fleet) if vehicle.length_m < _SLOT_M - 1]
        places = [
            (n * _SLOT_M, chance.choice(short or [0]))
            for n in range(_SLOTS)
            if chance.random() < 0.62
        ]
        return _SLOTS * _SLOT_M, places

    def moved_m(self, lane: Lane, t_s: float) -> float:
        return green_way_m(t_s)

    def depth_m(self, lane: Lane, way_m: float) -> float:
        start_m = _STOP_M - _SLOT_M
        z_m = start_m + way_m if lane.away else start_m + _SLOTS * _SLOT_M - way_m
        return z_m if z_m >= _STOP_M else _STOP_M - 3 * (_STOP_M - z_m)


class Crossroads(Scene):
    def __init__(self, seed: str, variant: int = 0) -> None:
        super().__init__(seed, variant)
        chance = self.chance("place")
        self._phase_s = chance.uniform(0, CYCLE_S)
        self._view = View(112, 380, 8.5, WIDTH_PX / 2 + chance.uniform(-50, 50))
        kinds: tuple[Kind, ...] = ("car", "car", "car", "taxi", "van")
        lanes = tuple(
            Lane(sign * x, sign > 0, 0, 0, 12.5, 125, kinds=kinds)
            for sign in (1, -1)
            for x in (2.2, 5.4, 8.6, 11.6)
        )
        self._traffic = SlotTraffic(lanes, chance)
        self._crossing = [
            (any_person(chance), chance.random(), chance.uniform(*_ZEBRA), chance.random() < 0.5)
            for _ in range(18)
        ]
        walks = []
        for side in (-1, 1):
            for _ in range(7):
                x = side * chance.uniform(15.2, 18.5)
                walks.append(
                    Walk((x, 12), (x + side, 80), chance.uniform(1, 1.6), 99 * chance.random())
                )
        self._crowd = Crowd(walks, chance)

    def draw_backdrop(self, canvas: Canvas, light: Light) -> None:
        view, chance = self._view, self.chance("backdrop")
        ground.sky(canvas, light, view.horizon_px)
        ground.hills(canvas, light, view.horizon_px, chance)
        ground.skyline(canvas, light, view.horizon_px + 1, 40, chance)
        pavement = light.of("#a9a8a2", "#252b31")
        canvas.polygon(
            [(0, view.horizon_px), (WIDTH_PX, view.horizon_px), (WIDTH_PX, 360), (0, 360)], pavement
        )
        ground.row_of_houses(canvas, view, light, self.chance("left"), -20, (22, 60), 26)
        ground.row_of_houses(canvas, view, light, self.chance("right"), 20, (22, 60), 26)
        ground.road(canvas, view, light, _HALF_M)
        asphalt = light.of("#5d6265", "#1d2228")
        canvas.polygon(view.ground([(-60, 3), (60, 3), (60, 11), (-60, 11)]), asphalt)
        self._markings(canvas, light)
        trees = self.chance("trees")
        for n in range(7, 0, -1):
            for side in (-1, 1):
                ground.tree(canvas, view, light, trees, side * 15.2, 17.0 + n * 13)
        for n in range(4, 0, -1):
            for side in (-1, 1):
                ground.lamp(canvas, view, light, side * 14.3, 14.0 + n * 24, -side * 3)
        self._signal_arm(canvas, light)

    def _markings(self, canvas: Canvas, light: Light) -> None:
        view, white = self._view, light.of("#e2e4e2", "#747b81")
        x = -_HALF_M + 0.4
        while x < _HALF_M - 0.5:
            canvas.polygon(
                view.ground(
                    [(x, _ZEBRA[0]), (x + 0.55, _ZEBRA[0]), (x + 0.55, _ZEBRA[1]), (x, _ZEBRA[1])]
                ),
                white,
            )
            x += 1.15
        ground.stripe(canvas, view, -7, 12.6, _STOP_M - 1.6, _STOP_M - 0.9, white)
        for sign in (-1, 1):
            for lane in (3.8, 7.0, 10.1):
                ground.dashes(canvas, view, sign * lane, _STOP_M, 120, white)
        ground.stripe(canvas, view, -0.2, 0.14, _STOP_M, 200, bgr("#c79a3c"))
        ground.stripe(canvas, view, 0.2, 0.14, _STOP_M, 200, bgr("#c79a3c"))

    def _signal_arm(self, canvas: Canvas, light: Light) -> None:
        view, metal = self._view, light.of("#5d666d", "#20272d")
        canvas.line(view.at(14.2, 0, 23), view.at(14.2, 6.6, 23), 3.4, metal)
        canvas.line(view.at(14.2, 6.4, 23), view.at(3.4, 6.8, 23), 2.4, metal)
        x, y = view.at(5.2, 6.9, 23)
        canvas.box(x - 23, y - 6.5, 46, 13, bgr("#15191d"))
        for n in range(4):
            canvas.ellipse(x - 16.5 + n * 11, y, 4, 4, bgr("#2b3136"))

    def draw_moving(self, frame: Pixels, t_s: float, light: Light) -> None:
        t_s += self._phase_s
        puts = self.vehicles(self._view, self._traffic, t_s, light)
        puts += self._crowd.puts(self, self._view, t_s, light)
        puts += self._crossers(t_s, light)
        lay_all(frame, puts)
        self._signal(frame, t_s % CYCLE_S)

    def _crossers(self, t_s: float, light: Light) -> list[Put]:
        """People at the kerb, who cross while the cars have red; back in the next cycle."""
        cycle, in_cycle_s = divmod(t_s, CYCLE_S)
        puts = []
        for number, (person, late, z_m, left_first) in enumerate(self._crossing):
            part = (in_cycle_s - _WALK_S[0] - 3 * late) / (_WALK_S[1] - _WALK_S[0] - 3)
            walking = 0 < part < 1
            part = min(max(part, 0.0), 1.0)
            if left_first == (int(cycle) % 2 == 0):
                part = 1 - part
            x_m = -15.0 - 1.8 * late + (30 + 3.6 * late) * part
            stride = int(in_cycle_s * 3.4 + number) % 4 if walking else 0
            puts.append(self.person(self._view, 1000 + number, person, (x_m, z_m, stride), light))
        return puts

    def _signal(self, frame: Pixels, in_cycle_s: float) -> None:
        x, y = self._view.at(5.2, 6.9, 23)
        lamp, colour = 3, bgr("#4fe39a")
        if in_cycle_s >= GREEN_S:
            lamp, colour = 0, bgr("#ff4a3c")
        elif in_cycle_s >= GREEN_S - 2.5:
            lamp, colour = 1, bgr("#ffc94a")
        centre = (round(x - 16.5 + lamp * 11), round(y))
        cv2.circle(frame, centre, 4, colour, -1, cv2.LINE_AA)
