"""Where vehicles are at a time: a pure function of lane, seed and clock."""

import math
import random

import msgspec

from kiosk.backend.scenes.vehicles import Kind, Vehicle, any_vehicle

FLEET = 4
"""Different vehicles of a lane: pictures are kept, so their number has a price in memory."""

_LONGEST_M = 11.0


class Lane(msgspec.Struct, frozen=True):
    """A lane along z; `away` lanes drive from near to far, the others towards the camera.

    `gap_m` is the mean room between vehicles, `wave` how far (0..1) the speed swings, as in slow
    traffic; `near_m` the depth at the picture's lower edge.
    """

    x_m: float
    away: bool
    gap_m: float
    speed_mps: float
    near_m: float = 14.0
    far_m: float = 140.0
    wave: float = 0.0
    kinds: tuple[Kind, ...] = ()


class Rolling(msgspec.Struct, frozen=True):
    """A vehicle at a time; lane and vehicle name it for a cache of pictures."""

    lane: int
    vehicle: Vehicle
    x_m: float
    z_m: float


class Traffic:
    """All vehicles of some lanes."""

    def __init__(self, lanes: tuple[Lane, ...], chance: random.Random) -> None:
        self._lanes = [(lane, _fleet(lane, chance)) for lane in lanes]
        self._queues = [self.queue(lane, fleet, chance) for lane, fleet in self._lanes]

    def queue(
        self, lane: Lane, fleet: list[Vehicle], chance: random.Random
    ) -> tuple[float, list[tuple[float, int]]]:
        """(metres of the loop, places and fleet numbers); never closer than 2 m."""
        places, way_m = [], 0.0
        while way_m < lane.far_m - lane.near_m + _LONGEST_M:
            number = chance.randrange(len(fleet))
            places.append((way_m, number))
            way_m += fleet[number].length_m + 2 + lane.gap_m * chance.uniform(0.4, 1.6)
        return way_m, places

    def moved_m(self, lane: Lane, t_s: float) -> float:
        """Metres driven until t; never backwards, because the swing stays under the speed."""
        period_s = 17.0 + abs(lane.x_m)
        swing_m = lane.wave * lane.speed_mps * period_s / (2 * math.pi)
        return lane.speed_mps * t_s + swing_m * math.sin(2 * math.pi * t_s / period_s)

    def depth_m(self, lane: Lane, way_m: float) -> float:
        """Depth of a vehicle's near end, this far along its loop."""
        return lane.near_m - _LONGEST_M + way_m if lane.away else lane.far_m - way_m

    def at(self, t_s: float) -> list[Rolling]:
        rolling = []
        for index, ((lane, fleet), (loop_m, queue)) in enumerate(
            zip(self._lanes, self._queues, strict=True)
        ):
            moved_m = self.moved_m(lane, t_s)
            for place_m, number in queue:
                z_m = self.depth_m(lane, (place_m + moved_m) % loop_m)
                vehicle = fleet[number]
                if max(lane.near_m - vehicle.length_m, 1.5) < z_m <= lane.far_m:
                    rolling.append(Rolling(index, vehicle, lane.x_m, z_m))
        return rolling


def _fleet(lane: Lane, chance: random.Random) -> list[Vehicle]:
    return [
        any_vehicle(chance, lane.away, chance.choice(lane.kinds) if lane.kinds else None)
        for _ in range(FLEET)
    ]
