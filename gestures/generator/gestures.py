"""The seventeen gestures as people make them: each moves a performer's hands and labels itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gestures.events import GestureKind
from gestures.generator import poses
from gestures.generator.blend import Array
from gestures.generator.performer import Performer
from gestures.generator.turns import then, tilted
from gestures.tuning import Tuning

K = GestureKind
HOLD_MS = {**Tuning().hold.hold_ms, K.TIMEOUT: Tuning().timeout.hold_ms}
STATIC = (
    K.PALM_HOLD,
    K.FIST_HOLD,
    K.VICTORY,
    K.THREE,
    K.THUMB_UP,
    K.THUMB_DOWN,
    K.CALL,
)
WAYS = {
    K.SWIPE_LEFT: (-1.0, 0.0),
    K.SWIPE_RIGHT: (1.0, 0.0),
    K.SWIPE_UP: (0.0, -1.0),
    K.SWIPE_DOWN: (0.0, 1.0),
}


def perform(kind: GestureKind, who: Performer) -> None:
    """One gesture from a raised hand to a raised hand, and its label. The clock goes on."""
    if kind in STATIC:
        _hold(kind, who)
    elif kind in WAYS:
        _swipe(kind, who)
    else:
        OTHERS[kind](who)


def _hold(kind: GestureKind, who: Performer) -> None:
    formed_ms = who.form(who.hand, who.shape(kind), 180, 420)
    if who.chance(0.5):
        place = who.hand.place.last + who.rng.normal(0.0, 0.05, 3)
        there_ms = who.go_calmly(who.hand, place, 200, 420)
        formed_ms = max(formed_ms, there_ms)
    hold_ms = HOLD_MS[kind]
    who.now_ms = formed_ms + hold_ms + who.between(300, 1200)
    who.meant(kind, formed_ms, who.now_ms)


def _swipe(kind: GestureKind, who: Performer) -> None:
    """A stroke about the elbow, the hand tilting with it; then a rest, and the way back.

    Lengths and speeds as in recorded swipes and below them: those went 0.5 to 0.9 m.
    """
    _open_hand(who)
    way = _way(kind, who)
    start, back_turn = who.hand.place.last, who.hand.turn.last
    away = start - way * who.between(0.0, 0.15)
    who.now_ms = who.go_calmly(who.hand, away, 250, 600)  # reaches out first
    who.wait(250, 700)
    length_m = who.between(0.25, 0.65)
    start_ms = who.now_ms
    end_ms = start_ms + length_m / who.between(0.9, 2.2) * 1000
    _stroke(who, away + way * length_m, start_ms, end_ms)
    who.meant(kind, start_ms, end_ms)
    who.now_ms = end_ms
    who.wait(80, 600)
    return_ms = who.now_ms + (who.between(200, 500) if who.chance(0.5) else who.between(500, 1100))
    who.hand.place.move(who.now_ms, return_ms, start)
    who.hand.turned(back_turn, who.now_ms, return_ms)
    who.now_ms = return_ms


def _open_hand(who: Performer) -> None:
    """A palm, stretched or loose, sometimes half turned to its stroke."""
    turn = tilted(who.between(-15, 15), who.between(-35, 35), who.between(-15, 15))
    name = "palm_hold" if who.chance(0.7) else "loose"
    who.now_ms = who.form(who.hand, who.shape(name, turn), 200, 400)


def _way(kind: GestureKind, who: Performer) -> Array:
    """Unit vector of the hand's own axes, up to 15 degrees off."""
    x, y = WAYS[kind]
    off = np.radians(who.between(-15, 15))
    x, y = x * np.cos(off) - y * np.sin(off), x * np.sin(off) + y * np.cos(off)
    return np.array([x if who.side == "right" else -x, y, 0.0])


def _stroke(who: Performer, end: Array, start_ms: float, end_ms: float) -> None:
    """About the elbow: the way sags to the body at both ends; a little overshoot."""
    start = who.hand.place.last
    length = float(np.linalg.norm(end - start))
    forearm_m = who.between(0.25, 0.55)
    sag = length**2 / (8 * forearm_m)
    across = abs(end[0] - start[0]) > abs(end[1] - start[1])
    bow = np.array([0.0, -sag, sag * 0.5]) if across else np.array([0.0, 0.0, sag])
    over = end + (end - start) * who.between(0.0, 0.06)
    who.hand.place.move(start_ms, end_ms, over, bow)
    who.hand.place.move(end_ms, end_ms + who.between(80, 200), end)
    swing_deg = np.degrees(length / forearm_m) * who.between(0.1, 0.7)
    outwards = np.sign(end[0] - start[0])
    # outwards is to the picture's left for a right hand: the fingers lean that way
    tilt = tilted(-outwards * swing_deg) if across else tilted(0, 0, swing_deg * _down(end, start))
    who.hand.turned(then(who.hand.turn.last, tilt), start_ms, end_ms)


def _down(end: Array, start: Array) -> float:
    return float(np.sign(end[1] - start[1]))


def _point(who: Performer) -> None:
    formed_ms = who.form(who.hand, who.shape("point"), 180, 420)
    who.now_ms = formed_ms
    who.wait(400, 700)
    for _ in range(int(who.rng.integers(1, 4))):
        place = who.hand.place.last + np.append(who.rng.normal(0.0, 0.09, 2), 0.0)
        who.now_ms = who.go(who.hand, place, 350, 900)
        who.wait(50, 500)
    who.meant(K.POINT, formed_ms, who.now_ms)


