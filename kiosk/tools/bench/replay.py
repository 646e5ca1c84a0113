"""A thousand sessions replayed twice, each time in a process of its own: whether every byte is the
same, and how much faster than they were recorded. No picture and no landmarker is needed.

The bar goes to the processor time of the whole program, wall time stands beside: they differ by the
waits for a core that other programs had.
"""

import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gestures.events import Hand, HandFrame, Point3
from gestures.session import Session, read, write
from kiosk.inputs.recorded import (
    SCHEMA,
    Header,
    Keyed,
    Requested,
    Touched,
    WallSession,
    write_wall_session,
)
from kiosk.panels import find_panels
from kiosk.tools.bench.figure import Figure
from kiosk.tools.replay.sources import find_sources

SESSIONS, QUICK = 1000, 60
BAR = 50.0
HANDS = Path(__file__).resolve().parents[3] / "assets" / "demo" / "hands"
TREMBLE = 0.0004  # of the picture: enough that no two sessions are alike, too little to matter
INPUTS = 6


def replay_figures(folder: Path | None, *, quick: bool) -> Iterator[Figure]:
    """folder: the sessions; without one, the demonstration's hands again and again, trembling each
    time in another way, with fingers, keys and tablets woven in."""
    with tempfile.TemporaryDirectory(prefix="kiosk-replay-") as made:
        if folder is None:
            folder = Path(made)
            _make(folder, QUICK if quick else SESSIONS)
        hands = [source.hands for source in find_sources([folder]) if source.hands]
        length_s = sum(_length_ms(file) for file in hands) / 1000
        first, second = _run(folder), _run(folder)
    n = len(hands)
    yield Figure("replay", "sessions", n, "", n=2)
    yield Figure("replay", "recorded time in them", length_s / 3600, "h", n=n)
    same = float(first[0] == second[0])
    yield Figure("replay", "both runs byte for byte the same (1: yes)", same, "", 1.0, 2, "least")
    for name, (_, worked_s, took_s) in (("first run", first), ("second run", second)):
        speed = length_s / worked_s
        yield Figure("replay", f"faster than real time, {name}", speed, "x", BAR, 1, "least")
        yield Figure("replay", f"wall time beside all else, {name}", length_s / took_s, "x")


def _make(folder: Path, count: int) -> None:
    sources = [read(file) for file in sorted(HANDS.rglob("*.jsonl*"))]
    panels = sorted(spec.id for spec in find_panels())
    for index in range(count):
        rng = random.Random(index)  # noqa: S311 - no secret
        source = sources[index % len(sources)]
        frames = tuple(_trembling(frame, rng) for frame in source.frames)
        write(folder / f"session-{index:04}.jsonl", Session(source.header, frames))
        times = sorted(rng.randrange(frames[-1].t_ms) for _ in range(INPUTS))
        lines = tuple(_input(t_ms, rng, panels) for t_ms in times)
        wall = WallSession(Header(SCHEMA), lines)
        write_wall_session(folder / f"session-{index:04}.wall.jsonl", wall)


def _trembling(frame: HandFrame, rng: random.Random) -> HandFrame:
    hands = tuple(_shifted(hand, rng.gauss(0, TREMBLE)) for hand in frame.hands)
    return msgspec.structs.replace(frame, hands=hands)


def _shifted(hand: Hand, by: float) -> Hand:
    points: tuple[Point3, ...] = tuple((x + by, y + by, z) for x, y, z in hand.lm)
    return msgspec.structs.replace(hand, lm=points)


def _input(t_ms: int, rng: random.Random, panels: list[str]) -> Touched | Keyed | Requested:
    to = {"panel": rng.choice(panels)}
    way = rng.randrange(3)
    if way == 0:
        return Touched(t_ms, "panel.open", to, "dock")
    return Keyed(t_ms, "Right") if way == 1 else Requested(t_ms, "tablet-1", "panel.open", args=to)


def _length_ms(file: Path) -> int:
    frames = read(file).frames
    return frames[-1].t_ms if frames else 0


def _run(folder: Path) -> tuple[str, float, float]:
    """Hash of all that was told; processor seconds and seconds, with the start of the program."""
    begin_s, before_s = time.perf_counter(), _worked_s()
    command = [sys.executable, "-m", "kiosk", "replay", str(folder), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    took_s = time.perf_counter() - begin_s
    return hashlib.sha256(done.stdout).hexdigest(), _worked_s() - before_s, took_s


def _worked_s() -> float:
    """Of all programs that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
