"""A thousand sessions replayed twice, each time in a process of its own: whether every byte is the
same, and how much faster than they were recorded. No picture and no landmarker is needed.

The bar goes to the processor time of the whole program, wall time stands beside: they differ by the
waits for a core that other programs had.
"""

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from gestures.session import Session, read, write
from kiosk.tools.bench.figure import Figure

SESSIONS, QUICK = 1000, 60
BAR = 50.0
HANDS = Path(__file__).resolve().parents[3] / "assets" / "demo" / "hands"


def replay_figures(folder: Path | None, *, quick: bool) -> Iterator[Figure]:
    """folder: the sessions; without one, the demonstration's hands over and over, shifted by some
    frames each time so that no two are alike."""
    with tempfile.TemporaryDirectory(prefix="kiosk-replay-") as made:
        if folder is None:
            folder = Path(made)
            _make(folder, QUICK if quick else SESSIONS)
        files = sorted(folder.rglob("*.jsonl*"))
        length_s = sum(_length_ms(file) for file in files) / 1000
        first, second = _run(folder), _run(folder)
    yield Figure("replay", "sessions", len(files), "", n=2)
    yield Figure("replay", "recorded time in them", length_s / 3600, "h", n=len(files))
    same = float(first[0] == second[0])
    yield Figure("replay", "both runs byte for byte the same (1: yes)", same, "", 1.0, 2, "least")
    for name, (_, worked_s, took_s) in (("first run", first), ("second run", second)):
        speed = length_s / worked_s
        yield Figure("replay", f"faster than real time, {name}", speed, "x", BAR, 1, "least")
        yield Figure("replay", f"wall time beside all else, {name}", length_s / took_s, "x")


def _make(folder: Path, count: int) -> None:
    sources = [read(file) for file in sorted(HANDS.rglob("*.jsonl*"))]
    for index in range(count):
        source = sources[index % len(sources)]
        late_by = index // len(sources) % 10
        frames = source.frames[late_by:]
        write(folder / f"session-{index:04}.jsonl", Session(source.header, frames))


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