def _pinch_tap(who: Performer) -> None:
    """From an open hand, or from one that points: thumb and index meet shortly, and part."""
    pointing = who.chance(0.4)
    open_hand = who.shape("point" if pointing else "palm_hold")
    who.now_ms = formed_ms = who.form(who.hand, open_hand, 180, 400)
    who.wait(HOLD_MS[K.POINT] + 100, 900)
    start_ms = who.now_ms
    if pointing:
        who.meant(K.POINT, formed_ms, start_ms)
    closed = who.pinch_of(open_hand)
    who.now_ms = who.form(who.hand, closed, 100, 220)
    who.wait(60, 220)
    who.now_ms = who.form(who.hand, open_hand, 100, 220)
    who.meant(K.PINCH_TAP, start_ms, who.now_ms)
    who.wait(200, 500)


def _grab_drag(who: Performer) -> None:
    open_hand = who.shape("palm_hold")
    who.now_ms = who.form(who.hand, open_hand, 180, 400)
    who.wait(300, 700)
    start_ms = who.now_ms
    who.now_ms = who.form(who.hand, who.shape("fist_hold", open_hand.turn), 150, 320)
    who.wait(30, 250)
    way = who.rng.normal(0.0, 1.0, 3) * (1.0, 0.8, 0.2)
    length_m = who.between(0.15, 0.45)
    way *= length_m / float(np.linalg.norm(way))
    took_ms = length_m / who.between(0.25, 0.6) * 1000
    who.now_ms = who.go(who.hand, who.hand.place.last + way, took_ms, took_ms)
    who.wait(50, 400)
    who.now_ms = who.form(who.hand, open_hand, 150, 320)
    who.meant(K.GRAB_DRAG, start_ms, who.now_ms)
    who.wait(150, 400)


def _spread(who: Performer) -> None:
    _two_hands(who, K.SPREAD, who.between(0.05, 0.12), who.between(0.26, 0.45))


def _squeeze(who: Performer) -> None:
    _two_hands(who, K.SQUEEZE, who.between(0.26, 0.45), who.between(0.05, 0.12))


def _two_hands(who: Performer, kind: GestureKind, out_from_m: float, out_to_m: float) -> None:
    """Both palms (half turned to one another, or to the camera) move apart or together."""
    yaw_deg = who.between(-10, 55)
    down_m, front_m = who.between(-0.1, 0.12), who.between(0.25, 0.45)
    _both(who, tilted(0.0, yaw_deg), np.array([out_from_m, down_m, front_m]))
    who.wait(350, 900)
    start_ms, end_ms = who.now_ms, who.now_ms + who.between(280, 750)
    for hand in (who.hand, who.other):
        late_ms = who.between(0, 60)
        place = hand.place.last * (0.0, 1.0, 1.0) + (out_to_m * who.between(0.85, 1.15), 0.0, 0.0)
        place += np.append(0.0, who.rng.normal(0.0, 0.02, 2))
        hand.place.move(start_ms + late_ms, end_ms - who.between(0, 60), place)
    who.meant(kind, start_ms, end_ms)
    who.now_ms = end_ms
    who.wait(150, 600)
    who.lower(who.other)


def _both(who: Performer, turn: Array, place: Array) -> None:
    """Raises the second hand and brings the first to it."""
    aside = who.rng.normal(0.0, 0.02, 3)
    there_ms = who.go_calmly(who.hand, place + aside, 350, 700)
    formed_ms = who.form(who.hand, who.shape("palm_hold", turn), 250, 500)
    who.lift(who.other, who.shape("palm_hold", turn), place - aside)
    who.now_ms = max(who.now_ms, there_ms, formed_ms)


def _timeout(who: Performer) -> None:
    """One hand lies on the fingertips of the other."""
    down_m, front_m = who.between(-0.1, 0.15), who.between(0.22, 0.4)
    stem = np.array([who.between(-0.03, 0.03), down_m + 0.09, front_m])
    bar = stem * (-1.0, 1.0, 1.0) - (0.02, who.between(0.09, 0.12), 0.0)
    who.lift(who.other, who.shape("palm_hold", then(poses.STANDING, tilted(0, _way_round(who)))))
    there_ms = who.go_calmly(who.other, stem, 250, 500)
    there_ms = max(there_ms, who.go_calmly(who.hand, bar, 300, 600))
    formed_ms = who.form(who.hand, who.shape("palm_hold", poses.LYING), 250, 550)
    start_ms = max(there_ms, formed_ms)
    who.now_ms = start_ms + HOLD_MS[K.TIMEOUT] + who.between(350, 1200)
    who.meant(K.TIMEOUT, start_ms, who.now_ms)
    who.lower(who.other)


def _way_round(who: Performer) -> float:
    """The stem's palm looks to the side, or part of the way to the camera."""
    return who.between(-15, 50)


OTHERS: dict[GestureKind, Callable[[Performer], None]] = {
    K.POINT: _point,
    K.PINCH_TAP: _pinch_tap,
    K.GRAB_DRAG: _grab_drag,
    K.SPREAD: _spread,
    K.SQUEEZE: _squeeze,
    K.TIMEOUT: _timeout,
}
