"""A whole made-up session: who, before which camera, doing what; and the frames of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gestures.events import GestureKind, Hand
from gestures.generator.blend import Array
from gestures.generator.camera import Camera, drawn_camera
from gestures.generator.gestures import perform
from gestures.generator.idle import SCENES, WALKING
from gestures.generator.library import Person
from gestures.generator.noise import Faults, drawn_faults, frame_times
from gestures.generator.performer import Performer
from gestures.generator.seeing import Before, Moves, frames_of, hands_of
from gestures.session import Header, Session

NAME = "gestures.generator/2"
TAIL_MS = 1500.0
SECOND_PERSON = 0.15  # part of the sessions in which somebody else stands or walks behind


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
    """Where a person stands, to their right; paces_m: how far to either side they walk, there and
    back in period_ms. size: of the hands, 1 is average."""

    distance_m: float
    aside_m: float
    paces_m: float
    period_ms: float
    size: float


def make(plan: Plan, people: list[Person]) -> Session:
    """The session of a plan; the same plan and people give the same session."""
    rng = np.random.default_rng((plan.seed, plan.number))
    camera, faults = drawn_camera(rng), drawn_faults(rng)
    who = Performer(_one_of(people, rng), rng)
    length_ms = _idle(plan, who) if plan.idle else _gestures(plan, who)
    t_ms = frame_times(plan.fps, length_ms, faults, rng)
    hands = _seen(who, _standing(plan, rng), camera, faults, t_ms)
    # who starts engaged has nobody to be told apart from: their palm was held before it all
    if rng.random() < SECOND_PERSON and (plan.idle or not plan.engaged):
        hands += _somebody_else(plan, people, camera, faults, t_ms, rng)
    frames = frames_of(t_ms, hands, camera.aspect)
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


def _standing(plan: Plan, rng: np.random.Generator) -> Standing:
    aside_m = float(rng.uniform(-0.18, 0.18)) * plan.distance_m
    paces_m = plan.distance_m * 0.6 if plan.idle == WALKING else 0.0
    return Standing(plan.distance_m, aside_m, paces_m, _period_ms(paces_m, rng), _size(rng))


def _period_ms(paces_m: float, rng: np.random.Generator) -> float:
    """Walking at 0.6 to 1.3 m a second."""
    return 4 * paces_m / float(rng.uniform(0.6, 1.3)) * 1000 + 1.0


def _size(rng: np.random.Generator) -> float:
    return float(rng.uniform(0.85, 1.12))


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
    beside_m = float(rng.choice([-1.0, 1.0])) * float(rng.uniform(0.5, 0.9))
    behind_m = plan.distance_m + float(rng.uniform(0.4, 1.5))
    paces_m = float(rng.choice([0.0, 0.0, 1.5]))
    place = Standing(behind_m, beside_m, paces_m, _period_ms(paces_m, rng), _size(rng))
    return _seen(other, place, camera, faults, t_ms)


def _seen(
    who: Performer, standing: Standing, camera: Camera, faults: Faults, t_ms: Array
) -> list[list[Hand | None]]:
    """Both hands, a list of one entry a frame each."""
    body = _sway(t_ms, who.rng)
    turn = 2 * np.pi * t_ms / standing.period_ms
    body[:, 0] += standing.aside_m + standing.paces_m * np.sin(turn)
    before = Before(camera, faults, standing.distance_m, standing.size)
    moves = [
        Moves(hand.side, hand.place.at(t_ms), hand.points(t_ms), hand.seen(t_ms))
        for hand in who.hands.values()
    ]
    return [hands_of(each, before, t_ms, who.rng, body) for each in moves]


def _sway(t_ms: Array, rng: np.random.Generator) -> Array:
    """A standing body: about a centimetre, slowly; sums of slow sines."""
    hz, phase = rng.uniform(0.1, 0.6, (3, 3)), rng.uniform(0, 2 * np.pi, (3, 3))
    waves = np.sin(2 * np.pi * t_ms[:, None, None] / 1000 * hz + phase).sum(axis=1)
    return np.asarray(waves * rng.uniform(0.002, 0.008))


def _one_of(people: list[Person], rng: np.random.Generator) -> Person:
    return people[int(rng.integers(len(people)))]


def _header(plan: Plan, camera: Camera, faults: Faults, who: Performer) -> Header:
    return Header(
        model="none: made up",
        camera=f"pinhole {camera.width}x{camera.height}, {camera.lens_deg:.0f} degrees",
        crop="whole picture",
        aspect=camera.aspect,
        source=f"hand shapes of {who.person.name} in {who.person.source}",
        fps=plan.fps,
        distance_m=plan.distance_m,
        generator=f"{NAME} {faults}",
        seed=plan.seed,
        scene=f"idle: {plan.idle}" if plan.idle else "gestures: " + " ".join(plan.kinds),
        engaged=plan.engaged,
    )
