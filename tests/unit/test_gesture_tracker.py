"""Which hands the camera follows, where it looks for more, and what that costs: with a made-up
landmarker that sees a hand where one is, so that only the plan counts."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gestures.camera import Picture
from gestures.crop import Crop, tiles
from gestures.events import Hand
from gestures.follow import Slot, Spot, seen
from gestures.stir import Stir
from gestures.tracker import PROBE_MS, SAVED, HandTracker
from tests.helpers.hands import palm, placed

WIDTH, HEIGHT = 1920, 1080
STEP_MS = 33
SEEN_PALMS = 13.0  # side of the largest part in which the made-up landmarker still sees a hand


class Scene:
    """Hands before a camera; its own landmarker."""

    def __init__(self) -> None:
        self.hands: list[Hand] = []
        self.finds: list[Crop] = []
        self.crops: list[Crop] = []
        self.slots: list[Slot] = []

    def put(self, *places: tuple[float, float, float]) -> None:
        """Hands at these (x, y, palm): parts of the width, the height, the height."""
        self.hands = [placed(palm(), x=x, y=y, palm=size) for x, y, size in places]

    def picture(self, t_ms: int) -> Picture:
        """Grey, with a bright spot for each hand: that is what moves."""
        rgb = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
        for hand in self.hands:
            x, y, size = (round(v) for v in at(hand))
            rgb[max(0, y - size) : y + size, max(0, x - size) : x + size] = 220
        return Picture(t_ms, rgb)

    def find(self, _rgb: Any, crop: Crop) -> tuple[Hand, ...]:
        self.finds.append(crop)
        return self._within(crop)[:2]

    def follow(self, _rgb: Any, crop: Crop, slot: Slot) -> tuple[Hand, ...]:
        self.crops.append(crop)
        self.slots.append(slot)
        return self._within(crop)[: 2 if slot is Slot.BOTH else 1]

    def close(self) -> None:
        pass

    def _within(self, crop: Crop) -> tuple[Hand, ...]:
        middle = (crop.x + crop.side / 2, crop.y + crop.side / 2)
        inside = [
            (math.dist(at(hand)[:2], middle), index)
            for index, hand in enumerate(self.hands)
            if crop.side <= SEEN_PALMS * at(hand).palm
            and max(abs(a - b) for a, b in zip(at(hand)[:2], middle, strict=True)) < crop.side / 2
        ]
        return tuple(self.hands[index] for _, index in sorted(inside))


def at(hand: Hand) -> Spot:
    found = seen(hand, WIDTH, HEIGHT)
    assert found is not None
    return found.spot


class Watch:
    """A tracker and its scene, picture after picture."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.tracker = HandTracker(self.scene)
        self.t_ms = 0

    def see(self, *places: tuple[float, float, float]) -> list[float]:
        """The places (x) of the hands that are told after one more picture."""
        self.scene.put(*places)
        return self.look()

    def look(self) -> list[float]:
        """The same for the hands that the scene has."""
        self.t_ms += STEP_MS
        frame = self.tracker.track(self.scene.picture(self.t_ms))
        return [at(hand).x / WIDTH for hand in frame.hands]

    def until(self, hands: int, *places: tuple[float, float, float]) -> int:
        """Milliseconds until so many hands are told."""
        start_ms = self.t_ms
        while len(self.see(*places)) != hands:
            assert self.t_ms - start_ms < 3000, f"no {hands} hands at {places}"
        return self.t_ms - start_ms


FAR = 0.035  # a palm at 4 m


@pytest.mark.parametrize("place", [(0.03, 0.05), (0.5, 0.5), (0.97, 0.95), (0.7, 0.1)])
def test_a_far_hand_is_found_within_a_second_wherever_it_is(place: tuple[float, float]) -> None:
    assert Watch().until(1, (*place, FAR)) <= 1000


