"""Idle life: what people's hands do before a wall while they mean nothing by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from gestures.generator import poses
from gestures.generator.blend import Array
from gestures.generator.motion import HandMotion
from gestures.generator.performer import Performer
from gestures.generator.turns import then, tilted

Scene = Callable[[Performer, float], None]  # goes on until about that time
TALKING = ("relaxed", "palm_hold", "pinch", "point", "odd")
TALKING_PARTS = (0.6, 0.2, 0.08, 0.03, 0.09)
# Fingers to the other side, to the front, up: open palms held up to the listener are the rarest.
TURNS, TURNS_PARTS = (poses.ACROSS, poses.TO_CAMERA, poses.UPRIGHT), (0.45, 0.4, 0.15)


def _somehow(who: Performer, turn: Array, amount_deg: float) -> Array:
    return then(turn, tilted(*who.rng.normal(0.0, amount_deg, 3)))


def _talk_with(who: Performer, hands: tuple[HandMotion, ...], until_ms: float) -> None:
    """Beats and sweeps: hands keep moving and turning, rarely still and rarely flat."""
    for hand in hands:
        who.lift(hand, who.shape("relaxed", _somehow(who, poses.ACROSS, 30.0)))
    while who.now_ms < until_ms:
        ends = []
        for hand in hands:
            name = str(who.rng.choice(TALKING, p=TALKING_PARTS))
            turn = TURNS[int(who.rng.choice(3, p=TURNS_PARTS))]
            shape = who.shape(name, _somehow(who, turn, 30.0))
            ends.append(who.form(hand, shape, 150, 500))
            step = who.rng.normal(0.0, 1.0, 3) * (0.09, 0.09, 0.06)
            ends.append(who.go(hand, _kept_in_reach(hand.place.last + step), 160, 550))
        who.now_ms = max(ends)
        if who.chance(0.2):
            who.wait(50, 350)
    for hand in hands:
        who.lower(hand)


def _kept_in_reach(place: Array) -> Array:
    return np.clip(place, (-0.1, -0.25, 0.12), (0.5, 0.3, 0.5))


def talk(who: Performer, until_ms: float) -> None:
    _talk_with(who, (who.hand,), until_ms)


def talk_with_both(who: Performer, until_ms: float) -> None:
    _talk_with(who, (who.hand, who.other), until_ms)


def _bring(who: Performer, name: str, turn: Array, place: tuple[float, float, float]) -> None:
    at = np.array(place) + who.rng.normal(0.0, 0.02, 3)
    who.lift(who.hand, who.shape(name, _somehow(who, turn, 12.0)), at)


def _fidget(who: Performer, until_ms: float, reach_m: float, hold_ms: tuple[float, float]) -> None:
    """Small moves about where the hand is."""
    _fidget_with(who, (who.hand,), until_ms, reach_m, hold_ms)


def _fidget_with(
    who: Performer,
    hands: tuple[HandMotion, ...],
    until_ms: float,
    reach_m: float,
    hold_ms: tuple[float, float],
) -> None:
    homes = [hand.place.last for hand in hands]
    while who.now_ms < until_ms:
        who.wait(*hold_ms)
        who.now_ms = max(
            who.go(hand, home + who.rng.normal(0.0, reach_m, 3), 120, 500)
            for hand, home in zip(hands, homes, strict=True)
        )


def _together(who: Performer, *moves: Callable[[], None]) -> None:
    """Movements that begin at the same time; the clock goes on to the end of the longest."""
    start_ms, ends = who.now_ms, []
    for move in moves:
        who.now_ms = start_ms
        move()
        ends.append(who.now_ms)
    who.now_ms = max(ends)


def phone_at_ear(who: Performer, until_ms: float) -> None:
    _bring(who, "grip", poses.TO_FACE, (0.1, -0.2, 0.03))
    _fidget(who, until_ms, 0.015, (500, 3000))
    who.lower(who.hand)


def phone_in_hand(who: Performer, until_ms: float) -> None:
    """Held before the chest; the other hand's finger or the thumb goes over it."""
    _bring(who, "grip", _somehow(who, poses.INWARDS, 15.0), (0.08, 0.1, 0.28))
    if who.chance(0.5):
        on_it = who.hand.place.last * (-1.0, 1.0, 1.0) + (0.02, -0.02, 0.06)
        who.lift(who.other, who.shape("point", _somehow(who, poses.ACROSS, 15.0)), on_it)
        while who.now_ms < until_ms:
            who.now_ms = who.go(who.other, on_it + who.rng.normal(0.0, 0.025, 3), 100, 300)
            who.wait(50, 900)
        who.lower(who.other)
    else:
        _fidget(who, until_ms, 0.01, (300, 2500))
    who.lower(who.hand)


