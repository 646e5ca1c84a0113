"""What the recogniser saw and decided by in every frame, for whoever asks why it said something,
or nothing. The same engine as at the wall: it is watched, not imitated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gestures.check import Check, Tried
from gestures.engine import GestureEngine
from gestures.events import GestureEvent, GestureKind, GestureStatus, HandFrame
from gestures.features import HandFeatures
from gestures.look import Look
from gestures.pose import (
    FACING,
    FLAT_ON,
    LEVEL_DEG,
    RAISED_DEG,
    SQUARE,
    UPRIGHT_DEG,
    UPWARDS_DEG,
    stretch,
)
from gestures.shapes import ACCEPT, MARGIN
from gestures.source import TAIL_MS
from gestures.tuning import Tuning
from gestures.variant import Variant

SPEED_MS = 75  # a hand's speed is taken over about so long


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame: what was shown, what was measured (see `MEASURED`), what was made of it.

    grades: each held shape's, 0..1. tried: what the recognisers weighed here.
    """

    frame: HandFrame
    status: GestureStatus
    events: tuple[GestureEvent, ...]
    hand: HandFeatures | None
    grades: dict[GestureKind, float]
    values: dict[str, float]
    tried: tuple[Tried, ...]


MEASURED = (
    *("best_grade", "moved", "turned_deg", "speed", "facing", "leaning_deg", "stretch"),
    *("pinch_gap", "palm"),
)
"""What is measured of the hand that counts: palms, palms a second, degrees; `palm` is in heights of
the picture."""


def trace(
    frames: Iterable[HandFrame], variant: Variant | None = None, *, engaged: bool = False
) -> Iterator[Moment]:
    """Every frame, then those that end a recording (`TAIL_MS`). Raises ModelError, and ValueError
    when times do not rise."""
    variant = variant or Variant()
    engine = GestureEngine(variant.tuning, engaged=engaged, network=variant.network)
    last_ms = 0
    for frame in frames:
        last_ms = frame.t_ms
        yield moment(engine, frame, engine.feed(frame), variant.tuning)
    for after_ms in TAIL_MS:
        frame = HandFrame(t_ms=last_ms + after_ms)
        yield moment(engine, frame, engine.feed(frame), variant.tuning)


def moment(
    engine: GestureEngine, frame: HandFrame, events: tuple[GestureEvent, ...], tuning: Tuning
) -> Moment:
    """Of the frame that the engine was fed last, and what it said of it."""
    look = engine.look
    assert look is not None
    values = _values(look, tuning)
    return Moment(frame, engine.status, events, look.hand, look.grades, values, engine.tried)


def shape(one: Moment, tuning: Tuning) -> Tried | None:
    """By what the best held shape is taken for one, and how far it has been held; None without a
    hand."""
    if one.hand is None:
        return None
    values, hold = one.values, tuning.hold
    (kind, best), (_, second) = sorted(one.grades.items(), key=lambda one: -one[1])[:2]
    held = (tried.checks for tried in one.tried if tried.kind is kind)
    return Tried(
        kind,
        (
            Check("best_grade", best, ACCEPT),
            Check("lead", best - second, MARGIN),
            Check("moved", values["moved"], most=hold.still),
            Check("turned_deg", values["turned_deg"], most=hold.still_deg),
            *carriage(kind, one.hand),
            *next(held, ()),
        ),
    )


def carriage(kind: GestureKind, hand: HandFeatures) -> tuple[Check, ...]:
    """How a hand must be held to show this shape to the wall; the same limits as in `hold.py`."""
    facing, leaning_deg = hand.facing, abs(hand.palm_deg)
    if kind in (GestureKind.PALM_HOLD, GestureKind.POINT):
        return Check("facing", facing, SQUARE), Check("leaning_deg", leaning_deg, most=UPRIGHT_DEG)
    if kind is GestureKind.CALL:
        return (Check("flat_on", abs(facing), FLAT_ON),)
    if kind in (GestureKind.THUMB_UP, GestureKind.THUMB_DOWN):
        most = UPWARDS_DEG if kind is GestureKind.THUMB_UP else 180.0 - LEVEL_DEG
        lying = Check("leaning_deg", leaning_deg, LEVEL_DEG, most)
        return Check("flat_on", abs(facing), FLAT_ON), lying
    return Check("facing", facing, FACING), Check("leaning_deg", leaning_deg, most=RAISED_DEG)


def _values(look: Look, tuning: Tuning) -> dict[str, float]:
    hand, track = look.hand, look.track
    if hand is None:
        return {}
    return {
        "best_grade": max(look.grades.values()),
        "moved": track.moved(tuning.hold.still_ms),
        "turned_deg": track.turned_deg(tuning.hold.still_ms),
        "speed": _speed(look),
        "facing": hand.facing,
        "leaning_deg": abs(hand.palm_deg),
        "stretch": stretch(hand),
        "pinch_gap": hand.thumb_to_index_tip,
        "palm": track.palm,
    }


def _speed(look: Look) -> float:
    """Palms a second, over the last moments."""
    last, palm = look.track.last, look.track.palm
    if last is None or palm <= 0.0:
        return 0.0
    first = look.track.since(last.t_ms - SPEED_MS)[0]
    passed_s = (last.t_ms - first.t_ms) / 1000
    return math.dist(first.place, last.place) / palm / passed_s if passed_s else 0.0