def test_the_search_covers_the_whole_picture() -> None:
    covered = np.zeros((HEIGHT, WIDTH), bool)
    _whole, *parts = tiles(WIDTH, HEIGHT)
    smallest = min(crop.side for crop in parts)
    for crop in parts:
        if crop.side == smallest:
            covered[max(0, crop.y) : crop.y + crop.side, max(0, crop.x) : crop.x + crop.side] = True
    assert covered.all()


def test_where_nothing_moves_little_is_looked_at() -> None:
    watch = Watch()
    for _ in range(90):
        watch.see()
    before = len(watch.scene.finds)
    for _ in range(60):
        watch.see()
    assert len(watch.scene.finds) - before <= 7  # two seconds


def test_a_hand_that_moves_fast_stays_in_the_crop_and_the_crop_does_not_jump() -> None:
    watch = Watch()
    watch.until(1, (0.3, 0.5, FAR))
    for i in range(10):
        assert watch.see((0.3 + 0.009 * i, 0.5, FAR))  # 4 palms in 0.3 s
    steps = [math.dist(a[:2], b[:2]) for a, b in pairwise(watch.scene.crops)]
    assert max(steps) <= 1.1 * FAR * HEIGHT
    assert set(watch.scene.slots) == {Slot.ONE}


def test_a_hand_that_left_is_found_where_it_comes_back() -> None:
    watch = Watch()
    watch.until(1, (0.97, 0.5, FAR))
    for _ in range(20):
        assert watch.see() == []
    assert watch.until(1, (0.97, 0.55, FAR)) <= 300


def test_before_anybody_engages_the_nearer_person_wins() -> None:
    watch = Watch()
    watch.until(1, (0.2, 0.5, FAR))
    both = ((0.2, 0.5, FAR), (0.8, 0.5, 0.06))
    while (seen := watch.see(*both)) and seen[0] < 0.5:
        assert watch.t_ms < 4000
    assert seen == pytest.approx([0.8], abs=0.02)


def test_a_hand_that_hangs_down_does_not_keep_a_raised_one_from_being_found() -> None:
    watch = Watch()
    hanging = placed(palm(), x=0.5, y=0.8, palm=0.06, turn_deg=180.0)
    raised = placed(palm(), x=0.58, y=0.35, palm=0.05)
    watch.scene.hands = [hanging, raised]
    told = [watch.look() for _ in range(30)]
    assert told[-1] == pytest.approx([0.58], abs=0.02)


def test_once_engaged_a_nearer_hand_does_not_take_over() -> None:
    watch = Watch()
    watch.until(1, (0.2, 0.5, FAR))
    watch.tracker.look_for(2)
    for _ in range(60):
        assert watch.see((0.2, 0.5, FAR), (0.8, 0.5, 0.06))[0] < 0.5


@pytest.mark.parametrize("other_x", [0.42, 0.47, 0.55, 0.65])
def test_a_second_hand_is_seen_soon_after_it_comes(other_x: float) -> None:
    watch = Watch()
    one = (0.4, 0.5, 0.05)
    watch.until(1, one)
    assert len(watch.see(one, (other_x, 0.6, 0.05))) == 1  # not looked for before
    watch.until(1, one)
    watch.tracker.look_for(2)
    for _ in range(30):
        watch.see(one)
    assert watch.until(2, one, (other_x, 0.6, 0.05)) <= 200
    for _ in range(20):
        assert len(watch.see(one, (other_x, 0.6, 0.05))) == 2
    watch.tracker.look_for(1)
    assert len(watch.see(one, (other_x, 0.6, 0.05))) == 1


def test_hands_that_meet_and_part_are_never_lost_and_keep_their_order() -> None:
    watch = Watch()
    watch.tracker.look_for(2)
    watch.until(2, (0.4, 0.5, 0.05), (0.6, 0.5, 0.05))
    first_left = watch.see((0.4, 0.5, 0.05), (0.6, 0.5, 0.05))[0] < 0.5
    for i in [*range(20), *range(20, 0, -1)]:
        seen = watch.see((0.4 + 0.004 * i, 0.5, 0.05), (0.6 - 0.004 * i, 0.5, 0.05))
        assert len(seen) == 2
        assert (seen[0] < seen[1]) == first_left