def coffee(who: Performer, until_ms: float) -> None:
    """A cup is held before the chest, brought to the mouth, and put down again."""
    _bring(who, "grip", poses.TO_CAMERA, (0.12, 0.15, 0.3))
    held = who.hand.place.last
    while who.now_ms < until_ms:
        who.wait(1000, 5000)
        who.now_ms = who.go(who.hand, np.array([0.03, -0.14, 0.17]), 600, 1200)
        who.wait(600, 1800)
        who.now_ms = who.go(who.hand, held, 600, 1300)
    who.lower(who.hand)


def _touch_face(who: Performer, name: str, place: tuple[float, float, float], rub_m: float) -> None:
    _bring(who, name, who.rng.choice([poses.INWARDS, poses.TO_FACE]), place)
    _fidget(who, who.now_ms + who.between(600, 2500), rub_m, (0, 120))
    who.lower(who.hand)


def scratch(who: Performer, until_ms: float) -> None:
    """Nose, head, neck: quick small strokes with bent fingers."""
    spots = ((0.0, -0.19, 0.14), (0.08, -0.32, 0.05), (0.09, -0.1, 0.04))
    while who.now_ms < until_ms:
        name = "relaxed" if who.chance(0.6) else "point"
        _touch_face(who, name, spots[int(who.rng.integers(3))], 0.02)
        who.wait(1500, 6000)


def glasses_and_chin(who: Performer, until_ms: float) -> None:
    while who.now_ms < until_ms:
        if who.chance(0.5):
            _touch_face(who, "pinch", (0.07, -0.23, 0.1), 0.006)
        else:
            _bring(who, "fist_hold" if who.chance(0.3) else "grip", poses.INWARDS, (0, -0.1, 0.13))
            _fidget(who, who.now_ms + who.between(1000, 6000), 0.006, (300, 1500))
            who.lower(who.hand)
        who.wait(1500, 5000)


def clap(who: Performer, until_ms: float) -> None:
    """Palms meet before the chest two to four times a second, for some seconds."""
    while who.now_ms < until_ms:
        apart, down, front = who.between(0.06, 0.2), who.between(-0.05, 0.2), who.between(0.22, 0.4)
        facing = _somehow(who, poses.STANDING, 12.0)
        for hand in (who.hand, who.other):
            who.lift(hand, who.shape("palm_hold", facing), np.array([apart, down, front]))
        beat_ms = who.between(110, 240)
        for _ in range(int(who.rng.integers(6, 30))):
            for out_m in (0.02, apart * who.between(0.7, 1.2)):
                for hand in (who.hand, who.other):
                    place = np.array([out_m, down, front]) + who.rng.normal(0.0, 0.006, 3)
                    hand.place.move(who.now_ms, who.now_ms + beat_ms, place)
                who.now_ms += beat_ms
        who.lower(who.other)
        who.lower(who.hand)
        who.wait(1500, 6000)


def page(who: Performer, until_ms: float) -> None:
    """Papers in one hand; the other takes a corner and turns it over, again and again."""
    hold = np.array([0.12, 0.15, 0.3])
    who.lift(who.other, who.shape("grip", _somehow(who, poses.INWARDS, 15.0)), hold)
    corner, turned = np.array([0.14, 0.12, 0.32]), np.array([-0.12, 0.12, 0.32])
    who.lift(who.hand, who.shape("relaxed", _somehow(who, poses.ACROSS, 15.0)), corner)
    while who.now_ms < until_ms:
        pinch = who.shape("pinch", _somehow(who, poses.ACROSS, 15.0))
        who.now_ms = who.form(who.hand, pinch, 200, 400)
        who.now_ms = who.go(who.hand, turned, 300, 800)
        relaxed = who.shape("relaxed", _somehow(who, poses.ACROSS, 15.0))
        who.now_ms = who.form(who.hand, relaxed, 150, 400)
        who.now_ms = who.go(who.hand, corner + who.rng.normal(0.0, 0.02, 3), 400, 1000)
        who.wait(1500, 9000)
    who.lower(who.other)
    who.lower(who.hand)


