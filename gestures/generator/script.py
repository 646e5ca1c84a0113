"""A whole made-up session: who, before which camera, doing what; and the frames of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gestures.events import GestureKind, Hand, HandFrame, Side
from gestures.generator.blend import Array
from gestures.generator.camera import Camera, drawn_camera
from gestures.generator.gestures import perform
from gestures.generator.idle import SCENES, WALKING
from gestures.generator.library import Person
from gestures.generator.motion import HandMotion
from gestures.generator.noise import Faults, drawn_faults, errors, frame_times, lost
from gestures.generator.performer import Performer
from gestures.session import Header, Session

NAME = "gestures.generator/1"
PALM_M = 0.09  # MediaPipe's metric palm, see gestures.features
TAIL_MS = 1500.0
SECOND_PERSON = 0.15  # part of the sessions in which somebody else stands or walks behind
OUTSIDE = 8  # of 21 points that may lie outside the picture before the hand is lost
MIRROR = np.array([-1.0, 1.0, 1.0])


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session is to be. kinds: gestures in this order; or idle: a scene for length_ms.

    engaged: the clutch is closed from the start (otherwise gestures begin with a held palm).
    """

    seed: int
    number: int
    fps: float
    distance_m: float
    kinds: tuple[GestureKind, ...] = ()
    idle: str = ""
    length_ms: float = 60_000.0
    engaged: bool = False


class Standing(NamedTuple):
    """Where a person stands. aside_m: (start, end) to the person's right while they walk."""

    distance_m: float
    aside_m: tuple[float, float]
    size: float


def make(plan: Plan, people: list[Person]) -> Session:
    """The session of a plan; the same plan and people give the same session."""
    rng = np.random.default_rng((plan.seed, plan.number))
    camera, faults = drawn_camera(rng), drawn_faults(rng)
    who = Performer(_one_of(people, rng), rng)
    length_ms = _idle(plan, who) if plan.idle else _gestures(plan, who)
    t_ms = frame_times(plan.fps, length_ms, faults, rng)
    crossing = plan.idle == WALKING
    hands = _seen(who, _standing(plan, rng, crossing), camera, faults, t_ms)
    if rng.random() < SECOND_PERSON:
        hands += _somebody_else(plan, people, camera, faults, t_ms, rng)
    frames = tuple(
        HandFrame(int(at), tuple(hand for hand in seen if hand is not None), camera.aspect)
        for at, *seen in zip(t_ms, *hands, strict=True)
    )
    return Session(_header(plan, camera, faults, who), frames, tuple(who.labels))


def _idle(plan: Plan, who: Performer) -> float:
    names = list(SCENES)
    scene = plan.idle if plan.idle in SCENES else names[int(who.rng.integers(len(names)))]
    who.wait(200, 2000)
    SCENES[scene](who, plan.length_ms)
    return min(who.now_ms + TAIL_MS, plan.length_ms)


def _gestures(plan: Plan, who: Performer) -> float:
    """A raised palm, the gestures with rests between them, a lowered hand."""
    who.wait(300, 1500)
    engaged = plan.engaged
    who.lift(who.hand, who.shape("relaxed"))
    for kind in plan.kinds:
        if not engaged and kind is not GestureKind.PALM_HOLD:
            perform(GestureKind.PALM_HOLD, who)
            who.wait(200, 700)
        perform(kind, who)
        engaged = kind is not GestureKind.FIST_HOLD
        _rest(who)
    who.lower(who.hand)
    return who.now_ms + TAIL_MS


def _rest(who: Performer) -> None:
    """Hands relax between gestures; sometimes they go down and come up again."""
    who.wait(0, 200)
    if who.chance(0.2):
        who.lower(who.hand)
        who.wait(300, 1000)
        who.lift(who.hand, who.shape("relaxed"))
    else:
        formed_ms = who.form(who.hand, who.shape("relaxed"), 200, 450)
        who.now_ms = max(formed_ms, who.go_calmly(who.hand, who.ready(), 400, 1000))
    who.wait(500, 1500)


def _standing(plan: Plan, rng: np.random.Generator, crossing: bool) -> Standing:
    half_m = plan.distance_m * 0.3
    start, end = sorted(rng.uniform(-half_m, half_m, 2)) if crossing else (0.0, 0.0)
    aside = float(rng.uniform(-half_m, half_m)) * 0.6
    return Standing(plan.distance_m, (aside + 2 * start, aside + 2 * end), rng.uniform(0.85, 1.12))


def _somebody_else(
    plan: Plan,
    people: list[Person],
    camera: Camera,
    faults: Faults,
    t_ms: Array,
    rng: np.random.Generator,
) -> list[list[Hand | None]]:
    """Somebody behind and beside, who talks, walks or stands."""
    other = Performer(_one_of(people, rng), rng)
    names = list(SCENES)
    SCENES[names[int(rng.integers(len(names)))]](other, float(t_ms[-1]))
    beside = float(rng.choice([-1.0, 1.0])) * rng.uniform(0.5, 0.9)
    behind = plan.distance_m + float(rng.uniform(0.4, 1.5))
    walk = float(rng.choice([0.0, 0.0, -2 * beside]))
    place = Standing(behind, (beside, beside + walk), float(rng.uniform(0.85, 1.12)))
    return _seen(other, place, camera, faults, t_ms)


