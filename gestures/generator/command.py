"""`gestures generate`: made-up sessions for development and measurement."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from gestures.errors import GesturesError
from gestures.events import GestureKind
from gestures.generator.converted import converted
from gestures.generator.idle import SCENES, WALKING
from gestures.generator.library import FIRST_MEASUREMENT_SEED, people
from gestures.generator.script import Plan, make
from gestures.session import Session, write

DISTANCES_M = (1.5, 2.0, 3.0, 4.0)
RATES_FPS = (10.0, 15.0, 30.0, 60.0)
TOLD_EVERY = 50
A_SESSION = 8  # gestures
SUITE_ROUNDS = 2  # of every gesture at a distance and frame rate
ORDER = 1  # what the order of gestures is drawn from, apart from the sessions' own draws
MEANT: tuple[GestureKind, ...] = tuple(
    kind for kind in GestureKind if kind is not GestureKind.PALM_HOLD
)


def main(argv: list[str]) -> int:
    """Exit code: 0 done, 2 wrong usage, a folder that can't be written or shapes that can't be
    read."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:
        return 2 if stop.code else 0
    try:
        _write_all(_sessions(options), options.out)
    except (GesturesError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gestures generate", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for the sessions")
    parser.add_argument(
        "--seed",
        type=_seed,
        default=0,
        help=f"below {FIRST_MEASUREMENT_SEED}: development; from there on: measurement, "
        "other people and other draws",
    )
    what = parser.add_mutually_exclusive_group()
    kinds = [kind.value for kind in GestureKind]
    what.add_argument("--kind", nargs="+", choices=kinds, help="only these gestures")
    what.add_argument("--idle", nargs="*", choices=[*SCENES, WALKING], help="idle life instead")
    what.add_argument("--skeletons", type=Path, metavar="DIR", help="recorded hands in space")
    what.add_argument("--suite", action="store_true", help="the whole measurement, in folders")
    parser.add_argument("--count", type=_positive, default=100, help="how many gestures")
    parser.add_argument("--minutes", type=_positive, default=10, help="how much idle life")
    parser.add_argument("--fps", type=_fps, default=15.0)
    parser.add_argument("--distance", type=_metres, help="metres; default: each of 1.5, 2, 3, 4")
    parser.add_argument(
        "--engaged", action="store_true", help="the clutch is closed from the start"
    )
    parser.add_argument("--shapes", type=Path, metavar="DIR", help="a folder of stills by people")
    return parser


def _seed(text: str) -> int:
    return int(_checked(int(text), 0, 2**31))


def _positive(text: str) -> int:
    return int(_checked(int(text), 1, 100_000))


def _fps(text: str) -> float:
    return _checked(float(text), 5.0, 120.0)


def _metres(text: str) -> float:
    return _checked(float(text), 0.8, 8.0)


def _checked(value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"{value:g} is not within {low:g} to {high:g}")
    return value


def _plans(options: argparse.Namespace) -> list[tuple[Path, Plan]]:
    """File and plan of every session; numbers rise, so that no two sessions draw alike."""
    if options.suite:
        return list(suite(options.seed))
    distances = (options.distance,) if options.distance else DISTANCES_M
    if options.idle is not None:
        scenes = options.idle or [*SCENES, WALKING]
        plans = idle_plans(
            options.seed, options.minutes, scenes, options.fps, distances, options.engaged
        )
    else:
        kinds = [GestureKind(kind) for kind in options.kind or MEANT]
        plans = gesture_plans(
            options.seed, options.count, kinds, options.fps, distances, options.engaged
        )
    return [(Path(f"{plan.number:05}.jsonl.gz"), plan) for plan in plans]


def suite(seed: int) -> Iterator[tuple[Path, Plan]]:
    """Every gesture at every distance and frame rate, and an hour of idle life twice."""
    first = 0
    for distance_m in DISTANCES_M:
        for fps in RATES_FPS:
            folder = Path(f"gestures-{distance_m:g}m-{fps:g}fps")
            count = len(MEANT) * SUITE_ROUNDS
            for plan in gesture_plans(seed, count, list(MEANT), fps, (distance_m,), False, first):
                yield folder / f"{plan.number:05}.jsonl.gz", plan
                first = plan.number + 1
    for engaged, name in ((True, "idle-engaged"), (False, "idle-not-engaged")):
        scenes = [*SCENES, WALKING]
        for plan in idle_plans(seed, 60, scenes, 15.0, DISTANCES_M, engaged, first):
            yield Path(name) / f"{plan.number:05}.jsonl.gz", plan
            first = plan.number + 1


def gesture_plans(
    seed: int,
    count: int,
    kinds: list[GestureKind],
    fps: float,
    distances_m: tuple[float, ...],
    engaged: bool,
    first: int = 0,
) -> Iterator[Plan]:
    """count gestures in random order, A_SESSION a session; every other begins with the clutch
    open unless engaged. A palm to be held is a session of its own: engaged, it says nothing."""
    rng = np.random.default_rng((seed, first, ORDER))
    order: list[GestureKind] = []
    while len(order) < count:
        order += [kinds[i] for i in rng.permutation(len(kinds))]
    order = order[:count]
    held: list[GestureKind] = [kind for kind in order if kind is GestureKind.PALM_HOLD]
    rest: list[GestureKind] = [kind for kind in order if kind is not GestureKind.PALM_HOLD]
    groups = [_fists_last(rest[i : i + A_SESSION]) for i in range(0, len(rest), A_SESSION)]
    groups += [[kind] for kind in held]
    for i, group in enumerate(groups):
        closed = (engaged or i % 2 == 1) and group[0] is not GestureKind.PALM_HOLD
        distance_m = distances_m[i % len(distances_m)]
        yield Plan(seed, first + i, fps, distance_m, kinds=tuple(group), engaged=closed)


def _fists_last(kinds: list[GestureKind]) -> list[GestureKind]:
    """A held fist opens the clutch: were it not recognised, a palm held after it would have
    nothing to say."""
    return sorted(kinds, key=lambda kind: kind is GestureKind.FIST_HOLD)


def idle_plans(
    seed: int,
    minutes: int,
    scenes: list[str],
    fps: float,
    distances_m: tuple[float, ...],
    engaged: bool,
    first: int = 0,
) -> Iterator[Plan]:
    """A session a minute: scenes in turn, distances in turn."""
    for i in range(minutes):
        scene = scenes[i % len(scenes)]
        distance_m = distances_m[(i // len(scenes) + i) % len(distances_m)]
        yield Plan(seed, first + i, fps, distance_m, idle=scene, engaged=engaged)


def _sessions(options: argparse.Namespace) -> Iterator[tuple[Path, Session]]:
    if options.skeletons:
        distances = (options.distance,) if options.distance else DISTANCES_M
        yield from converted(options.skeletons, options.seed, distances, (options.fps,))
        return
    for path, plan in _plans(options):
        yield path, make(plan, people(options.shapes, plan.seed))


def _write_all(sessions: Iterator[tuple[Path, Session]], out: Path) -> None:
    done = 0
    for done, (name, session) in enumerate(sessions, start=1):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, session)
        if done % TOLD_EVERY == 0:
            sys.stderr.write(f"{done} sessions\n")
    sys.stderr.write(f"{done} sessions in {out}\n")