def wave(who: Performer, until_ms: float) -> None:
    """To somebody beside the camera: the open hand swings and is never still."""
    while who.now_ms < until_ms:
        yaw_deg = who.between(25, 60) * (1 if who.chance(0.5) else -1)
        _bring(who, "palm_hold", tilted(0.0, yaw_deg), (0.3, -0.2, 0.25))
        home, straight = who.hand.place.last, who.hand.turn.last
        half_ms, out_m, lean_deg = (
            who.between(130, 260),
            who.between(0.04, 0.14),
            who.between(8, 25),
        )
        for swing in range(int(who.rng.integers(4, 12))):
            way = 1.0 if swing % 2 else -1.0
            end_ms = who.now_ms + half_ms
            place = home + np.array([way * out_m * who.between(0.8, 1.2), 0.0, 0.0])
            who.hand.place.move(who.now_ms, end_ms, place)
            who.hand.turned(then(straight, tilted(-way * lean_deg)), who.now_ms, end_ms)
            who.now_ms = end_ms
        who.lower(who.hand)
        who.wait(3000, 9000)


def point_aside(who: Performer, until_ms: float) -> None:
    """At something beside the wall or in the room: the arm goes out, the finger to the side."""
    while who.now_ms < until_ms:
        turn = poses.ASIDE if who.chance(0.6) else poses.ACROSS
        out_m = 0.5 if turn is poses.ASIDE else -0.05
        place = (out_m, who.between(-0.2, 0.15), who.between(0.15, 0.35))
        _bring(who, "point", _somehow(who, turn, 15.0), place)
        _fidget(who, who.now_ms + who.between(300, 2500), 0.03, (100, 700))
        who.lower(who.hand)
        who.wait(2000, 8000)


def fold_arms(who: Performer, until_ms: float) -> None:
    """One hand on the other arm, the other hidden under it."""
    _bring(who, "relaxed", poses.ACROSS, (-0.12, 0.2, 0.2))
    _fidget(who, until_ms, 0.006, (800, 4000))
    who.lower(who.hand)


def hands_on_hips(who: Performer, until_ms: float) -> None:
    for hand in (who.hand, who.other):
        shape = who.shape("relaxed", _somehow(who, poses.HANGING, 25.0))
        who.lift(hand, shape, np.array([0.24, 0.45, 0.05]) + who.rng.normal(0.0, 0.02, 3))
    _fidget(who, until_ms, 0.006, (1000, 5000))
    who.lower(who.other)
    who.lower(who.hand)


def _stretch_up(who: Performer, hand: HandMotion, name: str) -> None:
    turn = _somehow(who, poses.STANDING, 20.0)
    place = np.array([who.between(0.2, 0.5), who.between(-0.6, -0.3), who.between(0, 0.15)])
    who.lift(hand, who.shape(name, turn), place)


def stretch(who: Performer, until_ms: float) -> None:
    """Both arms up and out, fists or open hands, a yawn, and down again."""
    hands = (who.hand, who.other)
    while who.now_ms < until_ms:
        name = "fist_hold" if who.chance(0.5) else "palm_hold"
        _together(who, *(partial(_stretch_up, who, hand, name) for hand in hands))
        _fidget_with(who, hands, who.now_ms + who.between(400, 1500), 0.05, (0, 200))
        _together(who, *(partial(who.lower, hand) for hand in hands))
        who.wait(4000, 12000)


def stand(who: Performer, until_ms: float) -> None:
    """Reads the wall, arms hanging."""
    who.hand.show(who.now_ms, True)
    who.now_ms = until_ms


SCENES: dict[str, Scene] = {
    "talk": talk,
    "talk_with_both": talk_with_both,
    "phone_at_ear": phone_at_ear,
    "phone_in_hand": phone_in_hand,
    "coffee": coffee,
    "scratch": scratch,
    "glasses_and_chin": glasses_and_chin,
    "clap": clap,
    "page": page,
    "wave": wave,
    "point_aside": point_aside,
    "fold_arms": fold_arms,
    "hands_on_hips": hands_on_hips,
    "stretch": stretch,
    "stand": stand,
}
WALKING = "walk_past"  # any of them, while the person crosses the picture