def test_hands_that_cannot_be_told_apart_share_a_crop_until_they_part() -> None:
    watch = Watch()
    watch.tracker.look_for(2)
    watch.until(2, (0.4, 0.5, 0.05), (0.6, 0.5, 0.05))
    for i in range(26):  # past each other
        watch.see((0.4 + 0.004 * i, 0.5, 0.05), (0.6 - 0.004 * i, 0.5, 0.05))
    assert watch.scene.slots[-1] is Slot.BOTH
    for i in range(20):
        assert len(watch.see((0.5 + 0.005 * i, 0.5, 0.05), (0.5 - 0.005 * i, 0.5, 0.05))) == 2
    assert {*watch.scene.slots[-2:]} == {Slot.ONE, Slot.OTHER}


def test_one_hand_costs_one_look_a_picture_and_some_for_the_second() -> None:
    watch = Watch()
    watch.until(1, (0.4, 0.5, 0.05))
    watch.tracker.look_for(2)
    finds, follows = len(watch.scene.finds), len(watch.scene.slots)
    for i in range(60):
        watch.see((0.4 + 0.002 * (i % 9), 0.5, 0.05))
    assert len(watch.scene.slots) - follows == 60
    assert len(watch.scene.finds) - finds <= 60 * STEP_MS / PROBE_MS + SAVED


def test_looks_for_a_second_hand_are_saved_up_in_calm_times_only() -> None:
    watch = Watch()
    watch.until(1, (0.4, 0.5, 0.05))
    watch.tracker.look_for(2)
    for _ in range(120):  # something that is no hand moves beside it, without end
        watch.scene.put((0.4, 0.5, 0.05), (0.6 + 0.004 * (watch.t_ms % 7), 0.5, 0.012))
        watch.look()
    before = len(watch.scene.finds)
    for _ in range(60):
        watch.scene.put((0.4, 0.5, 0.05), (0.6 + 0.004 * (watch.t_ms % 7), 0.5, 0.012))
        watch.look()
    assert len(watch.scene.finds) - before <= 60 * STEP_MS / PROBE_MS + 1


def test_a_hand_that_shrinks_to_nothing_is_let_go() -> None:
    watch = Watch()
    watch.until(1, (0.4, 0.5, FAR))
    sizes = [FAR * 0.97**i for i in range(50)]
    seen = [len(watch.see((0.4, 0.5, size))) for size in sizes]
    assert seen == [int(size >= 0.015) for size in sizes]


def test_times_must_rise() -> None:
    watch = Watch()
    watch.see()
    watch.t_ms -= STEP_MS
    with pytest.raises(ValueError, match="after one at"):
        watch.see()


def shots(noise: np.random.Generator, hands: Sequence[int | None]) -> Any:
    room = noise.integers(40, 200, (HEIGHT, WIDTH, 3)).astype(float)
    for hand_x in hands:
        view = room + noise.normal(0, 8, room.shape)
        if hand_x is not None:
            view[400:440, hand_x : hand_x + 40] = 230
        yield np.clip(view, 0, 255).astype(np.uint8)


def test_noise_is_no_stir_and_a_waving_hand_is() -> None:
    stir = Stir()
    pictures = shots(np.random.default_rng(7), [None, None, 800, 800])
    everywhere = Crop(0, 0, WIDTH)
    stir.see(next(pictures), 0)
    assert stir.anywhere(1)  # what is new may hold a hand
    assert stir.places(1, everywhere) == []  # ... anywhere
    stir.see(next(pictures), 1000)
    assert not stir.anywhere(900)
    stir.see(next(pictures), 1100)
    assert stir.places(50, everywhere) == [(820.0, 420.0)]
    assert stir.places(50, everywhere, without=Crop(760, 360, 120)) == []
    assert stir.places(50, Crop(0, 0, 400)) == []
    stir.see(next(pictures), 1500)
    assert stir.places(500, everywhere)
    assert not stir.places(400, everywhere)