def _seen(
    who: Performer, standing: Standing, camera: Camera, faults: Faults, t_ms: Array
) -> list[list[Hand | None]]:
    """Both hands, a list of one entry a frame each."""
    part = (t_ms / max(float(t_ms[-1]), 1.0))[:, None]
    start, end = standing.aside_m
    body = np.concatenate([start + (end - start) * part, np.zeros((len(t_ms), 2))], axis=1)
    body += _sway(t_ms, who.rng)
    return [
        _hand(hand, body, standing, camera, faults, t_ms, who.rng) for hand in who.hands.values()
    ]


def _sway(t_ms: Array, rng: np.random.Generator) -> Array:
    """A standing body: about a centimetre, slowly; sums of slow sines."""
    hz, phase = rng.uniform(0.1, 0.6, (3, 3)), rng.uniform(0, 2 * np.pi, (3, 3))
    waves = np.sin(2 * np.pi * t_ms[:, None, None] / 1000 * hz + phase).sum(axis=1)
    return np.asarray(waves * rng.uniform(0.002, 0.008))


def _tremor(t_ms: Array, rng: np.random.Generator) -> Array:
    """A raised hand's: 6 to 11 Hz, a millimetre or two (Elble and Koller, 1990)."""
    hz, phase = rng.uniform(6, 11, (2, 3)), rng.uniform(0, 2 * np.pi, (2, 3))
    waves = np.sin(2 * np.pi * t_ms[:, None, None] / 1000 * hz + phase).sum(axis=1)
    return np.asarray(waves * rng.uniform(0.0003, 0.0012))


def _hand(
    hand: HandMotion,
    body: Array,
    standing: Standing,
    camera: Camera,
    faults: Faults,
    t_ms: Array,
    rng: np.random.Generator,
) -> list[Hand | None]:
    outwards = MIRROR if hand.side == "left" else 1.0
    places = hand.place.at(t_ms) * outwards + body + _tremor(t_ms, rng)
    middle = camera.before(places, standing.distance_m)
    world = hand.points(t_ms) * outwards
    lm = camera.see(middle[:, None] + world * standing.size)
    palm_px = camera.palm_px(middle[:, 2], PALM_M * standing.size)
    speed = np.linalg.norm(np.gradient(middle[:, :2], t_ms / 1000, axis=0), axis=1) / PALM_M
    off = errors(world, palm_px, t_ms, faults, rng)
    world = world + off * PALM_M
    in_width, in_height = palm_px / camera.width, palm_px / camera.height
    lm = lm + off * np.stack([in_width, in_height, in_width], axis=-1)[:, None]
    out = np.sum(np.any((lm[..., :2] < 0) | (lm[..., :2] > 1), axis=-1), axis=1) > OUTSIDE
    gone = ~hand.seen(t_ms) | out | lost(speed, palm_px, t_ms, faults, rng)
    return _as_hands(hand.side, lm, world, gone, faults, rng)


def _as_hands(
    side: Side,
    lm: Array,
    world: Array,
    gone: NDArray[np.bool_],
    faults: Faults,
    rng: np.random.Generator,
) -> list[Hand | None]:
    flipped = rng.random(len(lm)) < faults.flips
    scores = np.round(np.clip(1 - rng.gamma(2.0, 0.015, len(lm)), 0.5, 0.999), 3)
    scores[flipped] = np.round(rng.uniform(0.5, 0.85, int(flipped.sum())), 3)
    other: Side = "left" if side == "right" else "right"
    points, metric = np.round(lm, 4).tolist(), np.round(world, 4).tolist()
    return [
        None
        if gone[i]
        else Hand(
            other if flipped[i] else side,
            float(scores[i]),
            tuple(map(tuple, points[i])),
            tuple(map(tuple, metric[i])),
        )
        for i in range(len(lm))
    ]


def _one_of(people: list[Person], rng: np.random.Generator) -> Person:
    return people[int(rng.integers(len(people)))]


def _header(plan: Plan, camera: Camera, faults: Faults, who: Performer) -> Header:
    return Header(
        model="none: made up",
        camera=f"pinhole {camera.width}x{camera.height}, {camera.lens_deg:.0f} degrees",
        crop="whole picture",
        aspect=camera.aspect,
        source=f"hand shapes of {who.person.name}",
        fps=plan.fps,
        distance_m=plan.distance_m,
        generator=f"{NAME} {faults}",
        seed=plan.seed,
        scene=f"idle: {plan.idle}" if plan.idle else "gestures: " + " ".join(plan.kinds),
        engaged=plan.engaged,
    )
